import { CodedError } from '@hufu/kernel';
import type { Database } from '../database/database.ts';
import { underLease } from '../lease/under-lease.ts';

/** Work that is due again and again; one server of many does it each time. */
export type PeriodicTask = {
  readonly name: string;
  readonly everySeconds: number;
  /** Longest time that a run may take before it counts as stuck and another server may start it (default: 5 minutes). */
  readonly longestSeconds?: number;
  run(): Promise<void>;
};

export type Scheduler = { stop(): Promise<void> };

export type SchedulerOptions = {
  readonly pollMs?: number;
  readonly onFailure?: (name: string, error: unknown) => void;
};

/** How long the task of a server that died waits for another one, in seconds. */
const LEASE = 15;
const DEFAULT_LONGEST = 300;
const LONGEST_ERROR = 500;

/** Claims what is due under a lease that is renewed meanwhile, by the database's clock; a new task is due at once. */
export function startSchedule(
  target: { database: Database; tasks: readonly PeriodicTask[] },
  options: SchedulerOptions = {},
): Scheduler {
  const { pool } = target.database;
  const { onFailure } = options;
  let stopping = false;
  let wake: (() => void) | undefined;

  const runOne = async (task: PeriodicTask) => {
    const claim = { name: 'task-claim', text: CLAIM, values: [task.name, LEASE] };
    const claimed = (await pool.query<{ started: string }>(claim)).rows[0];
    if (!claimed) return;
    const held = [task.name, claimed.started];
    const longestSeconds = task.longestSeconds ?? DEFAULT_LONGEST;
    const renew = () => pool.query({ name: 'task-renew', text: RENEW, values: [...held, LEASE] });
    let failure: string | null = null;
    try {
      await underLease({ seconds: LEASE, longestSeconds, renew }, () => task.run());
    } catch (error) {
      failure = error instanceof CodedError ? error.code : String(error).slice(0, LONGEST_ERROR);
      onFailure?.(task.name, error);
    }
    const finished = [...held, task.everySeconds, failure];
    await pool.query({ name: 'task-finish', text: FINISH, values: finished });
  };

  const lane = async (task: PeriodicTask) => {
    while (!stopping) {
      try {
        await runOne(task);
      } catch (error) {
        onFailure?.(task.name, error);
      }
      if (!stopping) await pause(options.pollMs ?? pollOf(task));
    }
  };
  const sleepers = new Set<() => void>();
  const pause = (ms: number) =>
    new Promise<void>((resolve) => {
      const end = () => {
        clearTimeout(timer);
        sleepers.delete(end);
        resolve();
      };
      const timer = setTimeout(end, ms);
      sleepers.add(end);
    });
  wake = () => {
    for (const end of sleepers) end();
  };

  const register = async () => {
    for (const task of target.tasks) await pool.query(REGISTER, [task.name]);
  };
  const running = register()
    .then(() => Promise.all(target.tasks.map(lane)))
    .catch((error: unknown) => onFailure?.('register', error));
  return {
    async stop() {
      stopping = true;
      wake?.();
      await running;
    },
  };
}

/** A tenth of the period, between one and ten seconds: what runs hourly need not be asked for every second. */
function pollOf({ everySeconds }: PeriodicTask): number {
  return Math.min(10_000, Math.max(1000, everySeconds * 100));
}

const REGISTER = `
  insert into periodic_task (name, next_run_at) values ($1, now()) on conflict (name) do nothing`;

const CLAIM = `
  update periodic_task
     set lease_until = now() + make_interval(secs => $2), last_started_at = now()
   where name = $1 and next_run_at <= now() and (lease_until is null or lease_until < now())
  returning last_started_at::text as started`;

// The moment of the start tells whether the claim is still this server's.
const HELD = `
   where name = $1 and last_started_at = $2::timestamptz`;

const RENEW = `
  update periodic_task set lease_until = now() + make_interval(secs => $3)${HELD}`;

const FINISH = `
  update periodic_task
     set lease_until = null, last_finished_at = now(), last_error = $4,
         next_run_at = now() + make_interval(secs => $3)${HELD}`;
