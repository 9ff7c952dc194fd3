import { createPublicKey, hkdfSync, verify } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openSslSm2 } from '@hufu/gm/node';
import { CodedError, fixedClock, fromBase64, toBase64, utf8 } from '@hufu/kernel';
import { passphraseBoxes } from '@hufu/kernel/node';
import { createKeyRing, type StoredRingKey } from '@hufu/pki/node';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { importKeys } from '../../src/import-keys.ts';
import { openFolder } from '../../src/store/open-folder.ts';
import { random, type TestVault, testVault, wrapOf } from '../support/vault.ts';

let vault: TestVault;
beforeEach(async () => {
  vault = await testVault();
});
afterEach(() => vault.close());

type Key = { readonly id: string; readonly publicKey: string; readonly state: string };
const message = utf8('message');
const ensure = async (purpose: string, algorithm: string, token?: string) =>
  (await vault.ask('/v1/keys/ensure', { purpose, algorithm }, token))['key'] as Key;
const sign = async (id: string, token?: string) => {
  const uses = [{ id, data: toBase64(message) }];
  const { made } = await vault.ask('/v1/keys/sign', { uses }, token);
  const [{ signature = '', code }] = made as [{ signature?: string; code?: string }];
  if (code !== undefined) throw new CodedError(code);
  return fromBase64(signature);
};
const keyObject = ({ publicKey }: Key) =>
  createPublicKey({ key: Buffer.from(publicKey, 'base64'), format: 'der', type: 'spki' });

test.each([
  ['ES256', 'sha256'],
  ['Ed25519', null],
] as const)('signs with %s; the key stays over a restart', async (algorithm, hash) => {
  const key = await ensure('oidc', algorithm);
  await vault.restart();
  expect((await ensure('oidc', algorithm)).id).toBe(key.id);
  expect(verify(hash, message, keyObject(key), await sign(key.id))).toBe(true);
});

test('signs with SM2 (GB/T 32918.2)', async () => {
  const key = await ensure('evidence-log', 'SM2');
  const point = fromBase64(key.publicKey).slice(-65);
  expect(openSslSm2(random).verify(point, message, await sign(key.id))).toBe(true);
});

test('rotates; the revision tells every server that its list is old', async () => {
  const key = await ensure('oidc', 'ES256');
  const { revision } = await vault.ask('/v1/keys');
  await vault.ask('/v1/keys/prepare', { purpose: 'oidc', algorithm: 'ES256' });
  const rotated = await vault.ask('/v1/keys/rotate', { purpose: 'oidc', algorithm: 'ES256' });
  expect(Number(rotated['revision'])).toBeGreaterThan(Number(revision));
  await expect(sign(key.id)).rejects.toThrow('VAULT_KEY_RETIRED');
  await expect(vault.ask('/v1/keys/remove', { id: (rotated['key'] as Key).id })).rejects.toThrow(
    'VAULT_KEY_IN_USE',
  );
  await vault.ask('/v1/keys/remove', { id: key.id });
  await expect(sign(key.id)).rejects.toThrow('VAULT_KEY_UNKNOWN');
});

test('a client uses its own keys alone; halves and derived secrets are the server’s', async () => {
  const token = 'a-token-of-an-authority-0123456789abcdef';
  await vault.close();
  const folder = mkdtempSync(join(tmpdir(), 'hufu-signer-'));
  vault = await testVault({ folder });
  writeFileSync(join(folder, 'clients', 'ca-one.token'), token, { mode: 0o600 });
  await vault.restart();
  const mine = await ensure('ca-one/root', 'ES256', token);
  const servers = await ensure('oidc', 'ES256');
  expect(verify('sha256', message, keyObject(mine), await sign(mine.id, token))).toBe(true);
  const refused = [
    ensure('oidc', 'ES256', token),
    ensure('ca-two/root', 'ES256', token),
    ensure('ca-one/root', 'ES256'),
    sign(servers.id, token),
    sign(mine.id),
    vault.ask('/v1/secrets', { name: 'cookies' }, token),
    vault.ask('/v1/halves/status', { halfIds: [] }, token),
  ];
  for (const one of await Promise.allSettled(refused)) {
    expect(one).toMatchObject({ status: 'rejected', reason: { code: 'SIGNER_POLICY' } });
  }
  expect((await vault.ask('/v1/keys', undefined, token))['keys']).toHaveLength(1);
  await vault.close();
  rmSync(folder, { recursive: true });
  vault = await testVault();
});

