import type { Database } from '../database/database.ts';
import type { Job, JobHandler } from './job.ts';

export type WorkerOptions = {
  readonly batch?: number;
  readonly pollMs?: number;
  readonly leaseSeconds?: number;
  /** Milliseconds until the next try, by the number of tries so far. */
  readonly backOff?: (attempt: number) => number;
  /** Told of a failed try; the text holds no payload. */
  readonly onFailure?: (failure: { queue: string; id: string; attempt: number; error: unknown }) => void;
};

export type QueueWorker = {
  /** Looks at once instead of at the next poll: for the process that has just committed a job. */
  poke(): void;
  /** Finishes what is running, takes nothing new. */
  stop(): Promise<void>;
};

type Claimed = { id: string; payload: unknown; attempts: number };

const HOUR = 3_600_000;
const LONGEST_ERROR = 500;

const exponential = (attempt: number) => Math.min(HOUR, 1000 * 2 ** (attempt - 1));

/**
 * Takes the jobs of one queue under a lease: when the process dies, the lease runs out and another one takes
 * them. Each claim is one statement; `skip locked` lets several servers share a queue.
 */
export function startWorker(
  target: { database: Database; queue: string; handler: JobHandler },
  options: WorkerOptions = {},
): QueueWorker {
  const { pool } = target.database;
  const { batch = 20, pollMs = 1000, leaseSeconds = 60, backOff = exponential, onFailure } = options;
  let stopping = false;
  let wake: (() => void) | undefined;
  let poked = false;

  const sleep = () =>
    new Promise<void>((resolve) => {
      if (poked || stopping) {
        resolve();
        return;
      }
      const timer = setTimeout(resolve, pollMs);
      wake = () => {
        clearTimeout(timer);
        resolve();
      };
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
    const results = await Promise.all(claimed.map(attempt));
    const done = results.filter((id) => id !== undefined);
    if (done.length > 0) await pool.query({ name: 'job-done', text: DONE, values: [done] });
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

const DONE = `
  update job set state = 'done', finished_at = now(), lease_until = null
   where id = any($1::bigint[]) and state = 'running'`;
