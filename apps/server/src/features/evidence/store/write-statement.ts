import { CompiledQuery, sql } from 'kysely';
import type { AuditEntry } from '../../../infra/audit/audit.ts';
import { AUDIT_COLUMNS, auditValues } from '../../../infra/audit/audit-row.ts';
import type { Tx } from '../../../infra/database/database.ts';
import type { ChainHead, ComposedStatement } from '../recording/compose-statement.ts';

/** `head`: where the chain really ends, for another try. */
export type Written =
  | { readonly written: true }
  | { readonly written: false; readonly head: ChainHead | undefined };

type Row = { written: boolean; seq: number | null; digest: Uint8Array | null };

/**
 * The statement, its disclosures, its place in the queue of the log and the audit entry that says the same: one
 * statement of SQL, so that none can be without the others. Nothing is written unless the statement follows the end of
 * its record's chain and nobody else is writing to that chain; it never waits.
 */
export async function writeStatement(
  tx: Tx,
  one: ComposedStatement,
  { entry, head }: { readonly entry: AuditEntry; readonly head: ChainHead | undefined },
): Promise<Written> {
  const { rows } = await tx.executeQuery<Row>(
    CompiledQuery.raw(WRITE, [
      one.subject,
      one.id,
      one.type,
      one.seq,
      one.entity ?? null,
      Buffer.from(one.body),
      Buffer.from(one.digest),
      one.at,
      Buffer.from(one.leaf),
      one.disclosures.map(({ name }) => name),
      one.disclosures.map(({ disclosure }) => disclosure),
      head === undefined ? null : Buffer.from(head.digest),
      ...auditValues(entry, null),
    ]),
  );
  const { written, seq, digest } = rows[0]!;
  if (written) return { written };
  return { written, head: seq === null ? undefined : { seq, digest: new Uint8Array(digest!) } };
}

/** Keeps these locks apart from other advisory locks. One for each record; nothing is locked that records share. */
const LOCK_SPACE = 4_801_550_060;

/**
 * Stands in line for a record that others are changing at this moment, until the end of the transaction.
 * @returns where its chain ends now
 */
export async function lockChain(tx: Tx, subject: string): Promise<ChainHead | undefined> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${subject}, ${LOCK_SPACE}))`.execute(tx);
  const { rows } = await sql<{ seq: number; digest: Uint8Array }>`
    select seq, digest from ledger_statement where subject = ${subject} order by seq desc limit 1`.execute(
    tx,
  );
  return rows[0] && { seq: rows[0].seq, digest: new Uint8Array(rows[0].digest) };
}

const FIRST_AUDIT_VALUE = 13;
const COLUMNS = AUDIT_COLUMNS.map(({ name }) => name).join(', ');
const VALUES = AUDIT_COLUMNS.map(({ type }, at) => `$${FIRST_AUDIT_VALUE + at}::${type}`).join(', ');

const WRITE = `
  with head as (
    select seq, digest from ledger_statement where subject = $1 order by seq desc limit 1
  ), said as (
    insert into ledger_statement (id, type, subject, seq, entity_id, body, digest, at)
    select $2::uuid, $3::text, $1::text, $4::int, $5::text, $6::bytea, $7::bytea, $8::timestamptz
     where coalesce((select seq from head), 0) = $4::int - 1
       and (select digest from head) is not distinct from $12::bytea
       and pg_try_advisory_xact_lock(hashtextextended($1, ${LOCK_SPACE}))
    on conflict (subject, seq) do nothing
    returning id
  ), opened as (
    insert into ledger_disclosure (statement_id, name, disclosure)
    select said.id, d.name, d.disclosure from said, unnest($10::text[], $11::text[]) as d (name, disclosure)
  ), queued as (
    insert into ledger_outbox (statement_id, leaf) select id, $9::bytea from said
  ), noted as (
    insert into audit_entry (${COLUMNS}, at, statement_id) select ${VALUES}, $8::timestamptz, id from said
  )
  select exists (select from said) as written, (select seq from head) as seq, (select digest from head) as digest`;
