import { openSslSm2 } from '@hufu/gm/node';
import { utf8 } from '@hufu/kernel';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { finished, TestDevice } from '../support/device.ts';
import { random, type TestVault, testVault } from '../support/vault.ts';

const engine = openSslSm2(random);
let vault: TestVault;
beforeEach(async () => {
  vault = await testVault();
});
afterEach(() => vault.close());

test('two copies of one device: whichever comes second freezes the half, for both', async () => {
  const device = new TestDevice(vault);
  const kept = await device.enrol();
  const copy = { ...kept };
  await device.sign(kept, [utf8('by the owner')]);
  await device.sign(kept, [utf8('again')]);
  await expect(device.sign(copy, [utf8('by the thief')])).rejects.toThrow('PHONE_CLONED');
  await expect(device.sign(kept, [utf8('by the owner')])).rejects.toThrow('PHONE_CLONED');
});

test('a copy that comes first is found as soon as the owner has come twice', async () => {
  const device = new TestDevice(vault);
  const kept = await device.enrol();
  const copy = { ...kept };
  await device.sign(copy, [utf8('by the thief')]);
  // For the vault, this is a device that its last answer never reached.
  await device.sign(kept, [utf8('by the owner')]);
  await expect(device.sign(copy, [utf8('by the thief')])).rejects.toThrow('PHONE_CLONED');
});

test('a copy is found without its PIN', async () => {
  const device = new TestDevice(vault);
  const kept = await device.enrol();
  const copy = { ...kept };
  await device.sign(kept, [utf8('1')]);
  await device.sign(kept, [utf8('2')]);
  await expect(device.sign(copy, [utf8('m')], { pin: '000000' })).rejects.toThrow('PHONE_CLONED');
});

test('a device that the answer never reached goes on, as often as that happens', async () => {
  const device = new TestDevice(vault);
  const kept = await device.enrol();
  for (let i = 0; i < 3; i++) {
    const { request } = device.prepare(kept, [utf8('lost')]);
    await device.send<'sign'>(request);
  }
  const [made] = await device.sign(kept, [utf8('m')]);
  expect(engine.verify(kept.half.publicKey, utf8('m'), made!)).toBe(true);
});

test('a token that went out in an answer that was given up is dead', async () => {
  const device = new TestDevice(vault);
  const kept = await device.enrol();
  const { request } = device.prepare(kept, [utf8('lost')]);
  const late = (await device.send<'sign'>(request)).ratchet;
  await device.sign(kept, [utf8('m')]);
  await expect(device.sign({ ...kept, ratchet: late }, [utf8('m')])).rejects.toThrow('PHONE_CLONED');
});

test('a request serves once, over restarts too; the relay that repeats it freezes nothing', async () => {
  const device = new TestDevice(vault);
  const kept = await device.enrol();
  const { request, runs } = device.prepare(kept, [utf8('m')]);
  const sealed = device.seal(request);
  const answer = (await vault.ask('/v1/halves/ops/sign', sealed)) as never;
  for (const restart of [false, true]) {
    if (restart) await vault.restart();
    await expect(vault.ask('/v1/halves/ops/sign', sealed)).rejects.toThrow('PHONE_REQUEST_REPLAYED');
  }
  finished(kept.half, runs, answer);
  kept.ratchet = (answer as { ratchet: string }).ratchet;
  await device.sign(kept, [utf8('m')]);
});

test('the same request twice at once is answered once', async () => {
  const device = new TestDevice(vault);
  const kept = await device.enrol();
  const sealed = device.seal(device.prepare(kept, [utf8('m')]).request);
  const outcomes = await Promise.allSettled([1, 2, 3].map(() => vault.ask('/v1/halves/ops/sign', sealed)));
  expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
});

test('a request that another device signed, or that was changed after signing, is refused', async () => {
  const [device, other] = [new TestDevice(vault), new TestDevice(vault)];
  const kept = await device.enrol();
  await expect(other.sign(kept, [utf8('m')])).rejects.toThrow('PHONE_DEVICE_SIGNATURE');
  const sealed = device.seal(device.prepare(kept, [utf8('m')], { order: 'scan:mine' }).request);
  const altered = { ...sealed, body: sealed.body.replace('scan:mine', 'scan:your') };
  await expect(vault.ask('/v1/halves/ops/sign', altered)).rejects.toThrow('PHONE_DEVICE_SIGNATURE');
  await device.sign(kept, [utf8('m')]);
});

test('an answer for one half makes no signature with another', async () => {
  const device = new TestDevice(vault);
  const [kept, other] = [await device.enrol(), await device.enrol()];
  const { request, runs } = device.prepare(kept, [utf8('m')]);
  const answer = await device.send<'sign'>(request);
  expect(() => finished(other.half, runs, answer)).toThrow('GM_TWO_PARTY_ABORT');
  const elsewhere = { ...device.prepare(other, [utf8('m')]).request, halfId: kept.halfId };
  await expect(device.send<'sign'>(elsewhere)).rejects.toThrow('PHONE_CLONED');
});

test('a key generation is finished once, by the device that began it, soon', async () => {
  const device = new TestDevice(vault);
  const first = await device.begin();
  await device.send<'enrol-finish'>(first.finish);
  await expect(device.send<'enrol-finish'>(first.finish)).rejects.toThrow('PHONE_HALF_PENDING');
  await expect(device.send<'enrol-begin'>(first.begin)).rejects.toThrow('PHONE_REQUEST_REPLAYED');
  const second = await device.begin();
  await expect(new TestDevice(vault).send<'enrol-finish'>(second.finish)).rejects.toThrow(
    'PHONE_DEVICE_SIGNATURE',
  );
  vault.clock.advance(180_000);
  await expect(device.send<'enrol-finish'>(second.finish)).rejects.toThrow('PHONE_HALF_PENDING');
  const third = await device.begin();
  await vault.restart();
  await expect(device.send<'enrol-finish'>(third.finish)).rejects.toThrow('PHONE_HALF_PENDING');
});

test('a commitment that is opened to something else makes no key', async () => {
  const device = new TestDevice(vault);
  const [one, other] = [await device.begin(), await device.begin()];
  const swapped = { ...other.finish, session: one.finish.session };
  await expect(device.send<'enrol-finish'>(swapped)).rejects.toThrow('GM_TWO_PARTY_COMMITMENT');
});
