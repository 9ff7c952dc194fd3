import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';

/** Whoever waits for something to happen waits as long as a shared machine may need. */
const PATIENT = { timeout: 30_000, interval: 20 };

/**
 * The files of one worker share what they import: reading the server anew for each took longer than its tests. Each
 * project has to be told; what stands at the top does not reach them.
 */
const ISOLATE = false;

export default defineConfig({
  test: {
    reporters: ['default'],
    // Most files wait for databases and processes: two at least, also where there are two cores.
    maxWorkers: Math.max(2, availableParallelism() - 1),
    projects: [
      {
        test: {
          name: 'unit',
          isolate: ISOLATE,
          include: ['packages/*/test/**/*.test.ts', 'apps/*/test/unit/**/*.test.ts'],
          testTimeout: 60_000,
          hookTimeout: 60_000,
        },
      },
      {
        test: {
          name: 'integration',
          isolate: ISOLATE,
          include: ['apps/*/test/integration/**/*.test.ts', 'contracts-evm/test/**/*.test.ts'],
          globalSetup: ['apps/server/test/support/global-setup.ts'],
          testTimeout: 120_000,
          hookTimeout: 240_000,
          expect: { poll: PATIENT },
        },
      },
      {
        test: {
          name: 'conformance',
          isolate: ISOLATE,
          include: ['conformance/**/*.test.ts'],
          testTimeout: 240_000,
          hookTimeout: 240_000,
          expect: { poll: PATIENT },
        },
      },
    ],
  },
});
