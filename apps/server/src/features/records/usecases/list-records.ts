import type { RecordItem, RecordPage } from '@hufu/contracts';
import { maskValue, personalFields, type RecordType, type Values } from '@hufu/library';
import { sql } from 'kysely';
import type { Member } from '../../access/index.ts';
import type { Kind } from '../catalogue.ts';
import type { RecordsDeps } from '../deps.ts';
import type { RecordRow } from '../face.ts';
import { conditionsOf, type ListAsked, orderOf, statesOf } from '../storage/list-query.ts';
import { COLUMNS, tableOf } from '../storage/record-store.ts';
import { openRow } from '../storage/rows.ts';
import type { StoredRow } from '../storage/tables.ts';
import { actionsOf } from './actions.ts';
import { maintains } from './gate.ts';

type Listing = {
  readonly kind: Kind;
  readonly member: Member;
  readonly asked: ListAsked;
  readonly page: number;
  readonly pageSize: number;
};

/** A page with the counts of all states: one round trip, and one more where rules must be asked of the store. */
export async function listRecords(deps: RecordsDeps, listing: Listing): Promise<RecordPage> {
  const { kind, member, asked, page, pageSize } = listing;
  const { db } = deps.database;
  const conditions = conditionsOf(deps, kind, asked);
  const table = tableOf(kind);
  const { rows } = await sql<{ counts: Record<string, number> | null; items: TextRow[] | null }>`
    select (select jsonb_object_agg(state, n) from
             (select state, count(*)::int as n from ${table} where ${conditions} group by state) s) as counts,
           (select jsonb_agg(to_jsonb(p)) from
             (select ${COLUMNS} from ${table} where ${conditions} and ${statesOf(kind.type, asked)}
               order by ${orderOf(kind, asked.sort)} limit ${pageSize} offset ${(page - 1) * pageSize}) p) as items`.execute(
    db,
  );
  const counts = rows[0]?.counts ?? {};
  const found = (rows[0]?.items ?? []).map((row) => openRow(deps, kind.type, timed(row)));
  const states = asked.state?.split(',') ?? Object.keys(counts);
  const actions = maintains(member, kind)
    ? await actionsOf(deps, db, { kind, rows: found, entityId: member.entityId })
    : new Map<string, never[]>();
  return {
    items: found.map((row) => itemOf(kind.type, row, actions.get(row.id) ?? [])),
    total: states.reduce((sum, state) => sum + (counts[state] ?? 0), 0),
    counts,
    page,
    pageSize,
  };
}

/** As JSON tells it: times are text. */
type TextRow = Omit<StoredRow, 'created_at' | 'updated_at'> & {
  readonly created_at: string;
  readonly updated_at: string;
};

const timed = (row: TextRow): StoredRow => ({
  ...row,
  created_at: new Date(row.created_at),
  updated_at: new Date(row.updated_at),
});

type Offered = readonly { readonly event: string; readonly allowed: boolean }[];

function itemOf(type: RecordType, row: RecordRow, actions: Offered): RecordItem {
  return {
    ...summaryOf(row),
    values: listedValues(type, row.values),
    actions: actions.filter(({ allowed }) => allowed).map(({ event }) => event),
  };
}

export const summaryOf = (row: RecordRow) => ({
  id: row.id,
  type: row.type,
  state: row.state,
  version: row.version,
  title: row.title,
  parentId: row.parentId,
  system: { ...row.system },
  expiresOn: row.expiresOn,
  createdAt: row.createdAt.toISOString(),
  updatedAt: row.updatedAt.toISOString(),
});

/** Of the list's columns. Personal ones are masked but for names, by which the owner tells its records apart. */
function listedValues(type: RecordType, values: Values): Record<string, unknown> {
  const personal = new Map(personalFields(type).map((field) => [field.name, field]));
  return Object.fromEntries(
    type.list.columns.flatMap((name) => {
      const field = personal.get(name);
      const isName = name === type.title || field?.kind === 'text';
      const value = field === undefined || isName ? values[name] : maskValue(field, values[name]);
      return value === undefined ? [] : [[name, value]];
    }),
  );
}
