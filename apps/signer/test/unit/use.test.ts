import { DeviceDecryption, derContext, derInteger, derSequence, encodeSm2Spki, nobleSm2 } from '@hufu/gm';
import { openSslSm2 } from '@hufu/gm/node';
import { concatBytes, fromBase64, toBase64, utf8 } from '@hufu/kernel';
import type { HalfRequest } from '@hufu/phone-key';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { VAULT_DEFAULTS } from '../../src/index.ts';
import { finished, type Kept, pinKeyOf, TestDevice } from '../support/device.ts';
import { random, type TestVault, testVault } from '../support/vault.ts';

const engine = openSslSm2(random);
let vault: TestVault;
beforeEach(async () => {
  vault = await testVault();
});
afterEach(() => vault.close());

test('two halves make a signature that OpenSSL verifies; several under one PIN', async () => {
  const device = new TestDevice(vault);
  const kept = await device.enrol();
  const messages = [utf8('one'), utf8('two'), utf8('three')];
  const signatures = await device.sign(kept, messages);
  expect(signatures.map((made, i) => engine.verify(kept.half.publicKey, messages[i]!, made))).toEqual([
    true,
    true,
    true,
  ]);
  const [again] = await device.sign(kept, [utf8('four')]);
  expect(engine.verify(kept.half.publicKey, utf8('four'), again!)).toBe(true);
});

test('forty seals go under one PIN', async () => {
  const device = new TestDevice(vault);
  const kept = await device.enrol();
  const messages = Array.from({ length: 40 }, (_, i) => utf8(`seal ${i}`));
  const made = await device.sign(kept, messages);
  expect(made.every((one, i) => engine.verify(kept.half.publicKey, messages[i]!, one))).toBe(true);
});

test('the vault computes what is signed from the message: a proof for another message is refused', async () => {
  const device = new TestDevice(vault);
  const kept = await device.enrol();
  const { request } = device.prepare(kept, [utf8('pay 1')]);
  const altered = { ...request, items: [{ ...request.items[0]!, message: toBase64(utf8('pay 1000')) }] };
  await expect(device.send<'sign'>(altered)).rejects.toThrow('GM_TWO_PARTY_PROOF');
});

test('proofs that do not hold are counted, and the half goes out of use after five', async () => {
  const device = new TestDevice(vault);
  const kept = await device.enrol();
  const broken = () => {
    const { request } = device.prepare(kept, [utf8('m')]);
    return { ...request, items: [{ ...request.items[0]!, proof: toBase64(random(64)) }] };
  };
  for (let i = 0; i < 5; i++) {
    await expect(device.send<'sign'>(broken())).rejects.toThrow('GM_TWO_PARTY_PROOF');
  }
  await expect(device.sign(kept, [utf8('m')])).rejects.toThrow('PHONE_ABORTED_TOO_OFTEN');
  expect((await statusOf(kept)).state).toBe('FROZEN');
});

test('runs that the device gave up count once each; one that never was does not', async () => {
  const device = new TestDevice(vault);
  const kept = await device.enrol();
  for (let i = 0; i < 5; i++) {
    const { request } = device.prepare(kept, [utf8('m')]);
    kept.ratchet = (await device.send<'sign'>(request)).ratchet;
    const report = { op: 'abort' as const, halfId: kept.halfId, nonce: request.nonce };
    await device.send<'abort'>(report);
    await device.send<'abort'>(report);
    expect((await statusOf(kept)).state).toBe(i < 4 ? 'ACTIVE' : 'FROZEN');
  }
  const unknown = { op: 'abort' as const, halfId: kept.halfId, nonce: toBase64(random(32)) };
  await expect(device.send<'abort'>(unknown)).rejects.toThrow('PHONE_REQUEST_REPLAYED');
});

test('opens a content key; the vault sees a blinded point alone', async () => {
  const device = new TestDevice(vault);
  const kept = await device.enrol('135790', 'decrypt');
  const secret = random(16);
  const ciphertext = nobleSm2(random).encrypt(kept.half.publicKey, secret);
  const run = new DeviceDecryption(ciphertext, random);
  const answer = await device.send<'decrypt'>(decryption(kept, run.request));
  expect(run.finish(fromBase64(answer.items[0]!.point), kept.half.secret)).toEqual(secret);
});

test('a point that is none is refused', async () => {
  const device = new TestDevice(vault);
  const kept = await device.enrol('135790', 'decrypt');
  const offCurve = concatBytes(Uint8Array.of(4), random(64));
  await expect(device.send<'decrypt'>(decryption(kept, offCurve))).rejects.toThrow('GM_TWO_PARTY_MESSAGE');
});

