import { EventEmitter } from 'node:events';
import type { Database } from '../../infra/database/database.ts';
import { type ScanRow, scanById } from './store.ts';

/** Another server may have taken the step: what was not heard of in this process is looked up so often. */
const LOOK_EVERY_MS = 500;

/** Tells those who wait that a scan has changed. The database is the truth; a lost word costs half a second. */
export type ScanWatch = {
  changed(id: string): void;
  /** The scan as soon as its version is another one or so much time has passed; undefined when it is gone. */
  next(wait: {
    readonly id: string;
    readonly version: number;
    readonly ms: number;
    readonly signal?: AbortSignal;
  }): Promise<ScanRow | undefined>;
};

export function createScanWatch({ db }: Pick<Database, 'db'>): ScanWatch {
  const news = new EventEmitter().setMaxListeners(0);
  const heard = (id: string, ms: number) =>
    new Promise<void>((resolve) => {
      const done = () => {
        clearTimeout(timer);
        news.off(id, done);
        resolve();
      };
      const timer = setTimeout(done, ms);
      timer.unref();
      news.once(id, done);
    });
  return {
    changed: (id) => void news.emit(id),
    async next({ id, version, ms, signal }) {
      const until = performance.now() + ms;
      for (;;) {
        // Listening begins before looking: a change between the two is heard.
        const word = heard(id, Math.max(0, Math.min(LOOK_EVERY_MS, until - performance.now())));
        const row = await scanById(db, id);
        if (row === undefined || row.version !== version || performance.now() >= until || signal?.aborted) {
          return row;
        }
        await word;
      }
    },
  };
}
