import type { Database } from '../../../infra/database/database.ts';
import { type HealthSample, storeSamples } from '../store/health-store.ts';

export type SampleWriter = {
  add(sample: HealthSample): void;
  flush(): Promise<void>;
};

const MAX_WAITING = 1_000;

/** Gathers samples, so that a login does not wait for a statistic. When the database is away the oldest are given up. */
export function createSampleWriter(database: Database): SampleWriter {
  let waiting: HealthSample[] = [];
  return {
    add(sample) {
      waiting.push(sample);
      if (waiting.length > MAX_WAITING) waiting.shift();
    },
    async flush() {
      const samples = waiting;
      waiting = [];
      try {
        await storeSamples(database.db, samples);
      } catch (error) {
        waiting = [...samples, ...waiting].slice(-MAX_WAITING);
        throw error;
      }
    },
  };
}
