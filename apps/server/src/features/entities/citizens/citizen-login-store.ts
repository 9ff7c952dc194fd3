import type { Insertable, Selectable } from 'kysely';
import type { Executor, Tx } from '../../../infra/database/database.ts';
import { type EntityTables, entityTables } from '../tables.ts';

export type CitizenLoginRow = Selectable<EntityTables['library_citizen_login']>;

export async function insertCitizenLogin(
  executor: Executor,
  row: Insertable<EntityTables['library_citizen_login']>,
): Promise<void> {
  await entityTables(executor).insertInto('library_citizen_login').values(row).execute();
}

/** Spends it: an answer that comes twice finds nothing the second time. Only in the browser that left. */
export const spendCitizenLogin = (
  tx: Tx,
  { stateSha256, browserSha256, now }: { stateSha256: string; browserSha256: string; now: Date },
): Promise<CitizenLoginRow | undefined> =>
  entityTables(tx)
    .updateTable('library_citizen_login')
    .set({ used_at: now })
    .where('state_sha256', '=', stateSha256)
    .where('browser_sha256', '=', browserSha256)
    .where('used_at', 'is', null)
    .where('expires_at', '>', now)
    .returningAll()
    .executeTakeFirst();

export async function purgeCitizenLogins(executor: Executor, before: Date): Promise<void> {
  await entityTables(executor).deleteFrom('library_citizen_login').where('expires_at', '<', before).execute();
}
