import { type RawBuilder, sql } from 'kysely';
import type { Executor } from '../../../infra/database/database.ts';
import { treeHead } from './tree.ts';

/** A statement at its place in the log. */
export type LoggedChange = {
  readonly index: number;
  readonly statement: string;
  readonly type: string;
  readonly subject: { readonly kind: string; readonly id: string };
  readonly entity: string;
  readonly at: Date;
  readonly after: Readonly<Record<string, unknown>>;
};

export type ChangesAsked = {
  /** Index of the last leaf that the reader has dealt with; -1: none. */
  readonly after: number;
  readonly limit: number;
  /** Leaves from there on are left for later. */
  readonly size: number;
  /** Of subjects of these kinds only. */
  readonly kinds: readonly string[];
  /** Whether the reader may know of an entity: an SQL condition over the expression of its id. */
  readonly audience: (entityId: RawBuilder<unknown>) => RawBuilder<unknown>;
};

export type LoggedChanges = {
  readonly changes: readonly LoggedChange[];
  /** All leaves up to this one have been looked at. */
  readonly next: number;
};

/** What other features may follow of the log. */
export type ChangeLog = {
  /** How many leaves the log holds: all below have their place for ever. @param witnessed confirmed by the quorum only */
  size(executor: Executor, witnessed: boolean): Promise<number>;
  /** In the order of the log, without gap or repetition: a leaf is told only when all before it are in. */
  read(executor: Executor, asked: ChangesAsked): Promise<LoggedChanges>;
  /** How many statements there are of an entity, of subjects of these kinds. */
  count(
    executor: Executor,
    of: { readonly entityId: string; readonly kinds: readonly string[] },
  ): Promise<number>;
};

/** As many leaves as one look passes over: what is not for the reader costs little, but not nothing. */
const SCAN = 20_000;

type Row = {
  idx: string;
  id: string;
  type: string;
  subject: string;
  entity_id: string;
  body: Uint8Array;
  at: Date;
};

const kindOf = sql`split_part(s.subject, '/', 1)`;

function changeOf(row: Row): LoggedChange {
  const { facts } = JSON.parse(Buffer.from(row.body).toString('utf8')) as {
    facts: { after?: Record<string, unknown> };
  };
  const slash = row.subject.indexOf('/');
  return {
    index: Number(row.idx),
    statement: row.id,
    type: row.type,
    subject: { kind: row.subject.slice(0, slash), id: row.subject.slice(slash + 1) },
    entity: row.entity_id,
    at: row.at,
    after: facts.after ?? {},
  };
}

export const changeLog: ChangeLog = {
  async size(executor, witnessed) {
    if (!witnessed) return (await treeHead(executor)).size;
    const { rows } = await sql<{ size: string | null }>`
      select max(size) as size from ledger_checkpoint where confirmed_at is not null`.execute(executor);
    return Number(rows[0]?.size ?? 0);
  },

  async read(executor, { after, limit, size, kinds, audience }) {
    const end = Math.min(size, after + 1 + SCAN);
    if (end <= after + 1) return { changes: [], next: after };
    const { rows } = await sql<Row>`
      select l.idx, s.id, s.type, s.subject, s.entity_id, s.body, s.at
        from ledger_leaf l join ledger_statement s on s.id = l.statement_id
       where l.idx > ${after} and l.idx < ${end} and s.entity_id is not null
         and ${kindOf} = any (${[...kinds]}::text[]) and ${audience(sql`s.entity_id`)}
       order by l.idx limit ${limit}`.execute(executor);
    const changes = rows.map(changeOf);
    return { changes, next: changes.length === limit ? changes.at(-1)!.index : end - 1 };
  },

  async count(executor, { entityId, kinds }) {
    const { rows } = await sql<{ n: number }>`
      select count(*)::int as n from ledger_statement s
       where s.entity_id = ${entityId} and ${kindOf} = any (${[...kinds]}::text[])`.execute(executor);
    return rows[0]!.n;
  },
};
