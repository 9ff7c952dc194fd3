import type { Insertable, Selectable } from 'kysely';
import type { Db, Executor, Tx } from '../../../infra/database/database.ts';
import { type HubTables, hubTables, type StoredProblem } from '../tables.ts';
import type { ActResult } from '../usecases/act.ts';

export type AttemptRow = Selectable<HubTables['attempt']>;

export async function insertAttempt(db: Db, row: Insertable<HubTables['attempt']>): Promise<void> {
  await hubTables(db).insertInto('attempt').values(row).execute();
}

/** An attempt, for the browser that began it. */
export async function attemptFor(
  executor: Executor,
  key: { id: string; browserSha256: string },
): Promise<AttemptRow | undefined> {
  return hubTables(executor)
    .selectFrom('attempt')
    .selectAll()
    .where('id', '=', key.id)
    .where('browser_sha256', '=', key.browserSha256)
    .executeTakeFirst();
}

/** Takes over an attempt whose process is gone. @returns undefined when it is alive, done, or taken already */
export async function claimAttempt(
  db: Db,
  claim: { id: string; now: Date; leaseUntil: Date },
): Promise<AttemptRow | undefined> {
  return hubTables(db)
    .updateTable('attempt')
    .set({ lease_until: claim.leaseUntil })
    .where('id', '=', claim.id)
    .where('state', '=', 'CHECKING')
    .where('lease_until', '<', claim.now)
    .returningAll()
    .executeTakeFirst();
}

/** @returns false when another process finished it first: the caller's change must not stand */
export async function finishAttempt(
  tx: Tx,
  { id, result, at }: { id: string; result: ActResult; at: Date },
): Promise<boolean> {
  const row = await hubTables(tx)
    .updateTable('attempt')
    .set({
      state: 'DONE',
      outcome: result.outcome,
      certificate_id: result.certificateId,
      advice: JSON.stringify(result.advice),
      input_sealed: null,
      finished_at: at,
    })
    .where('id', '=', id)
    .where('state', '=', 'CHECKING')
    .returning('id')
    .executeTakeFirst();
  return row !== undefined;
}

export async function failAttempt(
  db: Db,
  { id, problem, at }: { id: string; problem: StoredProblem; at: Date },
): Promise<void> {
  await hubTables(db)
    .updateTable('attempt')
    .set({ state: 'FAILED', problem: JSON.stringify(problem), input_sealed: null, finished_at: at })
    .where('id', '=', id)
    .where('state', '=', 'CHECKING')
    .execute();
}

export async function handOver(tx: Tx, { id, sessionId }: { id: string; sessionId: string }): Promise<void> {
  await hubTables(tx).updateTable('attempt').set({ session_id: sessionId }).where('id', '=', id).execute();
}