test('a key serves its own purpose alone: a signing key opens nothing, a decryption key signs nothing', async () => {
  const device = new TestDevice(vault);
  const [signs, opens] = [await device.enrol(), await device.enrol('135790', 'decrypt')];
  const point = device.prepare(signs, [utf8('m')]).runs[0]!.request.point;
  await expect(device.send<'decrypt'>(decryption(signs, point))).rejects.toThrow('PHONE_HALF_USAGE');
  await expect(device.sign(opens, [utf8('m')])).rejects.toThrow('PHONE_HALF_USAGE');
});

test('a decryption key signs the request for its own certificate, alone and in an order', async () => {
  const device = new TestDevice(vault);
  const [kept, other] = [await device.enrol('135790', 'decrypt'), await device.enrol('135790', 'decrypt')];
  const requestFor = ({ half }: Kept) =>
    derSequence(derInteger(0), derSequence(), encodeSm2Spki(half.publicKey), derContext(0));
  const [made] = await device.sign(kept, [requestFor(kept)], { order: 'order:o1' });
  expect(engine.verify(kept.half.publicKey, requestFor(kept), made!)).toBe(true);
  for (const [messages, order] of [
    [[requestFor(other)], 'order:o1'],
    [[requestFor(kept)], 'scan:s1'],
    [[requestFor(kept), requestFor(kept)], 'order:o1'],
    [[concatBytes(requestFor(kept), utf8('x'))], 'order:o1'],
  ] as const) {
    await expect(device.sign(kept, messages, { order })).rejects.toThrow('PHONE_HALF_USAGE');
  }
});

test('signatures per minute and per day are limited; the next minute has its own', async () => {
  const limits = { ...VAULT_DEFAULTS.limits, signaturesPerMinute: 3, signaturesPerDay: 5 };
  const limited = await testVault({ limits });
  try {
    const device = new TestDevice(limited);
    const kept = await device.enrol();
    const three = [utf8('1'), utf8('2'), utf8('3')];
    await device.sign(kept, three);
    await expect(device.sign(kept, [utf8('4')])).rejects.toThrow('PHONE_TOO_MANY_USES');
    limited.clock.advance(60_000);
    await expect(device.sign(kept, three)).rejects.toThrow('PHONE_TOO_MANY_USES');
    await limited.restart();
    await device.sign(kept, [utf8('4'), utf8('5')]);
    limited.clock.advance(86_400_000);
    await device.sign(kept, three);
  } finally {
    await limited.close();
  }
});

test('a half that is held makes nothing until it is released; one that is destroyed never again (lost phone)', async () => {
  const device = new TestDevice(vault);
  const kept = await device.enrol();
  await vault.ask('/v1/halves/hold', { halfId: kept.halfId });
  await expect(device.sign(kept, [utf8('m')])).rejects.toThrow('PHONE_HALF_HELD');
  await vault.ask('/v1/halves/release', { halfId: kept.halfId });
  await device.sign(kept, [utf8('m')]);
  await vault.ask('/v1/halves/destroy', { halfId: kept.halfId });
  await vault.ask('/v1/halves/destroy', { halfId: kept.halfId });
  await expect(device.sign(kept, [utf8('m')])).rejects.toThrow('PHONE_HALF_UNKNOWN');
  expect(await vault.ask('/v1/halves/status', { halfIds: [kept.halfId] })).toEqual({ halves: [] });
});

test('nothing is answered without the server’s token', async () => {
  await expect(vault.ask('/v1/halves/status', { halfIds: [] }, 'x'.repeat(43))).rejects.toThrow(
    'SIGNER_UNAUTHORIZED',
  );
});

test('what is malformed is refused by name', async () => {
  const device = new TestDevice(vault);
  const kept = await device.enrol();
  const { request, runs } = device.prepare(kept, [utf8('m')]);
  await expect(device.send({ ...request, extra: 1 } as never)).rejects.toThrow('PHONE_REQUEST_INVALID');
  await expect(vault.ask('/v1/halves/ops/sign', { body: 'x' })).rejects.toThrow('SIGNER_INPUT');
  const asDecryption = { ...device.seal(request) };
  await expect(vault.ask('/v1/halves/ops/decrypt', asDecryption)).rejects.toThrow('PHONE_REQUEST_INVALID');
  finished(kept.half, runs, await device.send<'sign'>(request));
});

const statusOf = async ({ halfId }: Kept) => {
  const { halves } = await vault.ask('/v1/halves/status', { halfIds: [halfId] });
  return (halves as { state: string; triesLeft: number }[])[0]!;
};

const decryption = (kept: Kept, point: Uint8Array): HalfRequest<'decrypt'> => ({
  op: 'decrypt',
  halfId: kept.halfId,
  nonce: toBase64(random(32)),
  unlock: { pinKey: pinKeyOf('135790', kept.salt), ratchet: kept.ratchet },
  order: 'scan:s2',
  items: [{ ciphertextSm3: toBase64(random(32)), point: toBase64(point) }],
});
