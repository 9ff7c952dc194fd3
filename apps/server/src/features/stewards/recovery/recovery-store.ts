import { sql } from 'kysely';
import type { Executor, Tx } from '../../../infra/database/database.ts';
import type { JudgedFile } from '../../files/index.ts';

/** The paper of an application. */
export type Proof = JudgedFile & { readonly name: string };

export type Recovery = {
  readonly id: string;
  readonly entityId: string;
  readonly keyId: string;
  readonly proof: Proof;
};

export async function insertRecovery(
  tx: Tx,
  { id, entityId, keyId, proof }: Recovery,
  at: Date,
): Promise<void> {
  await sql`
    insert into library_key_recovery (id, entity_id, key_id, proof, at)
    values (${id}, ${entityId}, ${keyId}, ${JSON.stringify(proof)}::jsonb, ${at})`.execute(tx);
}

type Row = { id: string; entity_id: string; key_id: string; proof: Proof };

/** The last application of an entity. */
export async function lastRecovery(executor: Executor, entityId: string): Promise<Recovery | undefined> {
  const { rows } = await sql<Row>`
    select id, entity_id, key_id, proof from library_key_recovery
     where entity_id = ${entityId} order by at desc, id desc limit 1`.execute(executor);
  const [row] = rows;
  return row && { id: row.id, entityId: row.entity_id, keyId: row.key_id, proof: row.proof };
}

/** Those among the contents that prove an application. */
export async function recoveryProofs(executor: Executor, sha256: readonly string[]): Promise<string[]> {
  if (sha256.length === 0) return [];
  const { rows } = await sql<{ sha256: string }>`
    select distinct proof ->> 'sha256' as sha256 from library_key_recovery
     where proof ->> 'sha256' = any(${[...sha256]}::text[])`.execute(executor);
  return rows.map((row) => row.sha256);
}
