import { type QualityFinding, QualityKind, type QualityReport } from '@hufu/contracts';
import { RECORD_TYPES } from '@hufu/library';
import { sql } from 'kysely';
import type { Executor } from '../../../infra/database/database.ts';

type Counts = Readonly<Record<string, { count: number; entities: number }>>;

type Report = { id: string; made_at: Date; counts: Counts };

const newest = async (executor: Executor): Promise<Report | undefined> => {
  const { rows } = await sql<Report>`
    select id, made_at, counts from library_quality_report order by id desc limit 1`.execute(executor);
  return rows[0];
};

const NONE = { count: 0, entities: 0 };
/** Reports that the trend goes back. */
const TREND = 30;

export async function showReport(executor: Executor): Promise<QualityReport> {
  const { rows: reports } = await sql<Report>`
    select id, made_at, counts from library_quality_report order by id desc limit ${TREND}`.execute(executor);
  const [report] = reports;
  const types = report === undefined ? [] : await typesOf(executor, report.id);
  return {
    madeAt: report?.made_at.toISOString() ?? null,
    findings: QualityKind.options.map((kind) => ({
      kind,
      ...(report?.counts[kind] ?? NONE),
      types: types
        .filter((one) => one.kind === kind)
        .map(({ type, count }) => ({ type, label: labelOf(type), count })),
    })),
    trend: reports.toReversed().map(({ made_at, counts }) => ({
      madeAt: made_at.toISOString(),
      counts: Object.fromEntries(
        QualityKind.options.map((kind) => [kind, counts[kind]?.count ?? 0]),
      ) as Record<QualityKind, number>,
    })),
  };
}

async function typesOf(executor: Executor, reportId: string) {
  const { rows } = await sql<{ kind: QualityKind; type: string; count: number }>`
    select kind, type, count(*)::int as count from library_quality_finding
     where report_id = ${reportId} group by kind, type order by count(*) desc, type`.execute(executor);
  return rows;
}

const labelOf = (name: string) =>
  RECORD_TYPES.find((type) => type.name === name)?.label ?? { zh: name, en: name };

type Row = {
  entity_id: string;
  name_masked: string;
  type: string;
  record_id: string;
  day: string | null;
  together: string | null;
};

type Asked = {
  readonly kind: QualityKind;
  readonly type?: string | undefined;
  readonly page: number;
  readonly pageSize: number;
};

export async function showFindings(executor: Executor, { kind, type, page, pageSize }: Asked) {
  const report = await newest(executor);
  const only = type === undefined ? sql`` : sql`and f.type = ${type}`;
  const { rows } = await sql<Row>`
    select f.entity_id, l.name_masked, f.type, f.record_id, f.day::text as day, f.together
      from library_quality_finding f join library_entity l on l.id = f.entity_id
     where f.report_id = ${report?.id ?? '0'} and f.kind = ${kind} ${only}
     order by f.no limit ${pageSize} offset ${(page - 1) * pageSize}`.execute(executor);
  const items = rows.map(
    (row): QualityFinding => ({
      entityId: row.entity_id,
      entityName: row.name_masked,
      type: row.type,
      label: labelOf(row.type),
      recordId: row.record_id,
      day: row.day,
      group: kind === 'PERSON_AT_TWO' ? (row.together?.slice(0, 12) ?? null) : row.together,
    }),
  );
  const total =
    type === undefined
      ? report?.counts[kind]?.count
      : report &&
        (await typesOf(executor, report.id)).find((one) => one.kind === kind && one.type === type)?.count;
  return { items, total: total ?? 0, page, pageSize };
}
