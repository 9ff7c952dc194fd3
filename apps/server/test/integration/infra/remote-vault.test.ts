import { createPublicKey, verify } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { fixedClock } from '@hufu/kernel';
import { parseCheckpoint, portableLedgerCrypto, verifyNote } from '@hufu/ledger';
import { createLocalJWKSet, type JSONWebKeySet, jwtVerify } from 'jose';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { remoteHalves } from '../../../src/infra/vault/halves.ts';
import { openRemoteVault } from '../../../src/infra/vault/remote-vault.ts';
import { signerClient } from '../../../src/infra/vault/signer-client.ts';
import { logWorld } from '../../support/evidence/log-world.ts';
import { startHub } from '../../support/oidc/hub.ts';
import { startPlatform } from '../../support/oidc/platform.ts';
import { type TestVaultProcess, vaultProcess } from '../../support/vault/vault-process.ts';

let vault: TestVaultProcess;
beforeAll(async () => {
  vault = await vaultProcess();
});
afterAll(() => vault.dispose());

const open = (now = 0) => openRemoteVault({ client: signerClient(vault), now: fixedClock(now).now });

test('the hub’s tokens are signed by the vault process, and no key lies with the server', async () => {
  const platform = await startPlatform('platform-a');
  const hub = await startHub([platform], { settings: vault.settings });
  try {
    const browser = hub.browser();
    await hub.logIn(browser);
    const pending = await platform.begin(hub.issuer);
    const tokens = await pending.finish(await hub.walk(browser, pending.url));
    const { jwks_uri } = (await (await fetch(`${hub.issuer}/.well-known/openid-configuration`)).json()) as {
      jwks_uri: string;
    };
    const keys = (await (await fetch(jwks_uri)).json()) as JSONWebKeySet;
    const { payload } = await jwtVerify(tokens.id_token ?? '', createLocalJWKSet(keys), {
      issuer: hub.issuer,
    });
    expect(payload.sub).toBe('entity-1');
    const stored = fs
      .readdirSync(hub.infra.directory, { recursive: true })
      .map(String)
      .filter((name) => /vault|key/.test(name));
    expect(stored).toEqual([]);
  } finally {
    await hub.close();
    await platform.close();
  }
});

test('the checkpoint of the log is signed by the vault process, under both of its keys', async () => {
  const remote = await open();
  const world = await logWorld(remote);
  try {
    const sequencer = world.sequencer();
    expect(await sequencer.lead()).toBe(true);
    await world.change();
    await sequencer.work();
    const { note } = parseCheckpoint(fs.readFileSync(path.join(world.directory, 'log/checkpoint'), 'utf8'));
    const crypto = portableLedgerCrypto();
    expect(await verifyNote(note, world.keys.logKey, crypto)).toEqual({ state: 'valid' });
    expect(await verifyNote(note, world.keys.sm2Key, crypto)).toEqual({ state: 'valid' });
    await sequencer.leave();
  } finally {
    await world.close();
  }
});

test('a key that another server rotates is seen with the next answer', async () => {
  const [one, other] = [await open(), await open()];
  const before = await one.ensure('rotated', 'ES256');
  let news = 0;
  one.onChange(() => {
    news++;
  });
  const after = await other.rotate('rotated', 'ES256');
  await expect(one.sign(before.id, new Uint8Array([1]))).rejects.toThrow('VAULT_KEY_RETIRED');
  expect((await one.ensure('rotated', 'ES256')).id).toBe(after.id);
  expect(one.list('rotated').map(({ id, state }) => [id, state])).toEqual([
    [before.id, 'retired'],
    [after.id, 'current'],
  ]);
  expect(one.publicKey(after.id)).toEqual(other.publicKey(after.id));
  expect(news).toBe(1);
});

test('signatures that are asked for at once are answered each to its own question', async () => {
  const remote = await open();
  const { id } = await remote.ensure('many', 'Ed25519');
  const key = { key: Buffer.from(remote.publicKey(id)), format: 'der', type: 'spki' } as const;
  const messages = Array.from({ length: 450 }, (_, i) => Buffer.from(`statement ${i}`));
  const asked = [
    ...messages.map((message) => remote.sign(id, message)),
    remote.sign('unknown', messages[0]!),
  ];
  const outcomes = await Promise.allSettled(asked);
  expect(outcomes.pop()).toMatchObject({ status: 'rejected', reason: { code: 'VAULT_KEY_UNKNOWN' } });
  const valid = outcomes.map(
    (one, i) => one.status === 'fulfilled' && verify(null, messages[i]!, createPublicKey(key), one.value),
  );
  expect(valid.every(Boolean)).toBe(true);
});

test('derived secrets are the same for every server of the installation', async () => {
  const [one, other] = [await open(), await open()];
  expect(one.secret('cookies')).toEqual(other.secret('cookies'));
  expect(one.secret('cookies')).not.toEqual(one.secret('personal data, index'));
});

test('without the vault nothing is signed; when it is back, work goes on', async () => {
  const remote = await open();
  const { id } = await remote.ensure('paused', 'ES256');
  await vault.stop();
  await expect(remote.sign(id, new Uint8Array([1]))).rejects.toThrow('VAULT_UNAVAILABLE');
  await expect(open()).rejects.toThrow('VAULT_UNAVAILABLE');
  await vault.start();
  expect((await remote.sign(id, new Uint8Array([1]))).length).toBeGreaterThan(60);
});

test('failures of halves come under their own codes; a wrong token is refused', async () => {
  const halves = remoteHalves(signerClient(vault));
  const halfId = 'a-half-that-is-not-there';
  await expect(halves.hold(halfId)).rejects.toThrow('PHONE_HALF_UNKNOWN');
  expect(await halves.statuses([halfId])).toEqual([]);
  const wrong = path.join(path.dirname(vault.tokenFile), 'wrong');
  fs.writeFileSync(wrong, 'x'.repeat(43));
  await expect(remoteHalves(signerClient({ ...vault, tokenFile: wrong })).hold(halfId)).rejects.toThrow(
    'SIGNER_UNAUTHORIZED',
  );
});
