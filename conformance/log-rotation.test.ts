import { execFile } from 'node:child_process';
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Chain, startChain } from './support/chain.ts';
import { bind, settled } from './support/holder.ts';
import { createInstallation, type Ground, type Installation } from './support/installation.ts';
import { runVault } from './support/phone-world.ts';
import { createPostgres, type Postgres } from './support/postgres.ts';
import { builtFile, freePort, type Running, START_WITHIN_MS, startProgram } from './support/programs.ts';
import { anchoredHead } from './support/published-log.ts';

/** As an installation stands in service: PostgreSQL, a vault, witnesses and a chain, each a process of its own. */
let postgres: Postgres;
let chain: Chain;
let vault: Running | undefined;
let hub: Installation;
/** Of the log that the installation begins with. */
let former: string;
const witnesses: Witness[] = [];

type Witness = { readonly name: string; readonly port: number; readonly folder: string; running: Running };

/** Its address and key, as the server's settings name it. */
const tellOf = async ({ port }: Pick<Witness, 'port'>): Promise<string> => {
  const { vkey } = (await (await fetch(`http://127.0.0.1:${port}`)).json()) as { readonly vkey: string };
  return `http://127.0.0.1:${port} ${vkey}`;
};

const witnessing = ({ name, port, folder }: Omit<Witness, 'running'>, logs: string): Promise<Running> =>
  startProgram({
    command: process.execPath,
    args: [builtFile('witness', 'main.js')],
    env: { WITNESS_NAME: name, WITNESS_PORT: String(port), WITNESS_DATA: folder, WITNESS_LOGS: logs },
    ready: `http://127.0.0.1:${port}`,
  });

/** The verification key of a log, of what the command prints. */
const vkeyIn = (printed: string): string => /^log (\S+)$/m.exec(printed)![1]!;

async function companions({ data }: Ground): Promise<Record<string, string>> {
  const folder = path.join(data, 'signer');
  await mkdir(folder, { recursive: true, mode: 0o700 });
  await writeFile(path.join(folder, 'passphrase'), 'a passphrase of this test', { mode: 0o600 });
  vault = await runVault(folder);
  const settings = {
    HUFU_SIGNER_SOCKET: path.join(folder, 'signer.sock'),
    HUFU_SIGNER_TOKEN_FILE: path.join(folder, 'clients', 'server.token'),
  };
  const { PATH = '' } = process.env;
  const { stdout } = await promisify(execFile)(
    process.execPath,
    [builtFile('server', 'evidence-keys.cli.js')],
    {
      env: { PATH, HUFU_MODE: 'demo', HUFU_DATA: data, ...settings },
    },
  );
  former = vkeyIn(stdout);
  for (const name of ['w1.example', 'w2.example']) {
    const one = { name, port: await freePort(), folder: path.join(data, name) };
    witnesses.push({ ...one, running: await witnessing(one, former) });
  }
  const told = await Promise.all(witnesses.map(tellOf));
  return { ...settings, HUFU_WITNESSES: told.join(','), HUFU_WITNESS_QUORUM: '2' };
}

beforeAll(async () => {
  [postgres, chain] = await Promise.all([createPostgres(), startChain()]);
  hub = await createInstallation({
    authorities: [{ id: 'hetao', algorithm: 'p256', vendor: 'c' }],
    env: { ...chain.settings, DATABASE_URL: postgres.url },
    companions,
  });
  await chain.admit((await hub.command('anchor-contract', 'address')).trim());
}, START_WITHIN_MS);
afterAll(async () => {
  await hub?.close();
  await Promise.all([vault, ...witnesses.map(({ running }) => running)].map((one) => one?.stop()));
  await chain?.close();
  await postgres?.remove();
});

async function bindOne(): Promise<void> {
  const browser = hub.browser();
  await settled(browser, await bind(browser, await hub.enterprise()));
}

const MOST_TRIES = 5;
const WAIT = /EVIDENCE_ROTATION_(UNFINISHED|UNANCHORED|BUSY)/;

/** As the runbook has it: refused while something is on its way, the servers run again until it has arrived. */
async function rotate(size: number): Promise<string> {
  for (let tries = 1; ; tries++) {
    await hub.server().stop();
    try {
      return await hub.command('evidence-keys', 'rotate');
    } catch (error) {
      if (tries >= MOST_TRIES || !WAIT.test(String((error as { stderr?: unknown }).stderr))) throw error;
      await hub.start();
      await anchoredHead({ chain, base: hub.base }, size - 1);
    }
  }
}

const noteOf = async (): Promise<string> => (await fetch(`${hub.base}/log/checkpoint`)).text();

test('the log’s key is rotated by the runbook: one tree, two names, on PostgreSQL with vault, witnesses and chain', async () => {
  await bindOne();
  const [before] = await anchoredHead({ chain, base: hub.base }, 0);
  expect(before.size).toBeGreaterThan(0);

  await hub.server().stop();
  const next = vkeyIn(await hub.command('evidence-keys', 'prepare'));
  expect(next).not.toBe(former);
  for (const one of witnesses) {
    await one.running.stop();
    one.running = await witnessing(one, `${former} ${next}`);
  }
  const printed = await rotate(before.size);
  const [, ended, size] = /^ended (\S+) (\d+) ([0-9a-f]{64})$/m.exec(printed)!;
  expect(ended).toBe(before.origin);
  expect(Number(size)).toBeGreaterThanOrEqual(before.size);
  expect(vkeyIn(printed)).toBe(next);

  await hub.start();
  await bindOne();
  const [theirs, ours] = await anchoredHead({ chain, base: hub.base }, Number(size));
  expect(theirs).toEqual(ours);
  expect(ours.origin).not.toBe(before.origin);
  expect(ours.size).toBeGreaterThan(Number(size));
  // Both witnesses cosign under the new name, and the chain's record of the old one stands.
  const note = await noteOf();
  for (const { name } of witnesses) expect(note).toContain(`\n— ${name} `);
  expect((await chain.head(before.origin)).size).toBe(Number(size));
  const policy = (await (await fetch(`${hub.base}/log/policy.json`)).json()) as { readonly logs: unknown[] };
  expect(policy.logs).toHaveLength(2);
  expect(JSON.stringify(policy.logs)).toContain(former);
});
