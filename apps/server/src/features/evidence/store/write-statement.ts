import { sql } from 'kysely';
import type { AuditEntry } from '../../../infra/audit/audit.ts';
import { auditRow } from '../../../infra/audit/audit-row.ts';
import type { Tx } from '../../../infra/database/database.ts';
import type { ChainHead, ComposedStatement } from '../recording/compose-statement.ts';

/** `head`: where the chain really ends, for another try. */
export type Written =
  | { readonly written: true }
  | { readonly written: false; readonly head: ChainHead | undefined };

type EndRow = { seq: number | null; digest: Uint8Array | null };

const headOf = ({ seq, digest }: EndRow): ChainHead | undefined =>
  seq === null || digest === null ? undefined : { seq, digest: new Uint8Array(digest) };

/**
 * The statement, its disclosures, its place in the queue of the log and the audit entry that says the same: in one
 * round trip, so that none can be without the others. Nothing is written unless the statement follows the end of its
 * record's chain and nobody else is writing to that chain; it never waits.
 */
export async function writeStatement(
  tx: Tx,
  one: ComposedStatement,
  { entry, head }: { readonly entry: AuditEntry; readonly head: ChainHead | undefined },
): Promise<Written> {
  const names = one.disclosures.map(({ name }) => name);
  const texts = one.disclosures.map(({ disclosure }) => disclosure);
  const { rows } = await sql<EndRow & { written: boolean }>`
    select * from evidence_write(
      ${one.subject}, ${one.id}::uuid, ${one.type}, ${one.seq}::int, ${one.entity ?? null},
      ${Buffer.from(one.body)}::bytea, ${Buffer.from(one.digest)}::bytea, ${one.at}::timestamptz,
      ${Buffer.from(one.leaf)}::bytea, ${names}::text[], ${texts}::text[],
      ${head === undefined ? null : Buffer.from(head.digest)}::bytea, ${JSON.stringify(auditRow(entry, null))}::jsonb)`.execute(
    tx,
  );
  const row = rows[0]!;
  return row.written ? { written: true } : { written: false, head: headOf(row) };
}

/**
 * Stands in line for a record that others are changing at this moment, until the end of the transaction: after it the
 * next statement is written for certain. @returns where its chain ends now
 */
export async function standInLine(tx: Tx, subject: string): Promise<ChainHead | undefined> {
  const { rows } = await sql<EndRow>`select * from evidence_stand_in_line(${subject})`.execute(tx);
  return headOf(rows[0]!);
}
