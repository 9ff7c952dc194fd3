import { nobleSm2 } from '@hufu/gm';
import { openSslSm2 } from '@hufu/gm/node';
import { utf8 } from '@hufu/kernel';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { phone } from '../support/phone.ts';
import { random, type TestVault, testVault } from '../support/vault.ts';

const engine = openSslSm2(random);
const [PIN, NEXT] = ['246810', '135791'];
const order = 'scan:s1';
let vault: TestVault;
beforeEach(async () => {
  vault = await testVault();
});
afterEach(() => vault.close());

test('the app’s engine and the vault: enrol, sign, decrypt, another PIN, over a restart', async () => {
  const mine = await phone(vault);
  const setting = mine.newSetting();
  const signs = await mine.enrol({ pin: PIN, usage: 'sign', setting });
  const opens = await mine.enrol({ pin: PIN, usage: 'decrypt', setting });
  const messages = [utf8('login'), utf8('seal')];
  const made = await mine.signAll({ halfId: signs.halfId, pin: PIN, order, messages });
  expect(made.map((one, i) => engine.verify(signs.publicKey, messages[i]!, one))).toEqual([true, true]);
  const secrets = [random(16), random(32)];
  const ciphertexts = secrets.map((secret) => nobleSm2(random).encrypt(opens.publicKey, secret));
  expect(await mine.decryptAll({ halfId: opens.halfId, pin: PIN, order, ciphertexts })).toEqual(secrets);
  await mine.changePin({ halfId: signs.halfId, pin: PIN, newPin: NEXT });
  await vault.restart();
  const use = { halfId: signs.halfId, order, messages: [utf8('m')] };
  await expect(mine.signAll({ ...use, pin: PIN })).rejects.toMatchObject({
    code: 'PHONE_PIN_WRONG',
    fields: { triesLeft: 9 },
  });
  const [again] = await mine.signAll({ ...use, pin: NEXT });
  expect(engine.verify(signs.publicKey, utf8('m'), again!)).toBe(true);
});

test('the app hands a key over to another device, and forgets its own', async () => {
  const [mine, other] = [await phone(vault), await phone(vault)];
  const { halfId, publicKey } = await mine.enrol({ pin: PIN, usage: 'sign' });
  const parcel = await mine.offer({ halfId, pin: PIN, receiver: other.device });
  const taken = await other.accept({ parcel, pin: NEXT });
  await mine.forget(halfId);
  const use = { order, messages: [utf8('m')] };
  await expect(mine.signAll({ ...use, halfId, pin: PIN })).rejects.toThrow('PHONE_KEY_ABSENT');
  const [made] = await other.signAll({ ...use, halfId: taken.halfId, pin: NEXT });
  expect(engine.verify(publicKey, utf8('m'), made!)).toBe(true);
});
