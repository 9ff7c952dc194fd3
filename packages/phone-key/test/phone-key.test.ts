import { nobleSm2 } from '@hufu/gm';
import { CodedError, toBase64, utf8 } from '@hufu/kernel';
import { beforeEach, describe, expect, test } from 'vitest';
import { createPhoneKey, type DeviceKey, type HalfOp, type PhoneKey } from '../src/index.ts';
import { MemoryStore, random, testDevice, testStretch } from './support/device.ts';
import { MemoryVault } from './support/memory-vault.ts';

const engine = nobleSm2(random);
const PIN = '246813';
const order = 'scan:0197a000';
const statement = utf8('登录CA互认系统');

const code = (work: Promise<unknown>): Promise<string> =>
  work.then(
    () => 'accepted',
    (error: unknown) => (error instanceof CodedError ? error.code : String(error)),
  );

let vault: MemoryVault;
let store: MemoryStore;
let device: DeviceKey;
let phone: PhoneKey;
const phoneWith = (disk: MemoryStore): PhoneKey =>
  createPhoneKey({ device, stretch: testStretch, store: disk, vault, random });

beforeEach(async () => {
  vault = new MemoryVault();
  store = new MemoryStore();
  device = await testDevice();
  phone = phoneWith(store);
});

describe('use', () => {
  test('one PIN signs many messages, each verifying as an ordinary SM2 signature', async () => {
    const { halfId, publicKey } = await phone.enrol({ pin: PIN, usage: 'sign' });
    const messages = [statement, utf8('投标文件一'), utf8('投标文件二')];
    const before = vault.asked;
    const signatures = await phone.signAll({ halfId, pin: PIN, order, messages });
    expect(vault.asked - before).toBe(1);
    expect(signatures.map((signature, at) => engine.verify(publicKey, messages[at]!, signature))).toEqual([
      true,
      true,
      true,
    ]);
    expect(engine.verify(publicKey, messages[1]!, signatures[0]!)).toBe(false);
  });

  test('MOB-061 opens what was encrypted to the certificate; another key’s ciphertext does not open', async () => {
    const { halfId, publicKey } = await phone.enrol({ pin: PIN, usage: 'decrypt' });
    const content = random(16);
    const ciphertexts = [engine.encrypt(publicKey, content), engine.encrypt(publicKey, utf8('二'))];
    expect(await phone.decryptAll({ halfId, pin: PIN, order, ciphertexts })).toEqual([content, utf8('二')]);
    const other = await phone.enrol({ pin: PIN, usage: 'decrypt' });
    const foreign = [engine.encrypt(other.publicKey, content)];
    expect(await code(phone.decryptAll({ halfId, pin: PIN, order, ciphertexts: foreign }))).toBe(
      'PHONE_CIPHERTEXT',
    );
    // Whoever can make files cannot put the key out of use with them.
    expect(store.records.get(halfId)?.aborts).toBe(0);
  });

  test('OD-31 content keys are wrapped again for a new key without anybody else opening them', async () => {
    const old = await phone.enrol({ pin: PIN, usage: 'decrypt' });
    const fresh = await phone.enrol({ pin: PIN, usage: 'decrypt' });
    const contents = [random(16), random(16)];
    const ciphertexts = contents.map((content) => engine.encrypt(old.publicKey, content));
    const { halfId } = old;
    const rewrapped = await phone.rewrap({
      halfId,
      pin: PIN,
      order,
      ciphertexts,
      recipient: fresh.publicKey,
    });
    const use = { halfId: fresh.halfId, pin: PIN, order, ciphertexts: rewrapped };
    expect(await phone.decryptAll(use)).toEqual(contents);
  });

  test('what the PIN is stretched to serves in its place, for every half of one setting', async () => {
    const setting = phone.newSetting();
    const sign = await phone.enrol({ pin: PIN, usage: 'sign', setting });
    const decrypt = await phone.enrol({ pin: PIN, usage: 'decrypt', setting });
    expect(await phone.settingOf(decrypt.halfId)).toEqual(setting);
    const pin = await phone.stretchPin(PIN, setting);
    const [signature] = await phone.signAll({ halfId: sign.halfId, pin, order, messages: [statement] });
    expect(engine.verify(sign.publicKey, statement, signature!)).toBe(true);
  });

  test('forgotten halves are gone on both sides', async () => {
    const { halfId } = await phone.enrol({ pin: PIN, usage: 'sign' });
    await phone.forget(halfId);
    expect(vault.halves.has(halfId)).toBe(false);
    expect(await code(phone.signAll({ halfId, pin: PIN, order, messages: [statement] }))).toBe(
      'PHONE_KEY_ABSENT',
    );
  });
});

