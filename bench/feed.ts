import { spawn } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import type { BenchResult } from './lib/measure.ts';

/** Concurrent changes; fewer by `BENCH_FEED_WRITES` for a quick look. */
const WRITES = Number(process.env['BENCH_FEED_WRITES'] ?? 1_000_000);

type Measured = {
  readonly committed: number;
  readonly takenBack: number;
  readonly told: number;
  readonly lost: number;
  readonly disordered: number;
  readonly repeated: number;
  readonly behind: number;
  readonly writesPerSecond: number;
  readonly catchUpMs: number;
};

/**
 * The change feed on a durable PostgreSQL: thirty-two writers in transactions of twenty changes, some of them slow, some
 * taken back; a reader follows and may know of every second entity. Fails if one change is lost, repeated or told out
 * of order.
 */
export default async function bench(): Promise<BenchResult[]> {
  const directory = fs.mkdtempSync(path.join(os.tmpdir(), 'hufu-bench-feed-'));
  const tools = new URL('../../scripts/lib/postgres.mjs', import.meta.url).href;
  const { startPostgres } = (await import(tools)) as {
    startPostgres(options: { durable: boolean }): Promise<{ url: string; stop(): Promise<void> }>;
  };
  const postgres = await startPostgres({ durable: true });
  try {
    const migrations = fileURLToPath(new URL('../../apps/server/migrations/', import.meta.url));
    const measured = await load({ url: postgres.url, directory, migrations, writes: WRITES });
    const { lost, disordered, repeated } = measured;
    if (lost + disordered + repeated > 0) {
      throw new Error(`lost ${lost}, out of order ${disordered}, repeated ${repeated}`);
    }
    return [
      {
        metric: `changes written by 32 at once (${measured.takenBack} taken back)`,
        value: measured.committed,
        unit: 'changes',
      },
      { metric: 'told to a reader of every second entity', value: measured.told, unit: 'changes' },
      { metric: 'lost', value: lost, unit: 'changes' },
      { metric: 'repeated', value: repeated, unit: 'changes' },
      { metric: 'out of order', value: disordered, unit: 'changes' },
      { metric: 'written', value: measured.writesPerSecond, unit: 'changes/s' },
      { metric: 'reader behind the log, at most', value: measured.behind, unit: 'entries' },
      { metric: 'reader at the end after the last write', value: measured.catchUpMs, unit: 'ms' },
    ];
  } finally {
    await postgres.stop();
    fs.rmSync(directory, { recursive: true, force: true });
  }
}

/** In a process of its own, as the server would. */
function load(orders: Record<string, unknown>): Promise<Measured> {
  return new Promise((resolve, reject) => {
    const program = fileURLToPath(new URL('./feed-load.mjs', import.meta.url));
    const child = spawn(process.execPath, [program, JSON.stringify(orders)], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    let said = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      said += text;
    });
    child.once('exit', (code) => {
      if (code === 0) resolve(JSON.parse(said.trim().split('\n').at(-1)!) as Measured);
      else reject(new Error(`the load ended with ${code}`));
    });
  });
}
