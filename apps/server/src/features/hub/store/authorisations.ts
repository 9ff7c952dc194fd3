import type { Insertable, Selectable } from 'kysely';
import type { Db, Executor, Tx } from '../../../infra/database/database.ts';
import { type HubTables, hubTables } from '../tables.ts';

export type AuthorisationRow = Selectable<HubTables['platform_authorisation']>;

export async function insertAuthorisation(
  tx: Tx,
  row: Insertable<HubTables['platform_authorisation']>,
): Promise<void> {
  await hubTables(tx).insertInto('platform_authorisation').values(row).execute();
}

/** An authorisation of this very session: another session's is as good as none. */
export async function authorisationOf(
  executor: Executor,
  key: { id: string; sessionId: string },
): Promise<AuthorisationRow | undefined> {
  return hubTables(executor)
    .selectFrom('platform_authorisation')
    .selectAll()
    .where('id', '=', key.id)
    .where('session_id', '=', key.sessionId)
    .executeTakeFirst();
}

/** @returns false when it was confirmed already */
export async function confirmAuthorisation(tx: Tx, { id, at }: { id: string; at: Date }): Promise<boolean> {
  const row = await hubTables(tx)
    .updateTable('platform_authorisation')
    .set({ confirmed_at: at })
    .where('id', '=', id)
    .where('confirmed_at', 'is', null)
    .returning('id')
    .executeTakeFirst();
  return row !== undefined;
}

export async function purgeAuthorisations(db: Db, before: Date): Promise<void> {
  await hubTables(db).deleteFrom('platform_authorisation').where('expires_at', '<', before).execute();
}
