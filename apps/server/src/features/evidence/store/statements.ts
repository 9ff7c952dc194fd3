import { sql } from 'kysely';
import type { Executor } from '../../../infra/database/database.ts';

export type StatementRow = {
  readonly id: string;
  readonly body: Uint8Array;
  readonly entity_id: string | null;
  /** Null while it waits. */
  readonly idx: string | null;
  readonly leaf: Uint8Array | null;
  readonly integrated_at: Date | null;
};

const SELECTED = sql`s.id, s.body, s.entity_id, l.idx, l.leaf, l.integrated_at`;

export async function statementById(executor: Executor, id: string): Promise<StatementRow | undefined> {
  const { rows } = await sql<StatementRow>`
    select ${SELECTED} from ledger_statement s left join ledger_leaf l on l.statement_id = s.id
     where s.id = ${id}`.execute(executor);
  return rows[0];
}

export type StatementFilter = {
  readonly entity?: string | undefined;
  /** Kind of the record; with `record` one record, as its chain is named. */
  readonly kind?: string | undefined;
  readonly record?: string | undefined;
};

export type Page = { readonly limit: number; readonly offset: number };

/** The newest first. */
export async function listStatements(
  executor: Executor,
  { entity, kind, record }: StatementFilter,
  { limit, offset }: Page,
): Promise<{ readonly rows: readonly StatementRow[]; readonly total: number }> {
  const conditions = [
    ...(entity === undefined ? [] : [sql`s.entity_id = ${entity}`]),
    ...(kind === undefined ? [] : [sql`starts_with(s.subject, ${`${kind}/`})`]),
    ...(record === undefined ? [] : [sql`right(s.subject, -position('/' in s.subject)) = ${record}`]),
    // Both together name one chain, which the index finds.
    ...(kind === undefined || record === undefined ? [] : [sql`s.subject = ${`${kind}/${record}`}`]),
  ];
  const where = conditions.length === 0 ? sql`true` : sql.join(conditions, sql` and `);
  const [found, counted] = await Promise.all([
    sql<StatementRow>`
      select ${SELECTED} from ledger_statement s left join ledger_leaf l on l.statement_id = s.id
       where ${where} order by s.id desc limit ${limit} offset ${offset}`.execute(executor),
    sql<{ n: number }>`select count(*)::int as n from ledger_statement s where ${where}`.execute(executor),
  ]);
  return { rows: found.rows, total: counted.rows[0]!.n };
}

export type DisclosureRow = {
  readonly name: string;
  readonly disclosure: string | null;
  readonly erased_at: Date | null;
};

export async function disclosuresOf(executor: Executor, statementId: string): Promise<DisclosureRow[]> {
  const { rows } = await sql<DisclosureRow>`
    select name, disclosure, erased_at from ledger_disclosure
     where statement_id = ${statementId} order by name`.execute(executor);
  return rows;
}

/** The disclosure, and the words of the audit entry that it proves. @returns false when there is none, or it was erased before */
export async function eraseDisclosure(
  executor: Executor,
  { statementId, name, at }: { readonly statementId: string; readonly name: string; readonly at: Date },
): Promise<boolean> {
  const { numAffectedRows } = await sql`
    update ledger_disclosure set disclosure = null, erased_at = ${at}
     where statement_id = ${statementId} and name = ${name} and erased_at is null`.execute(executor);
  if (numAffectedRows !== 1n) return false;
  // Both stand at the same moment, by which the entry is found.
  if (name === 'reason')
    await sql`
      update audit_entry a set reason = null, reason_erased_at = ${at} from ledger_statement s
       where s.id = ${statementId} and a.at = s.at and a.statement_id = s.id and a.reason is not null`.execute(
      executor,
    );
  return true;
}

export type CosignatureRow = { readonly witness: string; readonly at: Date };

export async function cosignaturesOf(executor: Executor, size: number): Promise<CosignatureRow[]> {
  const { rows } = await sql<CosignatureRow>`
    select witness, at from ledger_cosignature where size = ${size} order by witness`.execute(executor);
  return rows;
}
