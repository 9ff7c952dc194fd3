import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { toBase64 } from '@hufu/kernel';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Authority, type HolderKey, startAuthority } from './support/authority.ts';
import { Browser } from './support/browser.ts';
import { authorityEntry } from './support/installation.ts';
import { builtFile, freePort, type Running, START_WITHIN_MS, startProgram } from './support/programs.ts';

const run = promisify(execFile);
const ORDER = { id: 'founding-ca', algorithm: 'p256', vendor: 'a' } as const;

let authority: Authority;
let operatorKeys: readonly HolderKey[];
let folder: string;
let server: Running | undefined;
let base: string;
let env: Record<string, string>;

const cli = (name: string, ...args: readonly string[]) =>
  run(process.execPath, [builtFile('server', name), ...args], {
    env: { PATH: process.env['PATH'] ?? '', ...env },
  });

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'hufu-configured-'));
  authority = await startAuthority({ ...ORDER, folder: path.join(folder, ORDER.id) });
  const operator = { kind: 'operator', unitName: '交易中心' } as const;
  operatorKeys = [
    await authority.key({ ...operator, personName: '操作员0' }),
    await authority.key({ ...operator, personName: '操作员1' }),
  ];
  const port = await freePort();
  base = `http://localhost:${port}`;
  env = {
    HUFU_MODE: 'configured',
    HUFU_PORT: String(port),
    HUFU_BASE_URL: base,
    HUFU_DATA: path.join(folder, 'hub'),
    HUFU_VAULT_PASSPHRASE: 'a passphrase of the test',
  };
}, START_WITHIN_MS);

afterAll(async () => {
  await server?.stop();
  await authority?.stop();
  await rm(folder, { recursive: true, force: true });
});

async function foundation(operators: number): Promise<string> {
  const { entry, profile } = await authorityEntry(authority, ORDER);
  const { joined: _joined, ...recognised } = entry;
  const file = path.join(folder, `foundation-${operators}.json`);
  const people = operatorKeys.slice(0, operators).map(({ certificate }, at) => ({
    name: `操作员${at}`,
    roles: at === 0 ? ['admin', 'reviewer'] : ['reviewer'],
    certificate: toBase64(certificate),
  }));
  await writeFile(
    file,
    JSON.stringify({ operators: people, profiles: [profile], authorities: [recognised] }),
  );
  return file;
}

describe('a configured installation', () => {
  test('is founded by two people at least, once', { timeout: 120_000 }, async () => {
    await expect(cli('bootstrap.cli.js', await foundation(1))).rejects.toThrow();
    const { stdout } = await cli('bootstrap.cli.js', await foundation(2));
    expect(stdout).toContain('操作员已建立');
    await expect(cli('bootstrap.cli.js', await foundation(2))).rejects.toThrow('DESK_FORBIDDEN');
  });

  test('serves its founders, and nothing of a demo', { timeout: 120_000 }, async () => {
    server = await startProgram({
      command: process.execPath,
      args: [builtFile('server', 'main.js')],
      env,
      ready: `${base}/readyz`,
    });
    const site = (await (await fetch(`${base}/api/v1/site`)).json()) as { demo: boolean };
    expect(site.demo).toBe(false);
    for (const address of ['/api/v1/demo/guide', '/api/v1/demo/mail']) {
      expect((await fetch(`${base}${address}`)).status).toBe(404);
    }
    const desk = new Browser(base);
    const proof = await desk.proof('desk-login', operatorKeys[0]!);
    expect((await desk.call('/api/v1/desk/session', { body: proof })).status).toBe(201);
  });

  test('is refused by a demo server, and keeps no passphrase in its files', {
    timeout: 120_000,
  }, async () => {
    await server?.stop();
    server = undefined;
    const asDemo = run(process.execPath, [builtFile('server', 'main.js')], {
      env: { PATH: process.env['PATH'] ?? '', ...env, HUFU_MODE: 'demo' },
    });
    await expect(asDemo).rejects.toThrow('INSTALLATION');
    const vault = await readFile(path.join(folder, 'hub', 'vault', 'keys.json'), 'utf8');
    expect(vault).not.toContain('passphrase of the test');
  });
});
