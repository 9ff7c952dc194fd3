import type { LibraryDashboard } from '@hufu/contracts';
import { addDays } from '@hufu/kernel';
import { stateOf, titleOf } from '@hufu/library';
import { type RawBuilder, sql } from 'kysely';
import type { Member } from '../../access/index.ts';
import type { Kind } from '../catalogue.ts';
import type { RecordsDeps } from '../deps.ts';
import { usableStates } from '../storage/list-query.ts';
import { COLUMNS, tableOf } from '../storage/record-store.ts';
import type { StoredRow } from '../storage/tables.ts';
import { blockersOf } from './blockers.ts';
import { isOpenTo } from './gate.ts';

const SHOWN = 20;
/** System fields by which the counts of a type are broken down further (OD-15). */
const BREAKDOWN = 'stage';

type CountRow = {
  readonly part: 'count';
  readonly type: string;
  readonly state: string;
  readonly detail: string | null;
  readonly n: number;
  readonly expired: number;
  readonly in15: number;
  readonly in30: number;
  readonly in60: number;
};

const expiryColumn = ({ type, storage }: Kind): string | undefined =>
  storage.columns.find(({ field }) => field === type.expires)?.name;

/** 企业信息总览 (LIB-DASH-01, LIB-DASH-02, OD-15): the entity's own records, in one round trip. */
export async function showDashboard(deps: RecordsDeps, member: Member): Promise<LibraryDashboard> {
  const kinds = deps.catalogue.kinds.filter(
    (kind) => kind.type.parent === undefined && isOpenTo(member, kind),
  );
  const today = deps.today();
  const asked = { entityId: member.entityId, today };
  const { rows } = await sql<{ counts: CountRow[]; ends: Pointed[]; drafts: Pointed[] }>`
    select (select coalesce(jsonb_agg(to_jsonb(c)), '[]') from (${union(kinds.map((kind) => countsOf(kind, asked)))}) c) as counts,
           (select coalesce(jsonb_agg(to_jsonb(e)), '[]') from (
              select * from (${union(kinds.flatMap((kind) => endsOf(kind, asked)))}) e order by expires_on, id limit ${SHOWN}) e) as ends,
           (select coalesce(jsonb_agg(to_jsonb(d)), '[]') from (
              select * from (${union(kinds.flatMap((kind) => draftsOf(kind, asked)))}) d order by updated_at, id limit ${SHOWN}) d) as drafts`.execute(
    deps.database.db,
  );
  const { counts, ends, drafts } = rows[0]!;
  const types = kinds.map((kind) => summaryOf(kind, counts));
  const point = (row: Pointed) => pointer(deps, row);
  return {
    types,
    expiring: ends.map((row) => ({
      ...point(row),
      expiresOn: row.expires_on!,
      days: Math.round((Date.parse(row.expires_on!) - Date.parse(today)) / 86_400_000),
    })),
    drafts: drafts.map((row) => ({ ...point(row), updatedAt: new Date(row.updated_at).toISOString() })),
    blockers: blockersOf(member, types),
  };
}

type Asked = { readonly entityId: string; readonly today: string };
type Pointed = Omit<StoredRow, 'updated_at' | 'created_at'> & {
  readonly type: string;
  readonly expires_on: string | null;
  readonly updated_at: string;
  readonly created_at: string;
};

const union = (parts: readonly RawBuilder<unknown>[]): RawBuilder<unknown> =>
  parts.length === 0
    ? // A kind of entity may have nothing that ends, or no drafts; the order still needs its columns.
      sql`select null::text as id, null::text as expires_on, null::timestamptz as updated_at where false`
    : sql.join(
        parts.map((part) => sql`(${part})`),
        sql` union all `,
      );

function countsOf(kind: Kind, { entityId, today }: Asked): RawBuilder<unknown> {
  const column = expiryColumn(kind);
  const within = (first: string | undefined, last: string) => {
    if (column === undefined) return sql`0`;
    const from = first === undefined ? sql`true` : sql`${sql.ref(column)} >= ${first}::date`;
    return sql`count(*) filter (where ${from} and ${sql.ref(column)} <= ${last}::date)::int`;
  };
  return sql`
    select ${kind.type.name}::text as type, state, system->>${BREAKDOWN}::text as detail, count(*)::int as n,
           ${within(undefined, addDays(today, -1))} as expired, ${within(today, addDays(today, 15))} as in15,
           ${within(today, addDays(today, 30))} as in30, ${within(today, addDays(today, 60))} as in60
      from ${tableOf(kind)} where entity_id = ${entityId} group by 2, 3`;
}

const PAPER_DAYS = 60;

function endsOf(kind: Kind, { entityId, today }: Asked): RawBuilder<unknown>[] {
  const column = expiryColumn(kind);
  if (column === undefined) return [];
  return [
    sql`select ${kind.type.name}::text as type, ${sql.ref(column)}::text as expires_on, ${COLUMNS} from ${tableOf(kind)}
         where entity_id = ${entityId} and state = any(${usableStates(kind.type)}::text[])
           and ${sql.ref(column)} <= ${addDays(today, PAPER_DAYS)}::date
         order by ${sql.ref(column)} limit ${SHOWN}`,
  ];
}

function draftsOf(kind: Kind, { entityId }: Asked): RawBuilder<unknown>[] {
  const states = kind.type.lifeCycle.states.filter(({ tone }) => tone === 'draft').map(({ name }) => name);
  if (states.length === 0) return [];
  return [
    sql`select ${kind.type.name}::text as type, null::text as expires_on, ${COLUMNS} from ${tableOf(kind)}
         where entity_id = ${entityId} and state = any(${states}::text[]) order by updated_at limit ${SHOWN}`,
  ];
}

export type TypeSummary = LibraryDashboard['types'][number];

function summaryOf({ type, module }: Kind, all: readonly CountRow[]): TypeSummary {
  const rows = all.filter((row) => row.type === type.name);
  const usable = rows.filter(({ state }) => stateOf(type, state)?.usable === true);
  const sum = (some: readonly CountRow[], name: 'n' | 'expired' | 'in15' | 'in30' | 'in60') =>
    some.reduce((total, row) => total + row[name], 0);
  const by = (key: (row: CountRow) => string | null) => {
    const counts: Record<string, number> = {};
    for (const row of rows) {
      const name = key(row);
      if (name !== null) counts[name] = (counts[name] ?? 0) + row.n;
    }
    return counts;
  };
  const stages = by(({ detail }) => detail);
  return {
    module: module.name,
    type: type.name,
    counts: by(({ state }) => state),
    usable: sum(usable, 'n'),
    expiring: {
      expired: sum(usable, 'expired'),
      in15: sum(usable, 'in15'),
      in30: sum(usable, 'in30'),
      in60: sum(usable, 'in60'),
    },
    breakdown: Object.keys(stages).length === 0 ? {} : { [BREAKDOWN]: stages },
  };
}

function pointer(deps: RecordsDeps, row: Pointed) {
  const { type } = deps.catalogue.kind(row.type);
  const title = row.title ?? titleOf(type, deps.sealing.open(type, row.id, row.values));
  return { id: row.id, type: row.type, state: row.state, title };
}
