import type { Selectable } from 'kysely';
import type pg from 'pg';
import type { Db, Executor } from '../../../infra/database/database.ts';
import { type HubTables, hubTables } from '../tables.ts';

export type ChallengeRow = Selectable<HubTables['challenge']>;

export async function insertChallenge(executor: Executor, row: ChallengeRow): Promise<void> {
  await hubTables(executor).insertInto('challenge').values(row).execute();
}

/** Spends a challenge, atomically: the second presenter gets nothing. Only the browser that asked can spend it. */
export async function spendChallenge(
  queryable: Pick<pg.Pool, 'query'>,
  spend: { id: string; browserSha256: string; at: Date },
): Promise<ChallengeRow | undefined> {
  const { rows } = await queryable.query<ChallengeRow>({
    name: 'hub-spend-challenge',
    text: `update challenge set used_at = $1 where id = $2 and browser_sha256 = $3 and used_at is null returning *`,
    values: [spend.at, spend.id, spend.browserSha256],
  });
  return rows[0];
}

export async function challengeById(executor: Executor, id: string): Promise<ChallengeRow | undefined> {
  return hubTables(executor).selectFrom('challenge').selectAll().where('id', '=', id).executeTakeFirst();
}

/** Attempts go with their challenges. */
export async function purgeChallenges(db: Db, before: Date): Promise<void> {
  await hubTables(db).deleteFrom('challenge').where('expires_at', '<', before).execute();
}
