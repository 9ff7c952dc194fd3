import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { type BenchResult, median } from './lib/measure.ts';

/**
 * Login by scan on the built programs over loopback, without a browser: from the phone's reading of the code, over the
 * typed digits, one exchange with the vault and the page's event stream, to the open session.
 */
export default async function bench(): Promise<BenchResult[]> {
  return [...(await scans()), ...(await pins())];
}

async function scans(): Promise<BenchResult[]> {
  const tools = new URL('../../scripts/lib/postgres.mjs', import.meta.url).href;
  const { startPostgres } = (await import(tools)) as {
    startPostgres(options: { durable: boolean }): Promise<{ url: string; stop(): Promise<void> }>;
  };
  const postgres = await startPostgres({ durable: true });
  try {
    const times = ((await run('scan-load', postgres.url)) as number[]).toSorted((a, b) => a - b);
    const at = (share: number) => times[Math.floor((times.length - 1) * share)] ?? Number.NaN;
    return [
      { metric: 'scan to logged-in page, p50', value: at(0.5), unit: 'ms' },
      { metric: 'scan to logged-in page, p95', value: at(0.95), unit: 'ms' },
    ];
  } finally {
    await postgres.stop();
  }
}

/**
 * From the typed PIN to the signature in Chromium, slowed down four times, without network and server. The worker that
 * stretches the PIN is not slowed down by Chromium: three times what it took is added.
 */
async function pins(): Promise<BenchResult[]> {
  const { throttle, whole, stretching } = (await run('pin-load')) as {
    readonly throttle: number;
    readonly whole: readonly number[];
    readonly stretching: readonly number[];
  };
  const slow = (time: (values: readonly number[]) => number) =>
    time(whole) + (throttle - 1) * time(stretching);
  const least = (values: readonly number[]) => Math.min(...values);
  return [
    { metric: `PIN to signature on a phone, CPU slowed ${throttle} times`, value: slow(median), unit: 'ms' },
    { metric: 'the same, at its quickest', value: slow(least), unit: 'ms' },
    { metric: 'of it argon2id, at its quickest', value: throttle * least(stretching), unit: 'ms' },
  ];
}

const beside = (name: string) => fileURLToPath(new URL(name, import.meta.url));

function run(program: 'scan-load' | 'pin-load', ...argument: readonly string[]): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [beside(`./${program}.mjs`), ...argument], {
      stdio: ['ignore', 'pipe', 'inherit'],
      env: { ...process.env, HUFU_TEST_DIST: beside('..') },
    });
    let said = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      said += text;
    });
    child.once('exit', (code) => {
      if (code === 0) resolve(JSON.parse(said.trim().split('\n').at(-1) ?? '[]') as unknown);
      else reject(new Error(`the load ended with ${code}`));
    });
  });
}
