import type { Selectable } from 'kysely';
import type { Db, Executor } from '../../../infra/database/database.ts';
import { type HubTables, hubTables } from '../tables.ts';

export type ChallengeRow = Selectable<HubTables['challenge']>;

export async function insertChallenge(executor: Executor, row: ChallengeRow): Promise<void> {
  await hubTables(executor).insertInto('challenge').values(row).execute();
}

/** Spends a challenge, atomically: the second presenter gets nothing. Only the browser that asked can spend it. */
export async function spendChallenge(
  db: Db,
  spend: { id: string; browserSha256: string; at: Date },
): Promise<ChallengeRow | undefined> {
  return hubTables(db)
    .updateTable('challenge')
    .set({ used_at: spend.at })
    .where('id', '=', spend.id)
    .where('browser_sha256', '=', spend.browserSha256)
    .where('used_at', 'is', null)
    .returningAll()
    .executeTakeFirst();
}

export async function challengeById(executor: Executor, id: string): Promise<ChallengeRow | undefined> {
  return hubTables(executor).selectFrom('challenge').selectAll().where('id', '=', id).executeTakeFirst();
}

/** Attempts go with their challenges. */
export async function purgeChallenges(db: Db, before: Date): Promise<void> {
  await hubTables(db).deleteFrom('challenge').where('expires_at', '<', before).execute();
}
