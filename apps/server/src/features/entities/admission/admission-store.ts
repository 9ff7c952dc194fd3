import type { Insertable, Selectable } from 'kysely';
import type { Executor, Tx } from '../../../infra/database/database.ts';
import { type EntityTables, entityTables } from '../tables.ts';

export type AdmissionRow = Selectable<EntityTables['library_admission']>;
export type AdmissionPurpose = AdmissionRow['purpose'];

export async function insertAdmission(
  executor: Executor,
  row: Insertable<EntityTables['library_admission']>,
): Promise<void> {
  await entityTables(executor).insertInto('library_admission').values(row).execute();
}

export type AdmissionKey = { readonly id: string; readonly browserSha256: string; readonly now: Date };

/** In the browser that read the certificate, and in no other. */
export const openAdmission = (
  executor: Executor,
  { id, browserSha256, now }: AdmissionKey,
): Promise<AdmissionRow | undefined> =>
  entityTables(executor)
    .selectFrom('library_admission')
    .selectAll()
    .where('id', '=', id)
    .where('browser_sha256', '=', browserSha256)
    .where('used_at', 'is', null)
    .where('expires_at', '>', now)
    .executeTakeFirst();

/** Spends it: of two that come with the same one, the second gets nothing. */
export async function spendAdmission(
  tx: Tx,
  { id, now }: Pick<AdmissionKey, 'id' | 'now'>,
): Promise<boolean> {
  const spent = await entityTables(tx)
    .updateTable('library_admission')
    .set({ used_at: now })
    .where('id', '=', id)
    .where('used_at', 'is', null)
    .returning('id')
    .executeTakeFirst();
  return spent !== undefined;
}

export async function purgeAdmissions(executor: Executor, before: Date): Promise<void> {
  await entityTables(executor).deleteFrom('library_admission').where('expires_at', '<', before).execute();
}
