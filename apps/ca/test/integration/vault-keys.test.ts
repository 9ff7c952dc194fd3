import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { equalBytes } from '@hufu/kernel';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { passphraseWrap, type RunningVault, startVault, VAULT_DEFAULTS } from '../../../signer/src/index.ts';
import { startAuthority } from '../../src/index.ts';
import { askOcsp, issue, newFolder, newOptions } from '../support/vendor.ts';

const folder = newFolder();
const [vaultFolder, dataDir] = [join(folder, 'vault'), join(folder, 'ca')];
const vaultTokenFile = join(vaultFolder, 'clients', 'ca-one.token');
const vaultSocket = join(folder, 's.sock');
const random = (length: number) => new Uint8Array(randomBytes(length));
let vault: RunningVault;

const openVault = () =>
  startVault({
    ...VAULT_DEFAULTS,
    masterWrap: passphraseWrap({ passphrase: 'a passphrase of tests', scryptN: 1_024, random }),
    socket: vaultSocket,
    folder: vaultFolder,
  });
beforeAll(async () => {
  mkdirSync(join(vaultFolder, 'clients'), { recursive: true });
  writeFileSync(vaultTokenFile, randomBytes(32).toString('hex'));
  vault = await openVault();
});
afterAll(async () => {
  await vault.close();
  rmSync(folder, { recursive: true });
});

test.each(['sm2', 'p256'] as const)(
  'an authority whose %s keys are in the vault issues and answers; its folder holds no key',
  async (algorithm) => {
    const options = newOptions(join(dataDir, algorithm), { algorithm, vaultSocket, vaultTokenFile });
    const first = await startAuthority(options);
    const issued = await issue(first.baseUrl, { algorithm });
    const { basic } = await askOcsp(first.baseUrl, issued);
    expect(basic?.responses[0]?.status.kind).toBe('good');
    const port = Number(new URL(first.baseUrl).port);
    await first.close();
    expect(readdirSync(join(dataDir, algorithm, 'keys')).filter((name) => name.endsWith('.key'))).toEqual([]);
    const again = await startAuthority({ ...options, port });
    const next = await issue(again.baseUrl, { algorithm });
    expect(equalBytes(next.issuer.der, issued.issuer.der)).toBe(true);
    await again.close();
  },
);

test('without the vault, or with a token that it does not know, no authority starts', async () => {
  const options = newOptions(join(dataDir, 'refused'), { vaultSocket, vaultTokenFile });
  const wrong = join(folder, 'ca-two.token');
  writeFileSync(wrong, 'x'.repeat(64));
  await expect(startAuthority({ ...options, vaultTokenFile: wrong })).rejects.toThrow('CA_VAULT');
  await vault.close();
  await expect(startAuthority(options)).rejects.toThrow('CA_VAULT');
  await expect(startAuthority(newOptions(dataDir, { vaultSocket }))).rejects.toThrow('CA_INPUT');
  expect(existsSync(join(dataDir, 'refused', 'keys', 'root.key'))).toBe(false);
  vault = await openVault();
});
