import type { Executor, Tx } from '../database/database.ts';

export type DeadJob = {
  readonly id: string;
  readonly queue: string;
  readonly attempts: number;
  readonly lastError: string | null;
  readonly createdAt: Date;
  readonly finishedAt: Date | null;
};

/** What was given up, newest first: for the desk. */
export async function listDeadJobs(executor: Executor, limit = 100): Promise<DeadJob[]> {
  const rows = await executor
    .selectFrom('job')
    .select(['id', 'queue', 'attempts', 'last_error', 'created_at', 'finished_at'])
    .where('state', '=', 'dead')
    .orderBy('id', 'desc')
    .limit(limit)
    .execute();
  return rows.map((row) => ({
    id: row.id,
    queue: row.queue,
    attempts: row.attempts,
    lastError: row.last_error,
    createdAt: row.created_at,
    finishedAt: row.finished_at,
  }));
}

/** Gives a dead job its tries again. @returns whether it was dead */
export async function reviveJob(tx: Tx, id: string): Promise<boolean> {
  const { numUpdatedRows } = await tx
    .updateTable('job')
    .set({ state: 'ready', attempts: 0, run_at: new Date(0), finished_at: null })
    .where('id', '=', id)
    .where('state', '=', 'dead')
    .executeTakeFirst();
  return numUpdatedRows === 1n;
}
