import { Worker } from 'node:worker_threads';
import { CodedError } from '@hufu/kernel';
import { INFRA_ERRORS, infraError } from '../errors.ts';
import type { FromThread, ToThread } from './pglite.worker.ts';
import type { RawBackend } from './raw-backend.ts';

export type WorkerOptions = {
  readonly directory: string;
  /** Milliseconds after which a query is given up and the database reopened. */
  readonly queryTimeout?: number | undefined;
  /** The thread's program; by default the one that the build lays beside the server's bundle. */
  readonly program?: URL | undefined;
};

type Waiting = {
  readonly resolve: (bytes: Uint8Array) => void;
  readonly reject: (error: Error) => void;
  readonly timer: NodeJS.Timeout;
};

const DEFAULT_QUERY_TIMEOUT = 30_000;

/**
 * PGlite in a thread of its own: a long query does not freeze the HTTP server, and a runaway one can be
 * ended. PGlite has no signals (neither statement_timeout nor pg_cancel_backend do anything), so ending means
 * stopping the thread and reopening the directory, as after a crash.
 */
export function pgliteWorker(options: WorkerOptions): RawBackend & { restart(): Promise<void> } {
  const { directory, queryTimeout = DEFAULT_QUERY_TIMEOUT } = options;
  const program = options.program ?? new URL('./pglite.worker.js', import.meta.url);
  const waiting = new Map<number, Waiting>();
  let session = 0;
  let sequence = 0;
  let closing = false;
  let worker: Worker;
  let opened: Promise<void>;
  let onClosed: (() => void) | undefined;

  const failAll = (error: Error) => {
    for (const one of waiting.values()) {
      clearTimeout(one.timer);
      one.reject(error);
    }
    waiting.clear();
  };
  const settle = (id: number, act: (one: Waiting) => void) => {
    const one = waiting.get(id);
    if (!one) return;
    waiting.delete(id);
    clearTimeout(one.timer);
    act(one);
  };
  const start = () => {
    session++;
    const mine = new Worker(program, { workerData: { directory } });
    worker = mine;
    opened = new Promise<void>((resolve, reject) => {
      mine.on('error', (error) => reject(infraError('DATABASE_UNAVAILABLE', {}, error)));
      mine.on('message', (message: FromThread) => {
        if (message.kind === 'ready') resolve();
        else if (message.kind === 'refused') reject(refusal(message.code));
        else if (message.kind === 'closed') onClosed?.();
        else if (message.kind === 'answer') settle(message.id, (one) => one.resolve(message.bytes));
        else settle(message.id, (one) => one.reject(infraError('DATABASE_UNAVAILABLE', {}, message.reason)));
      });
      mine.on('exit', () => {
        if (worker !== mine) return;
        const gone = infraError('DATABASE_UNAVAILABLE');
        reject(gone);
        failAll(gone);
        if (closing) onClosed?.();
        else start();
      });
    });
    // Whoever waits for `ready` hears of it; until someone does, it must not end the process.
    opened.catch(() => {});
  };
  const restart = async (error: Error) => {
    const old = worker;
    failAll(error);
    start();
    await old.terminate();
  };

  start();
  return {
    get session() {
      return session;
    },
    ready: () => opened,
    restart: () => restart(infraError('DATABASE_UNAVAILABLE')),
    async exec(bytes) {
      await opened;
      const id = ++sequence;
      const copy = new Uint8Array(bytes);
      return new Promise((resolve, reject) => {
        const timer = setTimeout(() => void restart(infraError('DATABASE_QUERY_TIMEOUT')), queryTimeout);
        waiting.set(id, { resolve, reject, timer });
        const message: ToThread = { kind: 'exec', id, bytes: copy };
        worker.postMessage(message, [copy.buffer]);
      });
    },
    async close() {
      closing = true;
      const done = new Promise<void>((resolve) => {
        onClosed = resolve;
      });
      const message: ToThread = { kind: 'close' };
      worker.postMessage(message);
      await done;
      await worker.terminate();
    },
  };
}

function refusal(code: string): CodedError {
  return code in INFRA_ERRORS ? new CodedError(code) : infraError('DATABASE_UNAVAILABLE', {}, code);
}
