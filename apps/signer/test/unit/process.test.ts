import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { utf8 } from '@hufu/kernel';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { TestDevice } from '../support/device.ts';
import { bundledVault, runCli, settingsFor, spawnVault, type TestProgram } from '../support/program.ts';
import { askSocket } from '../support/vault.ts';

let program: TestProgram;
beforeAll(async () => {
  program = await bundledVault();
});
afterAll(() => program.remove());

let folder: string;
let settings: Record<string, string>;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'hufu-signer-'));
  settings = settingsFor(folder);
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const asker = (socket: string) => ({
  ask: (path: string, body?: unknown) => {
    const token = readFileSync(join(folder, 'data/clients/server.token'), 'utf8').trim();
    return askSocket({ socket, path, body, token });
  },
});

test('killed in the middle of its work, the vault has written down every use that it has answered', async () => {
  const answered: string[] = [];
  let vault = await spawnVault(program.main, settings);
  const device = new TestDevice(asker(vault.socket));
  const halves = await Promise.all([1, 2, 3, 4].map(() => device.enrol()));
  const enough = new Promise<void>((resolve) => {
    for (const kept of halves) {
      void (async () => {
        for (;;) {
          const { request } = device.prepare(kept, [utf8('m')]);
          const answer = await device.send<'sign'>(request);
          kept.ratchet = answer.ratchet;
          answered.push(request.nonce);
          if (answered.length === 25) resolve();
        }
      })().catch(() => undefined);
    }
  });
  await enough;
  expect(statSync(vault.socket).mode & 0o777).toBe(0o600);
  for (const name of ['', 'master.json', 'journal-000001.jsonl', 'clients/server.token']) {
    expect(statSync(join(folder, 'data', name)).mode & 0o077).toBe(0);
  }
  const second = { ...settings, HUFU_SIGNER_SOCKET: join(folder, 'second.sock') };
  await expect(spawnVault(program.main, second)).rejects.toThrow('FOLDER_IN_USE');
  await vault.kill('SIGKILL');
  vault = await spawnVault(program.main, settings);
  device.vault = asker(vault.socket);
  for (const kept of halves) await device.sign(kept, [utf8('m')]);
  await vault.kill('SIGTERM');
  const { out } = await runCli(program.cli, ['journal'], settings);
  const lines = out
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as { type: string; nonce?: string; order?: string });
  const used = lines.filter(({ type }) => type === 'used').map(({ nonce }) => nonce);
  expect(answered.length).toBeGreaterThanOrEqual(25);
  expect(answered.filter((nonce) => !used.includes(nonce))).toEqual([]);
  expect(out).not.toMatch(/secret|share|privateKey|root/);
});
