import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { BenchResult } from './lib/measure.ts';

/**
 * Login by scan on the built programs over loopback, without a browser: from the phone's reading of the code, over the
 * typed digits, one exchange with the vault and the page's event stream, to the open session.
 */
export default async function bench(): Promise<BenchResult[]> {
  const tools = new URL('../../scripts/lib/postgres.mjs', import.meta.url).href;
  const { startPostgres } = (await import(tools)) as {
    startPostgres(options: { durable: boolean }): Promise<{ url: string; stop(): Promise<void> }>;
  };
  const postgres = await startPostgres({ durable: true });
  try {
    const times = (await run(postgres.url)).toSorted((a, b) => a - b);
    const at = (share: number) => times[Math.floor((times.length - 1) * share)] ?? Number.NaN;
    return [
      { metric: 'scan to logged-in page, p50', value: at(0.5), unit: 'ms' },
      { metric: 'scan to logged-in page, p95', value: at(0.95), unit: 'ms' },
    ];
  } finally {
    await postgres.stop();
  }
}

const beside = (name: string) => fileURLToPath(new URL(name, import.meta.url));

function run(url: string): Promise<number[]> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [beside('./scan-load.mjs'), url], {
      stdio: ['ignore', 'pipe', 'inherit'],
      env: { ...process.env, HUFU_TEST_DIST: beside('..') },
    });
    let said = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      said += text;
    });
    child.once('exit', (code) => {
      if (code === 0) resolve(JSON.parse(said.trim().split('\n').at(-1) ?? '[]') as number[]);
      else reject(new Error(`the load ended with ${code}`));
    });
  });
}
