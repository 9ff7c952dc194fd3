import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { utf8 } from '@hufu/kernel';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { pkcs11Wrap } from '../../src/master/pkcs11-wrap.ts';
import { TestDevice } from '../support/device.ts';
import { bundledVault, type TestProgram } from '../support/program.ts';
import { testVault } from '../support/vault.ts';

const MODULE = '/usr/lib/softhsm/libsofthsm2.so';
const PIN = '87654321';
const KEY = 'hufu-master';

let folder: string;
let program: TestProgram;
let confBefore: string | undefined;

beforeAll(async () => {
  const builder = fileURLToPath(new URL('../../../../scripts/build-pkcs11.mjs', import.meta.url));
  expect(spawnSync(process.execPath, [builder], { stdio: 'inherit' }).status).toBe(0);
  folder = mkdtempSync(join(tmpdir(), 'hufu-signer-hsm-'));
  mkdirSync(join(folder, 'tokens'));
  const config = join(folder, 'softhsm2.conf');
  const lines = [
    `directories.tokendir = ${join(folder, 'tokens')}`,
    'objectstore.backend = file',
    'log.level = ERROR',
  ];
  writeFileSync(config, `${lines.join('\n')}\n`);
  confBefore = process.env['SOFTHSM2_CONF'];
  process.env['SOFTHSM2_CONF'] = config;
  for (const label of ['vault', 'other']) {
    const token = ['--init-token', '--free', '--label', label, '--pin', PIN, '--so-pin', PIN];
    execFileSync('softhsm2-util', token, { stdio: 'ignore' });
  }
  program = await bundledVault();
});
afterAll(() => {
  program.remove();
  rmSync(folder, { recursive: true });
  if (confBefore === undefined) delete process.env['SOFTHSM2_CONF'];
  else process.env['SOFTHSM2_CONF'] = confBefore;
});

const wrap = (token = 'vault', pin = PIN) =>
  pkcs11Wrap({ module: MODULE, token, key: KEY, pin, program: program.main });

test('a token wraps the master key: the vault opens with it, and with no other token or PIN', async () => {
  const vault = await testVault({ masterWrap: wrap() });
  const device = new TestDevice(vault);
  const kept = await device.enrol();
  await vault.restart();
  await device.sign(kept, [utf8('m')]);
  const { folder: data } = vault;
  expect(JSON.parse(readFileSync(join(data, 'master.json'), 'utf8'))).toMatchObject({
    format: 'hufu-signer-master-pkcs11-1',
    token: 'vault',
  });
  await wrap('other').wrap(new Uint8Array(32));
  for (const wrong of [wrap('vault', '00000000'), wrap('other'), wrap('absent')]) {
    const copy = join(folder, 'copy');
    mkdirSync(copy, { recursive: true });
    writeFileSync(join(copy, 'master.json'), readFileSync(join(data, 'master.json')));
    await expect(testVault({ folder: copy, masterWrap: wrong })).rejects.toThrow('SIGNER_PKCS11');
  }
  await vault.close();
});

test('the wrapping key does not leave the token', () => {
  const probe = fileURLToPath(new URL('../support/probe-token.mjs', import.meta.url));
  const out = execFileSync(process.execPath, [probe, MODULE, 'vault', PIN, KEY], { encoding: 'utf8' });
  expect(JSON.parse(out)).toEqual({ keys: 1, leaks: false, extractable: false, sensitive: true });
});

test('a module that is none is said so, and the vault does not start', async () => {
  const broken = pkcs11Wrap({
    module: '/nonexistent.so',
    token: 'vault',
    key: KEY,
    pin: PIN,
    program: program.main,
  });
  await expect(testVault({ masterWrap: broken })).rejects.toThrow('SIGNER_PKCS11');
});
