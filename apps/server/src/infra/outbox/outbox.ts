import type { Database, Tx } from '../database/database.ts';
import { enqueue, type JobHandlers, type NewJob } from './job.ts';
import { type Watch, watchQueues } from './watch.ts';
import { type QueueWorker, startWorker, type WorkerOptions } from './worker.ts';

export type OutboxOptions = WorkerOptions & { readonly pollMs?: number };

/** Things to do after commit. The only broker is the database. */
export type Outbox = {
  enqueue(tx: Tx, job: NewJob): Promise<void>;
  /** Starts one worker per queue; queues without a handler wait. */
  startWorkers(handlers: JobHandlers, options?: OutboxOptions): void;
  /** Lets the workers look at once: call it after the transaction has committed. */
  poke(queue?: string): void;
  stop(): Promise<void>;
};

export function createOutbox(database: Database): Outbox {
  const workers = new Map<string, QueueWorker>();
  let watch: Watch | undefined;
  return {
    enqueue,
    startWorkers(handlers, { pollMs, ...options } = {}) {
      for (const [queue, handler] of Object.entries(handlers)) {
        if (workers.has(queue)) throw new Error(`two handlers for the queue ${queue}`);
        workers.set(queue, startWorker({ database, queue, handler }, options));
      }
      const { onFailure } = options;
      watch = watchQueues(
        { database, queues: [...workers.keys()], wake: (queue) => workers.get(queue)?.poke() },
        {
          ...(pollMs === undefined ? {} : { pollMs }),
          ...(onFailure
            ? { onFailure: (error) => onFailure({ queue: '*', id: '', attempt: 0, error }) }
            : {}),
        },
      );
    },
    poke(queue) {
      if (queue === undefined) for (const worker of workers.values()) worker.poke();
      else workers.get(queue)?.poke();
    },
    async stop() {
      await watch?.stop();
      await Promise.all([...workers.values()].map((worker) => worker.stop()));
      workers.clear();
    },
  };
}
