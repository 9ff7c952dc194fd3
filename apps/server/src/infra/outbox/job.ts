import type { Tx } from '../database/database.ts';

/** A piece of work to be done at least once after the transaction that asked for it has committed. */
export type NewJob = {
  readonly queue: string;
  /** JSON. No personal data: put ids in, read the rest when the job runs. */
  readonly payload: unknown;
  /** Jobs of one subject run one after the other, in the order in which they were asked for. */
  readonly subject?: string;
  /** A job with the same key that is still waiting or running makes this one superfluous. */
  readonly dedup?: string;
  readonly runAt?: Date;
  /** Tries until the job is put aside as dead (default 8). */
  readonly maxAttempts?: number;
};

export type Job = {
  readonly id: string;
  readonly payload: unknown;
  /** 1 at the first try. */
  readonly attempt: number;
};

/** Throwing means: try again later. A handler may be called twice for one job and must bear it. */
export type JobHandler = (job: Job) => Promise<void>;
export type JobHandlers = Readonly<Record<string, JobHandler>>;

export async function enqueue(tx: Tx, job: NewJob): Promise<void> {
  await tx
    .insertInto('job')
    .values({
      queue: job.queue,
      payload: JSON.stringify(job.payload),
      subject_key: job.subject ?? null,
      dedup_key: job.dedup ?? null,
      ...(job.runAt ? { run_at: job.runAt } : {}),
      ...(job.maxAttempts ? { max_attempts: job.maxAttempts } : {}),
    })
    .onConflict((conflict) =>
      conflict
        .columns(['queue', 'dedup_key'])
        .where('dedup_key', 'is not', null)
        .where('state', 'in', ['ready', 'running'])
        .doNothing(),
    )
    .execute();
}
