import { createPublicKey, randomBytes, verify } from 'node:crypto';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { nobleSm2 } from '@hufu/gm';
import { fixedClock } from '@hufu/kernel';
import { bytesToHex, keccak256, recoverPublicKey } from 'viem';
import { afterAll, expect, test } from 'vitest';
import { createFieldCipher } from '../../../src/infra/privacy/field-cipher.ts';
import { systemRandom } from '../../../src/infra/random.ts';
import { openFileVault } from '../../../src/infra/vault/file-vault.ts';

const root = fs.mkdtempSync(path.join(os.tmpdir(), 'hufu-vault-'));
afterAll(() => fs.rmSync(root, { recursive: true, force: true }));

const clock = fixedClock(1_800_000_000_000);
const fresh = () => path.join(root, randomBytes(6).toString('hex'), 'keys.json');
const PASSPHRASE = 'correct horse battery';
const settings = { passphrase: PASSPHRASE, clock, random: systemRandom };
const open = (file: string, passphrase = PASSPHRASE) =>
  openFileVault({ ...settings, file, passphrase, scryptN: 1_024 });
const message = new TextEncoder().encode('message');
const pem = (der: Uint8Array) => createPublicKey({ key: Buffer.from(der), format: 'der', type: 'spki' });

test.each(['ES256', 'RS256'] as const)(
  'signs with %s; the signature verifies by the public key alone',
  async (algorithm) => {
    const vault = open(fresh());
    const { id } = await vault.ensure('test', algorithm);
    const signature = await vault.sign(id, message);
    expect(verify('sha256', message, pem(vault.publicKey(id)), signature)).toBe(true);
    expect(verify('sha256', new Uint8Array([1]), pem(vault.publicKey(id)), signature)).toBe(false);
  },
);

test('a guess at the passphrase costs 64 MB (RFC 7914); a file that was made cheaper is made anew with its next key', async () => {
  const file = fresh();
  const costOf = () => JSON.parse(fs.readFileSync(file, 'utf8')).kdf.N;
  const { id } = await open(file).ensure('test', 'ES256');
  expect(costOf()).toBe(1_024);
  await openFileVault({ ...settings, file }).ensure('other', 'ES256');
  expect(costOf()).toBe(65_536);
  expect((await openFileVault({ ...settings, file }).ensure('test', 'ES256')).id).toBe(id);
});

test('signs with SM2; the other engine verifies (GB/T 32918.2)', async () => {
  const vault = open(fresh());
  const { id } = await vault.ensure('test', 'SM2');
  const point = vault.publicKey(id).slice(-65);
  expect(nobleSm2(systemRandom).verify(point, message, await vault.sign(id, message))).toBe(true);
});

test('signs with Ed25519 (RFC 8032)', async () => {
  const vault = open(fresh());
  const { id } = await vault.ensure('test', 'Ed25519');
  const signature = await vault.sign(id, message);
  expect(verify(null, message, pem(vault.publicKey(id)), signature)).toBe(true);
  expect(verify(null, new Uint8Array([1]), pem(vault.publicKey(id)), signature)).toBe(false);
});

test('signs with SECP256K1 as chains want it: over Keccak-256, the lower s, the key recoverable', async () => {
  const file = fresh();
  const { id } = await open(file).ensure('test', 'SECP256K1');
  const vault = open(file);
  const signature = await vault.sign(id, message);
  expect(signature).toHaveLength(65);
  const serialised = bytesToHex(Uint8Array.of(...signature.slice(0, 64), 27 + signature[64]!));
  const recover = (data: Uint8Array) => recoverPublicKey({ hash: keccak256(data), signature: serialised });
  const point = bytesToHex(vault.publicKey(id).slice(-65));
  expect(await recover(message)).toBe(point);
  expect(await recover(new Uint8Array([1]))).not.toBe(point);
  const half = 0x7fffffffffffffffffffffffffffffff5d576e7357a4501ddfe92f46681b20a0n;
  expect(BigInt(bytesToHex(signature.slice(32, 64)))).toBeLessThanOrEqual(half);
});

test('keeps its keys over a restart, and nothing readable on disk', async () => {
  const file = fresh();
  const { id } = await open(file).ensure('test', 'ES256');
  const again = open(file);
  expect(again.list('test').map((key) => key.id)).toEqual([id]);
  await again.sign(id, message);
  const text = fs.readFileSync(file, 'utf8');
  expect(text).not.toContain(id);
  expect(fs.statSync(file).mode & 0o077).toBe(0);
});

test('refuses a wrong passphrase and a changed file', async () => {
  const file = fresh();
  await open(file).ensure('test', 'ES256');
  expect(() => open(file, 'wrong passphrase')).toThrow('VAULT_PASSPHRASE');
  const envelope = JSON.parse(fs.readFileSync(file, 'utf8')) as { data: string };
  const data = Buffer.from(envelope.data, 'base64');
  data[0]! ^= 1;
  fs.writeFileSync(file, JSON.stringify({ ...envelope, data: data.toString('base64') }));
  expect(() => open(file)).toThrow('VAULT_PASSPHRASE');
});

test('rotates next → current → retired; a retired key signs no more, a used one is not removed', async () => {
  const vault = open(fresh());
  const first = await vault.ensure('test', 'ES256');
  const next = await vault.prepare('test', 'ES256');
  expect(await vault.prepare('test', 'ES256')).toEqual(next);
  const current = await vault.rotate('test', 'ES256');
  expect([current.id, current.state]).toEqual([next.id, 'current']);
  await expect(vault.sign(first.id, message)).rejects.toThrow('VAULT_KEY_RETIRED');
  await expect(vault.remove(current.id)).rejects.toThrow('VAULT_KEY_IN_USE');
  await vault.remove(first.id);
  expect(() => vault.publicKey(first.id)).toThrow('VAULT_KEY_UNKNOWN');
});

test('two who ensure the same key at once get the same one', async () => {
  const vault = open(fresh());
  const made = await Promise.all([1, 2, 3].map(() => vault.ensure('test', 'RS256')));
  expect(new Set(made.map((key) => key.id)).size).toBe(1);
});

test('secrets are the same on every call and differ by name and by vault', () => {
  const file = fresh();
  const vault = open(file);
  expect(open(file).secret('cookies')).toEqual(vault.secret('cookies'));
  expect(vault.secret('personal data, index')).not.toEqual(vault.secret('cookies'));
  expect(open(fresh()).secret('cookies')).not.toEqual(vault.secret('cookies'));
});

test('a sealed field opens in its own place alone; equal values have equal indexes per column', () => {
  const cipher = createFieldCipher(open(fresh()), systemRandom);
  const sealed = cipher.seal('13800138000', 'enterprise.phone:1');
  expect(sealed).not.toContain('13800138000');
  expect(cipher.open(sealed, 'enterprise.phone:1')).toBe('13800138000');
  expect(() => cipher.open(sealed, 'enterprise.phone:2')).toThrow('PRIVACY_UNREADABLE');
  expect(() =>
    cipher.open(
      `${sealed.slice(0, -8)}${sealed.at(-8) === 'A' ? 'B' : 'A'}${sealed.slice(-7)}`,
      'enterprise.phone:1',
    ),
  ).toThrow('PRIVACY_UNREADABLE');
  expect(cipher.seal('13800138000', 'enterprise.phone:1')).not.toBe(sealed);
  expect(cipher.index('１３', 'a.b')).toBe(cipher.index('13', 'a.b'));
  expect(cipher.index('13', 'a.c')).not.toBe(cipher.index('13', 'a.b'));
});
