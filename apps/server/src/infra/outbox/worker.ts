import type { Database } from '../database/database.ts';
import { underLease } from '../lease/under-lease.ts';
import type { Job, JobHandler } from './job.ts';

export type WorkerOptions = {
  readonly batch?: number;
  /** How long the jobs of a process that died wait for another one. */
  readonly leaseSeconds?: number;
  /** Milliseconds until the next try, by the number of tries so far. */
  readonly backOff?: (attempt: number) => number;
  /** Told of a failed try; the text holds no payload. */
  readonly onFailure?: (failure: { queue: string; id: string; attempt: number; error: unknown }) => void;
};

export type QueueWorker = {
  /** Lets it look for jobs; between two looks it asks nobody. */
  poke(): void;
  /** Finishes what is running, takes nothing new. */
  stop(): Promise<void>;
};

type Claimed = { id: string; payload: unknown; attempts: number };

const HOUR = 3_600_000;
const LONGEST_ERROR = 500;
/** What one round may take before its jobs count as stuck, in seconds. */
const LONGEST_ROUND = 600;

const exponential = (attempt: number) => Math.min(HOUR, 1000 * 2 ** (attempt - 1));

/**
 * Takes the jobs of one queue under a lease that is renewed while they run: when the process dies, the lease runs out
 * and another one takes them. Each claim is one statement; `skip locked` lets several servers share a queue.
 */
export function startWorker(
  target: { database: Database; queue: string; handler: JobHandler },
  options: WorkerOptions = {},
): QueueWorker {
  const { pool } = target.database;
  const { batch = 20, leaseSeconds = 15, backOff = exponential, onFailure } = options;
  let stopping = false;
  let wake: (() => void) | undefined;
  let poked = false;

  const sleep = () =>
    new Promise<void>((resolve) => {
      if (poked || stopping) resolve();
      else wake = resolve;
    });

  const claim = async (): Promise<Claimed[]> => {
    const { rows } = await pool.query<Claimed>({
      name: 'job-claim',
      text: CLAIM,
      values: [target.queue, batch, leaseSeconds],
    });
    return rows.sort((a, b) => Number(BigInt(a.id) - BigInt(b.id)));
  };

  const attempt = async (claimed: Claimed): Promise<string | undefined> => {
    const job: Job = { id: claimed.id, payload: claimed.payload, attempt: claimed.attempts };
    try {
      await target.handler(job);
      return claimed.id;
    } catch (error) {
      onFailure?.({ queue: target.queue, id: claimed.id, attempt: claimed.attempts, error });
      const text = error instanceof Error ? error.message : String(error);
      const wait = backOff(claimed.attempts) / 1000;
      await pool.query({
        name: 'job-fail',
        text: FAIL,
        values: [claimed.id, text.slice(0, LONGEST_ERROR), wait, claimed.attempts],
      });
      return undefined;
    }
  };

  const round = async (): Promise<number> => {
    const claimed = await claim();
    if (claimed.length === 0) return 0;
    const held = (jobs: readonly Claimed[]) => [
      jobs.map(({ id }) => id),
      jobs.map(({ attempts }) => attempts),
    ];
    const renew = () =>
      pool.query({ name: 'job-renew', text: RENEW, values: [...held(claimed), leaseSeconds] });
    const results = await underLease({ seconds: leaseSeconds, longestSeconds: LONGEST_ROUND, renew }, () =>
      Promise.all(claimed.map(attempt)),
    );
    const done = claimed.filter(({ id }) => results.includes(id));
    if (done.length > 0) await pool.query({ name: 'job-done', text: DONE, values: held(done) });
    return claimed.length;
  };

  const run = async () => {
    while (!stopping) {
      poked = false;
      try {
        if ((await round()) > 0) continue;
      } catch (error) {
        onFailure?.({ queue: target.queue, id: '', attempt: 0, error });
      }
      await sleep();
    }
  };

  const running = run();
  return {
    poke() {
      poked = true;
      wake?.();
    },
    async stop() {
      stopping = true;
      wake?.();
      await running;
    },
  };
}

const CLAIM = `
  with expired as (
    update job set state = 'ready', lease_until = null
     where queue = $1 and state = 'running' and lease_until < now()
  ), next as (
    select id from job j
     where queue = $1 and state = 'ready' and run_at <= now()
       and (subject_key is null or not exists (
             select 1 from job earlier
              where earlier.queue = j.queue and earlier.subject_key = j.subject_key
                and earlier.id < j.id and earlier.state in ('ready', 'running')))
     order by run_at, id
     limit $2
     for update skip locked
  )
  update job set state = 'running', attempts = attempts + 1, lease_until = now() + make_interval(secs => $3)
    from next where job.id = next.id
  returning job.id, job.payload, job.attempts`;

const FAIL = `
  update job set
         state = case when attempts >= max_attempts then 'dead' else 'ready' end,
         finished_at = case when attempts >= max_attempts then now() end,
         lease_until = null, last_error = $2, run_at = now() + make_interval(secs => $3::float8)
   where id = $1 and state = 'running' and attempts = $4`;

// The number of tries tells whether the claim is still this worker's.
const HELD = `
    from unnest($1::bigint[], $2::int[]) as held (id, attempts)
   where job.id = held.id and job.attempts = held.attempts and job.state = 'running'`;

const RENEW = `
  update job set lease_until = now() + make_interval(secs => $3)${HELD}`;

const DONE = `
  update job set state = 'done', finished_at = now(), lease_until = null${HELD}`;