describe('PIN', () => {
  test('OD-38 five characters and seventeen are refused, six and sixteen are not', async () => {
    for (const pin of ['12345', '1'.repeat(17), '']) {
      expect(await code(phone.enrol({ pin, usage: 'sign' }))).toBe('PHONE_PIN_POLICY');
    }
    expect(vault.asked).toBe(0);
    for (const pin of ['135791', '1357913579135791', '密码六个字符']) {
      expect(await code(phone.enrol({ pin, usage: 'sign' }))).toBe('accepted');
    }
  });

  test('a wrong one is refused and counted; full-width digits are the same PIN', async () => {
    const { halfId } = await phone.enrol({ pin: PIN, usage: 'sign' });
    const sign = (pin: string) => code(phone.signAll({ halfId, pin, order, messages: [statement] }));
    expect(await sign('246814')).toBe('PHONE_PIN_WRONG');
    expect(vault.halves.get(halfId)?.wrong).toBe(1);
    expect(await sign('２４６８１３')).toBe('accepted');
  });

  test('neither the PIN nor the salt nor the stretched PIN ever leaves the device', async () => {
    const seen: string[] = [];
    const send = vault.send.bind(vault);
    vault.send = (op, request) => {
      seen.push(request.body);
      return send(op, request);
    };
    const { halfId } = await phone.enrol({ pin: PIN, usage: 'sign' });
    await phone.signAll({ halfId, pin: PIN, order, messages: [statement] });
    const { salt } = await phone.settingOf(halfId);
    const stretched = await phone.stretchPin(PIN, await phone.settingOf(halfId));
    const all = seen.join('\n');
    for (const secret of [PIN, toBase64(salt), toBase64(stretched)]) expect(all).not.toContain(secret);
    expect(all).toContain('pinKey');
  });

  test('a changed PIN replaces the old one', async () => {
    const { halfId, publicKey } = await phone.enrol({ pin: PIN, usage: 'sign' });
    await phone.changePin({ halfId, pin: PIN, newPin: '975310' });
    expect(await code(phone.signAll({ halfId, pin: PIN, order, messages: [statement] }))).toBe(
      'PHONE_PIN_WRONG',
    );
    const [signature] = await phone.signAll({ halfId, pin: '975310', order, messages: [statement] });
    expect(engine.verify(publicKey, statement, signature!)).toBe(true);
  });

  test.each([
    ['before the vault has answered', 'renew', PIN],
    ['before the vault hears that it is stored', 'confirm-lost', PIN],
    ['after the vault has heard', 'confirm', '975310'],
  ] as const)(
    'a change that breaks off %s leaves exactly one PIN that opens the key',
    async (_when, at, works) => {
      const { halfId, publicKey } = await phone.enrol({ pin: PIN, usage: 'sign' });
      if (at === 'confirm-lost') {
        const send = vault.send.bind(vault);
        vault.send = (op, request) =>
          op === 'confirm' ? Promise.reject(new Error('offline')) : send(op, request);
        expect(await code(phone.changePin({ halfId, pin: PIN, newPin: '975310' }))).toContain('offline');
        vault.send = send;
      } else {
        vault.tamper = (op, answer) => {
          if (op === at) throw new Error('offline');
          return answer;
        };
        expect(await code(phone.changePin({ halfId, pin: PIN, newPin: '975310' }))).toContain('offline');
        vault.tamper = (_op, answer) => answer;
      }
      const other = works === PIN ? '975310' : PIN;
      expect(await code(phone.signAll({ halfId, pin: other, order, messages: [statement] }))).toBe(
        'PHONE_PIN_WRONG',
      );
      const [signature] = await phone.signAll({ halfId, pin: works, order, messages: [statement] });
      expect(engine.verify(publicKey, statement, signature!)).toBe(true);
    },
  );
});

