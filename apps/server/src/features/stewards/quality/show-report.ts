import { type QualityFinding, QualityKind, type QualityReport } from '@hufu/contracts';
import { RECORD_TYPES } from '@hufu/library';
import { sql } from 'kysely';
import type { Executor } from '../../../infra/database/database.ts';

type Counts = Readonly<Record<string, { count: number; entities: number }>>;

const newest = async (executor: Executor) => {
  const { rows } = await sql<{ id: string; made_at: Date; counts: Counts }>`
    select id, made_at, counts from library_quality_report order by id desc limit 1`.execute(executor);
  return rows[0];
};

const NONE = { count: 0, entities: 0 };

export async function showReport(executor: Executor): Promise<QualityReport> {
  const report = await newest(executor);
  return {
    madeAt: report?.made_at.toISOString() ?? null,
    findings: QualityKind.options.map((kind) => ({ kind, ...(report?.counts[kind] ?? NONE) })),
  };
}

type Row = {
  entity_id: string;
  name_masked: string;
  type: string;
  record_id: string;
  day: string | null;
  together: string | null;
};

type Asked = { readonly kind: QualityKind; readonly page: number; readonly pageSize: number };

export async function showFindings(executor: Executor, { kind, page, pageSize }: Asked) {
  const report = await newest(executor);
  const { rows } = await sql<Row>`
    select f.entity_id, l.name_masked, f.type, f.record_id, f.day::text as day, f.together
      from library_quality_finding f join library_entity l on l.id = f.entity_id
     where f.report_id = ${report?.id ?? '0'} and f.kind = ${kind}
     order by f.no limit ${pageSize} offset ${(page - 1) * pageSize}`.execute(executor);
  const items = rows.map(
    (row): QualityFinding => ({
      entityId: row.entity_id,
      entityName: row.name_masked,
      type: row.type,
      label: RECORD_TYPES.find(({ name }) => name === row.type)?.label ?? { zh: row.type, en: row.type },
      recordId: row.record_id,
      day: row.day,
      group: kind === 'PERSON_AT_TWO' ? (row.together?.slice(0, 12) ?? null) : row.together,
    }),
  );
  return { items, total: report?.counts[kind]?.count ?? 0, page, pageSize };
}
