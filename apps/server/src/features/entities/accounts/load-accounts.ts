import { normaliseUnitName } from '@hufu/kernel';
import { sql } from 'kysely';
import type { Tx } from '../../../infra/database/database.ts';

/** An organisation whose registration is complete. */
export type LoadedAccount = {
  readonly id: string;
  readonly uscc: string;
  readonly name: string;
  readonly roles: readonly string[];
  readonly at: Date;
};

/**
 * Puts organisations in the tables as they are, many in a statement: for filling a database that is to be measured.
 * They have no keys, and nothing is said of them to the evidence.
 */
export async function loadAccounts(tx: Tx, accounts: readonly LoadedAccount[]): Promise<void> {
  const rows = JSON.stringify(
    accounts.map(({ at, name, ...account }) => ({
      ...account,
      name,
      name_key: normaliseUnitName(name),
      at: at.toISOString(),
    })),
  );
  const read = sql`jsonb_to_recordset(${rows}::jsonb)
    as r (id text, uscc text, name text, name_key text, roles jsonb, at timestamptz)`;
  await sql`
    insert into entity (id, kind, uscc, created_at) select id, 'ORGANISATION', uscc, at from ${read}`.execute(
    tx,
  );
  await sql`
    insert into library_entity (id, kind, name, name_masked, name_key, roles, state, registered_by, base_submitted_at,
                                letter_version, letter_signed_at, activated_at, created_at, updated_at)
    select id, 'ORGANISATION', name, name, name_key, roles, 'ACTIVE', 'KEY', at, '1', at, at, at, at from ${read}`.execute(
    tx,
  );
}
