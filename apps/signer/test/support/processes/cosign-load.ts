/**
 * For the bench: phones, each with its half, ask a vault in a process of its own for signatures, with requests that were
 * prepared before. Prints as JSON the processor time that one signature took the vault, in µs, and how many were made
 * in a second. Argument: {clients, requests (of each), items (of each request)}.
 */
import { type ChildProcess, fork } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { utf8 } from '@hufu/kernel';
import { VAULT_DEFAULTS } from '../../../src/index.ts';
import { TestDevice } from '../device.ts';
import { askSocket, testVault } from '../vault.ts';

type Orders = { readonly clients: number; readonly requests: number; readonly items: number };
const AS_VAULT = 'vault';
const [, , argument = ''] = process.argv;

/** The vault's process: answers each message of its parent with its processor time. */
async function serve(): Promise<void> {
  const limits = { ...VAULT_DEFAULTS.limits, signaturesPerMinute: 1e9, signaturesPerDay: 1e9 };
  const vault = await testVault({ limits });
  process.on('message', () => process.send?.(process.cpuUsage()));
  process.once('disconnect', () => void vault.close().then(() => process.exit(0)));
  process.send?.(vault.folder);
}

const heard = (child: ChildProcess): Promise<unknown> =>
  new Promise((resolve) => child.once('message', resolve));

async function cpuOf(vault: ChildProcess): Promise<number> {
  const answer = heard(vault);
  vault.send('usage');
  const { user, system } = (await answer) as NodeJS.CpuUsage;
  return user + system;
}

async function load({ clients, requests, items }: Orders): Promise<void> {
  const vault = fork(fileURLToPath(import.meta.url), [AS_VAULT]);
  const folder = String(await heard(vault));
  const token = readFileSync(join(folder, 'clients', 'server.token'), 'utf8').trim();
  const ask = (path: string, body?: unknown) =>
    askSocket({ socket: join(folder, 's.sock'), path, body, token });

  const messages = Array.from({ length: items }, (_, i) => utf8(`message ${i}`));
  const phones = await Promise.all(
    Array.from({ length: clients }, async () => {
      const device = new TestDevice({ ask });
      const kept = await device.enrol();
      // One token serves them all: for the vault, a device that its answers never reach.
      const next = () => device.seal(device.prepare(kept, messages).request);
      await ask('/v1/halves/ops/sign', next());
      return Array.from({ length: requests }, next);
    }),
  );
  const before = await cpuOf(vault);
  const began = performance.now();
  await Promise.all(
    phones.map(async (prepared) => {
      for (const request of prepared) await ask('/v1/halves/ops/sign', request);
    }),
  );
  const elapsed = performance.now() - began;
  const spent = (await cpuOf(vault)) - before;
  vault.disconnect();
  const signatures = clients * requests * items;
  process.stdout.write(
    JSON.stringify({ micros: spent / signatures, perSecond: (1000 * signatures) / elapsed }),
  );
}

await (argument === AS_VAULT ? serve() : load(JSON.parse(argument) as Orders));
