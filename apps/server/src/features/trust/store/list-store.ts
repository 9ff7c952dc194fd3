import { type Executor, type Tx, tablesOf } from '../../../infra/database/database.ts';
import type { TrustTables } from '../tables.ts';

const tables = (executor: Executor) => tablesOf<TrustTables>(executor);

export type ListVersion = {
  readonly sequence: number;
  readonly document: Uint8Array;
  readonly hash: string;
  readonly issuedAt: number;
  readonly validUntil: number;
};

export async function newestList(executor: Executor): Promise<ListVersion | undefined> {
  const row = await tables(executor)
    .selectFrom('trust_list_version')
    .selectAll()
    .orderBy('sequence', 'desc')
    .limit(1)
    .executeTakeFirst();
  return (
    row && {
      sequence: Number(row.sequence),
      document: new Uint8Array(row.document),
      hash: row.hash,
      issuedAt: row.issued_at.getTime(),
      validUntil: row.valid_until.getTime(),
    }
  );
}

export type NewListVersion = ListVersion & {
  readonly previous: string | undefined;
  readonly reason: string;
  readonly publishedBy: string;
};

/** Two servers that publish at once: the unique sequence lets one through. */
export async function insertList(tx: Tx, list: NewListVersion): Promise<void> {
  await tables(tx)
    .insertInto('trust_list_version')
    .values({
      sequence: list.sequence,
      document: Buffer.from(list.document),
      hash: list.hash,
      previous: list.previous ?? null,
      issued_at: new Date(list.issuedAt),
      valid_until: new Date(list.validUntil),
      reason: list.reason,
      published_by: list.publishedBy,
    })
    .execute();
}
