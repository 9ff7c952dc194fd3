import { utf8 } from '@hufu/kernel';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type Kept, TestDevice } from '../support/device.ts';
import { type TestVault, testVault } from '../support/vault.ts';

let vault: TestVault;
beforeEach(async () => {
  vault = await testVault();
});
afterEach(() => vault.close());

const wrong = { pin: '000000' };
const triesLeft = async ({ halfId }: Kept) => {
  const { halves } = await vault.ask('/v1/halves/status', { halfIds: [halfId] });
  return (halves as { triesLeft: number; state: string }[])[0]!;
};

test('OD-38 wrong PINs are counted by the vault, over its restarts, and the tenth locks the half', async () => {
  const device = new TestDevice(vault);
  const kept = await device.enrol();
  for (let left = 9; left >= 1; left--) {
    if (left === 5) await vault.restart();
    await expect(device.sign(kept, [utf8('m')], wrong)).rejects.toMatchObject({
      code: 'PHONE_PIN_WRONG',
      fields: { triesLeft: left },
    });
  }
  await expect(device.sign(kept, [utf8('m')], wrong)).rejects.toThrow('PHONE_PIN_LOCKED');
  await expect(device.sign(kept, [utf8('m')])).rejects.toThrow('PHONE_PIN_LOCKED');
  await vault.restart();
  await expect(device.sign(kept, [utf8('m')])).rejects.toThrow('PHONE_PIN_LOCKED');
  expect(await triesLeft(kept)).toMatchObject({ triesLeft: 0, state: 'LOCKED' });
});

test('a right PIN begins the count anew; a wrong one gives nothing away but the count', async () => {
  const device = new TestDevice(vault);
  const kept = await device.enrol();
  const { request } = device.prepare(kept, [utf8('m')], wrong);
  const refusal = await device.send<'sign'>(request).catch((error: { fields: object }) => error.fields);
  expect(Object.keys(refusal).filter((name) => /share|ratchet|items/.test(name))).toEqual([]);
  expect((await triesLeft(kept)).triesLeft).toBe(9);
  await device.sign(kept, [utf8('m')]);
  expect((await triesLeft(kept)).triesLeft).toBe(10);
});

test('a wrong PIN that the relay sends again is not counted again', async () => {
  const device = new TestDevice(vault);
  const kept = await device.enrol();
  const { request } = device.prepare(kept, [utf8('m')], wrong);
  await expect(device.send<'sign'>(request)).rejects.toThrow('PHONE_PIN_WRONG');
  for (let i = 0; i < 12; i++) {
    await expect(device.send<'sign'>(request)).rejects.toThrow('PHONE_REQUEST_REPLAYED');
  }
  expect((await triesLeft(kept)).triesLeft).toBe(9);
});

test('tries at the same moment are all counted', async () => {
  const device = new TestDevice(vault);
  const kept = await device.enrol();
  const tries = Array.from({ length: 14 }, () => device.sign(kept, [utf8('m')], wrong));
  const outcomes = await Promise.allSettled(tries);
  const codes = outcomes.map((one) =>
    one.status === 'rejected' ? (one.reason as { code: string }).code : '',
  );
  expect(codes.filter((code) => code === 'PHONE_PIN_WRONG')).toHaveLength(9);
  expect(codes.filter((code) => code === 'PHONE_PIN_LOCKED')).toHaveLength(5);
});

test('a half whose device never said that it had stored its side is forgotten; a confirmed one stays', async () => {
  const device = new TestDevice(vault);
  const kept = await device.enrol();
  const lost = await device.enrol('135790', 'sign', { confirm: false });
  vault.clock.advance(16 * 60_000);
  await vault.restart();
  const confirm = { op: 'confirm' as const, halfId: lost.halfId, epoch: 1 };
  await expect(device.send<'confirm'>(confirm)).rejects.toThrow('PHONE_HALF_UNKNOWN');
  await device.sign(kept, [utf8('m')]);
});

test('a half does nothing before its device has confirmed it', async () => {
  const device = new TestDevice(vault);
  const kept = await device.enrol('135790', 'sign', { confirm: false });
  await expect(device.sign(kept, [utf8('m')])).rejects.toThrow('PHONE_HALF_PENDING');
  expect((await triesLeft(kept)).state).toBe('PENDING');
  await device.send<'confirm'>({ op: 'confirm', halfId: kept.halfId, epoch: 1 });
  await device.send<'confirm'>({ op: 'confirm', halfId: kept.halfId, epoch: 1 });
  await device.sign(kept, [utf8('m')]);
});

/** What both keys of a certificate have in common. */
const ENTRY = { pinGroup: 'cGluLWdyb3VwLW9mLTE2Lg==' };

async function guess(device: TestDevice, kept: Kept, times: number): Promise<string[]> {
  const said: string[] = [];
  for (let i = 0; i < times; i++) {
    await device.sign(kept, [utf8('m')], wrong).catch(({ code }: { code: string }) => said.push(code));
  }
  return said;
}

describe('OD-38 keys that one PIN entry opens', () => {
  test('have ten tries in all, whichever of them is guessed at, over restarts', async () => {
    const device = new TestDevice(vault);
    const [one, two] = [
      await device.enrol('135790', 'sign', ENTRY),
      await device.enrol('135790', 'sign', ENTRY),
    ];
    expect(await guess(device, one, 6)).toEqual(Array.from({ length: 6 }, () => 'PHONE_PIN_WRONG'));
    expect(await triesLeft(two)).toMatchObject({ triesLeft: 4 });
    await vault.restart();
    expect(await guess(device, two, 4)).toEqual([
      ...Array.from({ length: 3 }, () => 'PHONE_PIN_WRONG'),
      'PHONE_PIN_LOCKED',
    ]);
    for (const kept of [one, two]) {
      await expect(device.sign(kept, [utf8('m')])).rejects.toThrow('PHONE_PIN_LOCKED');
      expect(await triesLeft(kept)).toMatchObject({ triesLeft: 0, state: 'LOCKED' });
    }
  });

  test('win no tries by a key with a known PIN, and none by destroying the one that was guessed at', async () => {
    const device = new TestDevice(vault);
    const [one, two] = [
      await device.enrol('135790', 'sign', ENTRY),
      await device.enrol('135790', 'sign', ENTRY),
    ];
    await guess(device, one, 5);
    const own = await device.enrol('246800', 'sign', ENTRY);
    await device.sign(own, [utf8('m')], { pin: '246800' });
    expect(await triesLeft(two)).toMatchObject({ triesLeft: 5 });
    await device.send<'destroy'>({ op: 'destroy', halfId: one.halfId });
    await vault.restart();
    expect(await triesLeft(two)).toMatchObject({ triesLeft: 5 });
  });

  test('a right PIN of the key that was guessed at begins its count anew', async () => {
    const device = new TestDevice(vault);
    const [one, two] = [
      await device.enrol('135790', 'sign', ENTRY),
      await device.enrol('135790', 'sign', ENTRY),
    ];
    await guess(device, one, 3);
    await device.sign(one, [utf8('m')]);
    expect(await triesLeft(two)).toMatchObject({ triesLeft: 10 });
  });

  test('lie on one device: another device that names the same entry changes nothing', async () => {
    const [device, foreign] = [new TestDevice(vault), new TestDevice(vault)];
    const mine = await device.enrol('135790', 'sign', ENTRY);
    const theirs = await foreign.enrol('135790', 'sign', ENTRY);
    await guess(foreign, theirs, 10);
    expect(await triesLeft(mine)).toMatchObject({ triesLeft: 10, state: 'ACTIVE' });
  });
});
