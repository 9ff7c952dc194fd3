import { type ChildProcess, spawn } from 'node:child_process';
import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { build } from 'esbuild';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { admin, issue, newFolder, TOKEN } from '../support/vendor.ts';

const folder = newFolder();
const entry = join(folder, 'ca.mjs');
const children: ChildProcess[] = [];

beforeAll(async () => {
  mkdirSync(join(folder, 'data'));
  await build({
    entryPoints: [new URL('../../src/main.ts', import.meta.url).pathname],
    outfile: entry,
    bundle: true,
    platform: 'node',
    format: 'esm',
    banner: {
      js: "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);",
    },
    logLevel: 'error',
  });
});

afterAll(() => {
  for (const child of children) child.kill('SIGKILL');
  rmSync(folder, { recursive: true });
});

/** Starts the program as an installation would, and waits for its line. */
async function start(port: number): Promise<{ baseUrl: string; child: ChildProcess }> {
  const env = {
    CA_DATA: join(folder, 'data'),
    CA_NAME: '测试CA',
    CA_PASSPHRASE: 'for tests only',
    CA_ADMIN_TOKEN: TOKEN,
    CA_ALGORITHM: 'p256',
    CA_KEY_ITERATIONS: '10000',
    CA_PORT: String(port),
  };
  const child = spawn(process.execPath, [entry], { env, stdio: ['ignore', 'pipe', 'inherit'] });
  children.push(child);
  for await (const line of createInterface({ input: child.stdout })) {
    const baseUrl = /^ready (http:\/\/\S+)$/.exec(line)?.[1];
    if (baseUrl !== undefined) return { baseUrl, child };
  }
  throw new Error('The authority did not start');
}

const ended = (child: ChildProcess): Promise<number | null> =>
  new Promise((resolve) => child.once('exit', (code) => resolve(code)));

test('kill -9 in the middle of work loses nothing that was answered, and SIGTERM stops cleanly', async () => {
  const acknowledged: string[] = [];
  let port = 0;
  for (let round = 0; round < 3; round++) {
    const { baseUrl, child } = await start(port);
    port = Number(new URL(baseUrl).port);
    const end = ended(child);
    const jobs = Array.from({ length: 30 }, async () => {
      const { serialHex } = await issue(baseUrl);
      acknowledged.push(serialHex);
      const answer = await admin(baseUrl, `POST /certificates/${serialHex}/hold`);
      if (answer.status === 200) acknowledged.push(`held ${serialHex}`);
    });
    const work = Promise.allSettled(jobs);
    while (acknowledged.length < 10 * (round + 1)) await new Promise((resolve) => setImmediate(resolve));
    child.kill('SIGKILL');
    await end;
    await work;
  }
  const { baseUrl, child } = await start(port);
  for (const fact of acknowledged) {
    const serialHex = fact.replace('held ', '');
    const { status, body } = await admin(baseUrl, `GET /certificates/${serialHex}`);
    expect(status, fact).toBe(200);
    if (fact.startsWith('held ')) expect(body['state'], fact).toBe('held');
  }
  const end = ended(child);
  child.kill('SIGTERM');
  expect(await end).toBe(0);
});
