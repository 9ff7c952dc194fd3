import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import fs from 'node:fs';
import net from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

/** What was measured at one size: `entities`, `records`, and times in ms. */
export type Grown = Readonly<Record<string, number>>;

/** Growing numbers of organisations; others by `HUFU_BENCH_ENTITIES`, joined by commas. */
const sizes = (): number[] => (process.env['HUFU_BENCH_ENTITIES'] ?? '5000,20000').split(',').map(Number);

type Place = { readonly url: string; readonly directory: string; end(): Promise<void> };

/**
 * A PostgreSQL for this run alone, or the one of `HUFU_BENCH_DATABASE`: what was filled in stays there for the next
 * run, and so does the folder with the keys that it was sealed with.
 */
async function openPlace(): Promise<Place> {
  const url = process.env['HUFU_BENCH_DATABASE'];
  if (url !== undefined) {
    const name = createHash('sha256').update(url).digest('hex').slice(0, 12);
    const directory = path.join(os.tmpdir(), `hufu-bench-library-${name}`);
    fs.mkdirSync(directory, { recursive: true });
    return { url, directory, end: async () => {} };
  }
  const directory = fs.mkdtempSync(path.join(os.tmpdir(), 'hufu-bench-library-'));
  const postgres = await startPostgres();
  return {
    url: postgres.url,
    directory,
    async end() {
      await postgres.stop();
      fs.rmSync(directory, { recursive: true, force: true });
    },
  };
}

/** Runs a load of the library in a process of its own on a durable PostgreSQL that is filled step by step. */
export async function libraryLoad(
  load: 'records' | 'search' | 'import' | 'export',
): Promise<readonly Grown[]> {
  const place = await openPlace();
  try {
    const orders = {
      load,
      url: place.url,
      directory: place.directory,
      migrations: beside('../../apps/server/migrations/'),
      port: await freePort(),
      sizes: sizes(),
    };
    return await run(orders);
  } finally {
    await place.end();
  }
}

const beside = (name: string) => fileURLToPath(new URL(name, import.meta.url));

function run(orders: Record<string, unknown>): Promise<readonly Grown[]> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [beside('./library-load.mjs'), JSON.stringify(orders)], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    let said = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      said += text;
    });
    child.once('exit', (code) => {
      if (code === 0) resolve(JSON.parse(said.trim().split('\n').at(-1)!) as Grown[]);
      else reject(new Error(`the load ended with ${code}`));
    });
  });
}

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const probe = net.createServer().listen(0, '127.0.0.1', () => {
      const { port } = probe.address() as net.AddressInfo;
      probe.close(() => resolve(port));
    });
  });
}

async function startPostgres(): Promise<{ url: string; stop(): Promise<void> }> {
  const tools = new URL('../../scripts/lib/postgres.mjs', import.meta.url).href;
  const { startPostgres: start } = (await import(tools)) as {
    startPostgres(options: { durable: boolean }): Promise<{ url: string; stop(): Promise<void> }>;
  };
  return start({ durable: true });
}