describe('copies and losses', () => {
  test('an answer that never arrives costs nothing: the next use works', async () => {
    const { halfId } = await phone.enrol({ pin: PIN, usage: 'sign' });
    const sign = () => code(phone.signAll({ halfId, pin: PIN, order, messages: [statement] }));
    vault.tamper = (op, answer) => {
      if (op === 'sign') throw new Error('offline');
      return answer;
    };
    expect(await sign()).toContain('offline');
    vault.tamper = (_op, answer) => answer;
    expect(await sign()).toBe('accepted');
    expect(await sign()).toBe('accepted');
  });

  test('a copied disk with the right PIN freezes the key as soon as both have been used', async () => {
    const { halfId } = await phone.enrol({ pin: PIN, usage: 'sign' });
    const copy = phoneWith(store.copy());
    const sign = (who: PhoneKey) => code(who.signAll({ halfId, pin: PIN, order, messages: [statement] }));
    expect(await sign(phone)).toBe('accepted');
    expect(await sign(phone)).toBe('accepted');
    expect(await sign(copy)).toBe('PHONE_CLONED');
    expect(await sign(phone)).toBe('PHONE_CLONED');
  });

  test('a copied disk without the device’s key is not heard at all', async () => {
    const { halfId } = await phone.enrol({ pin: PIN, usage: 'sign' });
    device = await testDevice();
    const thief = phoneWith(store.copy());
    expect(await code(thief.signAll({ halfId, pin: PIN, order, messages: [statement] }))).toBe(
      'PHONE_DEVICE_SIGNATURE',
    );
  });

  test('the disk and the PIN do not open the half without the vault’s share', async () => {
    const { halfId } = await phone.enrol({ pin: PIN, usage: 'sign' });
    vault.tamper = (op, answer) =>
      op === 'sign' ? { ...(answer as object), share: toBase64(random(32)) } : answer;
    expect(await code(phone.signAll({ halfId, pin: PIN, order, messages: [statement] }))).toBe(
      'PHONE_KEY_DAMAGED',
    );
  });

  test('after a refresh the key signs on, and the half from before is worth nothing', async () => {
    const { halfId, publicKey } = await phone.enrol({ pin: PIN, usage: 'sign' });
    const before = store.records.get(halfId);
    await phone.refresh({ halfId, pin: PIN });
    const [signature] = await phone.signAll({ halfId, pin: PIN, order, messages: [statement] });
    expect(engine.verify(publicKey, statement, signature!)).toBe(true);
    // Even with today's ratchet token: the vault's share opens another epoch.
    const now = store.records.get(halfId);
    await store.put({ ...before!, ratchet: now!.ratchet });
    expect(await code(phone.signAll({ halfId, pin: PIN, order, messages: [statement] }))).toBe(
      'PHONE_KEY_DAMAGED',
    );
  });
});

describe('a lying vault', () => {
  const altered = (member: string) => (op: HalfOp, answer: unknown) => {
    if (op !== 'sign') return answer;
    const { items, ...rest } = answer as { items: readonly object[] };
    return {
      ...rest,
      items: items.map((item) => ({ ...item, [member]: toBase64(random(32).fill(1, 0, 1)) })),
    };
  };

  test('gets no signature out of altered answers, and after three no more questions', async () => {
    const { halfId } = await phone.enrol({ pin: PIN, usage: 'sign' });
    const sign = () => code(phone.signAll({ halfId, pin: PIN, order, messages: [statement] }));
    for (const member of ['r', 's2', 's3']) {
      vault.tamper = altered(member);
      expect(await sign()).toBe('PHONE_VAULT_ANSWER');
    }
    vault.tamper = (_op, answer) => answer;
    const { asked } = vault;
    expect(await sign()).toBe('PHONE_ABORTED_TOO_OFTEN');
    expect(vault.asked).toBe(asked);
    expect(vault.halves.get(halfId)?.aborts).toBe(3);
  });

  test('cannot leave an item out, nor name another public key at enrolment', async () => {
    const { halfId } = await phone.enrol({ pin: PIN, usage: 'sign' });
    vault.tamper = (op, answer) => (op === 'sign' ? { ...(answer as object), items: [] } : answer);
    expect(await code(phone.signAll({ halfId, pin: PIN, order, messages: [statement] }))).toBe(
      'PHONE_VAULT_ANSWER',
    );
    vault.tamper = (op, answer) =>
      op === 'enrol-finish' ? { ...(answer as object), publicKey: toBase64(device.signingKey) } : answer;
    expect(await code(phone.enrol({ pin: PIN, usage: 'sign' }))).toBe('PHONE_VAULT_ANSWER');
  });

  test('that answers out of form is not believed', async () => {
    vault.tamper = () => ({ point: 'x' });
    expect(await code(phone.enrol({ pin: PIN, usage: 'sign' }))).toBe('PHONE_VAULT_ANSWER');
  });
});