test('more signatures in a minute than any ordinary day has are refused', async () => {
  await vault.close();
  vault = await testVault({ signaturesPerMinute: 2 });
  const { id } = await ensure('oidc', 'ES256');
  await sign(id);
  await sign(id);
  await expect(sign(id)).rejects.toThrow('SIGNER_TOO_MANY_USES');
  vault.clock.advance(60_000);
  await sign(id);
});

test('several uses in one request: each succeeds or fails by itself', async () => {
  const { id } = await ensure('oidc', 'Ed25519');
  const data = toBase64(message);
  const uses = [
    { id, data },
    { id: 'unknown', data },
    { id, data: toBase64(utf8('other')) },
  ];
  const { made } = await vault.ask('/v1/keys/sign', { uses });
  expect(made).toEqual([
    { signature: expect.any(String) },
    { code: 'VAULT_KEY_UNKNOWN' },
    { signature: expect.any(String) },
  ]);
});

test('no answer holds a private key', async () => {
  const key = await ensure('oidc', 'ES256');
  const answers = [
    await vault.ask('/v1/keys'),
    await vault.ask('/v1/keys/ensure', { purpose: 'oidc', algorithm: 'ES256' }),
  ];
  expect(JSON.stringify(answers)).toContain(key.publicKey);
  expect(JSON.stringify(answers)).not.toContain('privateKey');
  await expect(vault.ask(`/v1/keys/${key.id}`)).rejects.toThrow('SIGNER_NOT_FOUND');
});

test('takes over the keys of a file vault, into an empty one alone: the same ids, signatures and secrets', async () => {
  const keys: StoredRingKey[] = [];
  const ring = createKeyRing({
    keys: [],
    keep: (next) => {
      keys.splice(0, keys.length, ...next);
    },
    changed: () => undefined,
    clock: fixedClock(1),
    random,
  });
  const { id } = await ring.ensure('oidc', 'ES256');
  const passphrase = 'passphrase of the file';
  const boxes = passphraseBoxes({ format: 'hufu-vault-1', passphrase, scryptN: 1_024, random });
  const root = random(32);
  const contents = JSON.stringify({ root: toBase64(root), keys });
  const text = JSON.stringify(boxes.seal(utf8(contents)));
  const folder = mkdtempSync(join(tmpdir(), 'hufu-signer-'));
  const open = () => openFolder({ folder, masterWrap: wrapOf(), clock: fixedClock(2), segmentLength: 100 });
  const opened = await open();
  await expect(importKeys(opened.store, { text, passphrase: 'another', random })).rejects.toThrow(
    'BOX_UNREADABLE',
  );
  expect(await importKeys(opened.store, { text, passphrase, random })).toBe(1);
  await expect(importKeys(opened.store, { text, passphrase, random })).rejects.toThrow('SIGNER_NOT_EMPTY');
  await opened.close();
  await vault.close();
  vault = await testVault({ folder });
  const key = await ensure('oidc', 'ES256');
  expect(key.id).toBe(id);
  expect(verify('sha256', message, keyObject(key), await sign(id))).toBe(true);
  // What personal data and pairwise subjects hang on stays what it was.
  const cookies = Buffer.from(hkdfSync('sha256', root, new Uint8Array(), 'hufu cookies', 32));
  expect(await vault.ask('/v1/secrets', { name: 'cookies' })).toEqual({ secret: cookies.toString('base64') });
  await vault.close();
  rmSync(folder, { recursive: true });
  vault = await testVault();
});
