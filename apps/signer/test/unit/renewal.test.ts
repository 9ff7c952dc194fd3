import { refreshContribution, refreshDevice, toBytes32 } from '@hufu/gm';
import { openSslSm2 } from '@hufu/gm/node';
import { toBase64, utf8 } from '@hufu/kernel';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type Kept, pinKeyOf, TestDevice } from '../support/device.ts';
import { random, type TestVault, testVault } from '../support/vault.ts';

const engine = openSslSm2(random);
const ONE = toBytes32(1n);
let vault: TestVault;
beforeEach(async () => {
  vault = await testVault();
});
afterEach(() => vault.close());

const verifies = async (device: TestDevice, kept: Kept, pin: string) => {
  const [made] = await device.sign(kept, [utf8('m')], { pin });
  return engine.verify(kept.half.publicKey, utf8('m'), made!);
};

test('new halves and a new PIN count once the device has stored them; the old ones are worth nothing then', async () => {
  const device = new TestDevice(vault);
  const kept = await device.enrol('111111');
  const renewed = await device.renew(kept, { now: '111111', next: '222222' });
  await device.confirm(renewed);
  await device.confirm(renewed);
  await vault.restart();
  expect(await verifies(device, renewed, '222222')).toBe(true);
  const old = { ...kept, ratchet: renewed.ratchet };
  await expect(device.sign(old, [utf8('m')], { pin: '111111' })).rejects.toThrow('PHONE_PIN_WRONG');
  await expect(device.sign(old, [utf8('m')], { pin: '222222' })).rejects.toThrow('GM_TWO_PARTY_ABORT');
});

test('a renewal that breaks off anywhere leaves the old halves and the old PIN', async () => {
  const device = new TestDevice(vault);
  const kept = await device.enrol('111111');
  const lost = await device.renew(kept, { now: '111111', next: '222222' });
  expect(await verifies(device, kept, '111111')).toBe(true);
  await vault.restart();
  const stored = await device.renew(kept, { now: '111111', next: '333333' });
  await expect(device.confirm(lost)).rejects.toThrow('PHONE_HALF_PENDING');
  await device.confirm(stored);
  stored.ratchet = kept.ratchet;
  expect(await verifies(device, stored, '333333')).toBe(true);
});

test('a half for another device: the same key under its own PIN, and each is destroyed alone', async () => {
  const [device, other] = [new TestDevice(vault), new TestDevice(vault)];
  const kept = await device.enrol('111111');
  const factor = refreshContribution(random);
  const answer = await device.send<'split'>({
    op: 'split',
    halfId: kept.halfId,
    nonce: toBase64(random(32)),
    unlock: { pinKey: pinKeyOf('111111', kept.salt), ratchet: kept.ratchet },
    factor: toBase64(factor),
    receiver: other.point,
  });
  kept.ratchet = answer.ratchet;
  const salt = toBase64(random(16));
  const accept = { op: 'accept' as const, halfId: answer.newHalfId, pinKey: pinKeyOf('222222', salt) };
  await expect(device.send<'accept'>(accept)).rejects.toThrow('PHONE_DEVICE_SIGNATURE');
  const first = await other.send<'accept'>(accept);
  const again = await other.send<'accept'>(accept);
  expect(again.share).toBe(first.share);
  const taken: Kept = {
    halfId: answer.newHalfId,
    half: refreshDevice(kept.half, { device: factor, vault: ONE }),
    salt,
    ratchet: again.ratchet,
    epoch: 1,
    share: again.share,
  };
  await expect(other.sign(taken, [utf8('m')], { pin: '222222' })).rejects.toThrow('PHONE_HALF_PENDING');
  await other.confirm(taken);
  await expect(other.send<'accept'>(accept)).rejects.toThrow('PHONE_REQUEST_REPLAYED');
  expect(await verifies(other, taken, '222222')).toBe(true);
  expect(await verifies(device, kept, '111111')).toBe(true);
  await device.send<'destroy'>({ op: 'destroy', halfId: kept.halfId });
  await expect(device.sign(kept, [utf8('m')], { pin: '111111' })).rejects.toThrow('PHONE_HALF_UNKNOWN');
  expect(await verifies(other, taken, '222222')).toBe(true);
});
