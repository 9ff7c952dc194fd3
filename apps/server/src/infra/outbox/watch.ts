import type { Database } from '../database/database.ts';

export type WatchOptions = {
  readonly pollMs?: number;
  readonly onFailure?: (error: unknown) => void;
};

export type Watch = { stop(): Promise<void> };

/**
 * Asks again and again which queues have something to do, all of them in one statement: most have nothing most of the
 * time. Finds what other processes have committed, what was put off, and what a process that died has left.
 */
export function watchQueues(
  target: { database: Database; queues: readonly string[]; wake: (queue: string) => void },
  { pollMs = 1000, onFailure }: WatchOptions = {},
): Watch {
  let stopping = false;
  let wakeUp = () => {};
  const pause = () =>
    new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, pollMs);
      wakeUp = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  const run = async () => {
    while (!stopping) {
      await pause();
      if (stopping) return;
      try {
        const asked = { name: 'job-due', text: DUE, values: [target.queues] };
        const { rows } = await target.database.pool.query<{ queue: string }>(asked);
        for (const { queue } of rows) target.wake(queue);
      } catch (error) {
        onFailure?.(error);
      }
    }
  };
  const running = run();
  return {
    async stop() {
      stopping = true;
      wakeUp();
      await running;
    },
  };
}

const DUE = `
  select queue from unnest($1::text[]) as queue
   where exists (select from job where job.queue = queue.queue and state = 'ready' and run_at <= now())
      or exists (select from job where job.queue = queue.queue and state = 'running' and lease_until < now())`;
