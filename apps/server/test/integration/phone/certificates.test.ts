import { randomBytes } from 'node:crypto';
import type { PhoneCertificate, PhoneEnterprise, PhoneMessages, PhoneUses } from '@hufu/contracts';
import { encodeSm2Spki, nobleSm2 } from '@hufu/gm';
import { utf8 } from '@hufu/kernel';
import { ATTRIBUTE_OID, buildCertificationRequest, buildName, parseCertificate } from '@hufu/pki';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { z } from 'zod';
import { withTransaction } from '../../../src/infra/database/database.ts';
import { CODES } from '../../support/hub/hub-world.ts';
import { ID_NUMBERS } from '../../support/library/entities.ts';
import { eventually } from '../../support/phone/eventually.ts';
import { type Handset, PIN } from '../../support/phone/handset.ts';
import { DOWNLOADING, type Kept, type PhoneWorld, phoneWorld } from '../../support/phone/phone-world.ts';
import { authorise, refusalOf, signText, through } from '../../support/phone/use-key.ts';

const DAY = 86_400_000;
const UNIT = { unitName: '内蒙古青山建设工程有限公司', uscc: CODES[0] };
const sm2 = nobleSm2((length) => new Uint8Array(randomBytes(length)));

let world: PhoneWorld;
let admin: Handset;
let enterprise: PhoneEnterprise;
let kept: Kept;

beforeAll(async () => {
  world = await phoneWorld();
  admin = await world.user('13900000041', { name: '王小明', idNo: ID_NUMBERS[0] });
  enterprise = await world.administered(admin, { name: UNIT.unitName, uscc: UNIT.uscc });
  kept = await world.certified(admin, { ...UNIT, entityId: enterprise.id });
}, 120_000);
afterAll(() => world.close());

const listed = async (tab = '') =>
  (await admin.browser.call<PhoneCertificate[]>(`/api/v1/phone/certificates${tab}`)).body;
const publicKeyOf = (certificate: Uint8Array) => parseCertificate(certificate).spki.publicKey;

describe('证书管理', () => {
  test('MOB-017 what was downloaded is listed with the halves of this device', async () => {
    const [mine] = await listed('?tab=effective');
    expect(mine).toMatchObject({
      id: kept.id,
      kind: 'ENTERPRISE',
      state: 'EFFECTIVE',
      standing: 'HOLDER',
      subjectName: UNIT.unitName,
      renewable: false,
      enterprise: { id: enterprise.id, uscc: UNIT.uscc },
    });
    expect(mine!.halves.map(({ usage, state }) => `${usage} ${state}`).sort()).toEqual([
      'decrypt ACTIVE',
      'sign ACTIVE',
    ]);
    expect(await listed('?tab=ended')).toEqual([]);
  });

  test('MOB-042, OD-29 续期 is offered from thirty days before the end', async () => {
    const soon = await world.certified(admin, {
      ...UNIT,
      entityId: enterprise.id,
      validTo: Date.now() + 30 * DAY - 60_000,
    });
    const later = await world.certified(admin, {
      ...UNIT,
      entityId: enterprise.id,
      validTo: Date.now() + 31 * DAY,
    });
    const of = new Map((await listed()).map((one) => [one.id, one.renewable]));
    expect([of.get(soon.id), of.get(later.id)]).toEqual([true, false]);
  });

  test('MOB-043 an expired enterprise certificate can be applied for again, a personal one not', async () => {
    const dates = { validFrom: Date.now() - 400 * DAY, validTo: Date.now() - DAY };
    const old = await world.certified(admin, { ...UNIT, ...dates, entityId: enterprise.id });
    const own = await world.certified(admin, { ...dates, kind: '个人', uscc: null, entityId: null });
    const ended = new Map((await listed('?tab=ended')).map((one) => [one.id, one]));
    expect(ended.get(old.id)).toMatchObject({ state: 'EXPIRED', reapplicable: true, daysLeft: 0 });
    expect(ended.get(own.id)).toMatchObject({ state: 'EXPIRED', reapplicable: false });
    expect(await refusalOf(world, admin, { certificateId: old.id })).toBe('PHONE_CERTIFICATE_EXPIRED');
    expect(await refusalOf(world, admin, { certificateId: old.id, purpose: 'decrypt' })).toBeNull();
  });

  test('MOB-041 生效中 and 已失效: each certificate is under one of the two', async () => {
    const effective = await listed('?tab=effective');
    const ended = await listed('?tab=ended');
    expect(new Set(effective.map(({ state }) => state))).toEqual(new Set(['EFFECTIVE']));
    expect(ended.map(({ state }) => state)).not.toContain('EFFECTIVE');
    expect(ended.length).toBeGreaterThan(0);
    const both = [...effective, ...ended].map(({ id }) => id).sort();
    expect(both).toEqual((await listed()).map(({ id }) => id).sort());
  });

  test('MOB-030 a claim alone binds nothing: the certificate must be downloaded, to this phone', async () => {
    const claimant = await world.user('13900000047', { name: '钱小兰', idNo: '150102198806120034' });
    const form = { name: '内蒙古认领未办证有限公司', uscc: CODES[2] };
    const claimed = await world.administered(claimant, form);
    const asked = { user: world.callerOf(claimant), purpose: 'bind', scope: 'HUB' } as const;
    const usable = () => world.phone.certificates.usableBy(world.infra.database.db, asked);
    expect(await usable()).toEqual([]);
    const own = await world.certified(claimant, {
      unitName: form.name,
      uscc: form.uscc,
      entityId: claimed.id,
    });
    expect(await usable()).toMatchObject([{ certificate: { id: own.id }, problem: null }]);
  });

  test('a certificate is kept for keys that this device holds, and no others', async () => {
    const other = await world.user('13900000042', { name: '李小红', idNo: ID_NUMBERS[1] });
    const foreign = await other.key.enrol({ pin: PIN, usage: 'sign' });
    const keep = (halfId: string) =>
      withTransaction(world.infra.database, (tx) =>
        world.phone.certificates.keep(tx, {
          orderId: 'order-foreign',
          user: world.callerOf(admin),
          entityId: enterprise.id,
          kind: 'ENTERPRISE',
          authorityId: 'nmca',
          subjectName: UNIT.unitName,
          uscc: UNIT.uscc,
          signingCertificate: kept.signing,
          encryptionCertificate: null,
          halves: { sign: halfId },
          from: {},
        }),
      );
    await expect(keep(foreign.halfId)).rejects.toMatchObject({ code: 'PHONE_HALF_FOREIGN' });
    const own = await admin.key.enrol({ pin: PIN, usage: 'sign' });
    // Certified for another key than this half is of.
    await expect(keep(own.halfId)).rejects.toMatchObject({ code: 'PHONE_HALF_FOREIGN' });
  });
});

describe('using a key', () => {
  test('a signature of the two halves verifies under the certificate', async () => {
    const signature = await signText(world, admin, { certificateId: kept.id, text: '虎符' });
    expect(sm2.verify(publicKeyOf(kept.signing), utf8('虎符'), signature)).toBe(true);
    const uses = await admin.browser.call<z.infer<typeof PhoneUses>>('/api/v1/phone/uses');
    expect(uses.body.items[0]).toMatchObject({ purpose: 'login', outcome: 'DONE', scope: 'HUB' });
  });

  test('MOB-061 what was encrypted to it is opened', async () => {
    const ciphertext = sm2.encrypt(publicKeyOf(kept.encryption), utf8('a content key'));
    const { order, verdict } = await authorise(world, admin, { certificateId: kept.id, purpose: 'decrypt' });
    if (!verdict.allowed) throw new Error(verdict.code);
    const { useId, halfId } = verdict;
    const [opened] = await through(world, { handset: admin, useId }, () =>
      admin.key.decryptAll({ halfId, pin: PIN, order, ciphertexts: [ciphertext] }),
    );
    expect(opened).toEqual(utf8('a content key'));
  });

  test('without an authorised use the server carries no signature', async () => {
    const sign = (order: string) =>
      admin.key.signAll({ halfId: kept.sign, pin: PIN, order, messages: [utf8('anything')] });
    await expect(sign('scan:none')).rejects.toMatchObject({ code: 'PHONE_USE_REQUIRED' });
    await expect(sign(`order:${DOWNLOADING}`)).rejects.toMatchObject({ code: 'PHONE_USE_REQUIRED' });
  });

  test('a use is for its order, its count and its time', async () => {
    const { order, verdict } = await authorise(world, admin, { certificateId: kept.id });
    if (!verdict.allowed) throw new Error(verdict.code);
    const { useId, halfId } = verdict;
    const sign = (given: string, messages: readonly string[]) =>
      through(world, { handset: admin, useId }, () =>
        admin.key.signAll({ halfId, pin: PIN, order: given, messages: messages.map(utf8) }),
      );
    await expect(sign('scan:other', ['a'])).rejects.toMatchObject({ code: 'PHONE_USE_REQUIRED' });
    await expect(sign(order, ['a', 'b'])).rejects.toMatchObject({ code: 'PHONE_USE_REQUIRED' });
    await withTransaction(world.infra.database, (tx) =>
      world.phone.uses.close(tx, { useId, outcome: 'DONE' }),
    );
    await expect(sign(order, ['a'])).rejects.toMatchObject({ code: 'PHONE_USE_REQUIRED' });
  });

  test('MOB-016 a new key signs the request for its certificate, for an order that waits for it', async () => {
    const half = await admin.key.enrol({ pin: PIN, usage: 'sign' });
    const request = (orderId: string, publicKey: Uint8Array) =>
      requestBy(admin, { halfId: half.halfId, publicKey, orderId });
    await expect(request(DOWNLOADING, half.publicKey)).resolves.toBeInstanceOf(Uint8Array);
    await expect(request('another', half.publicKey)).rejects.toMatchObject({ code: 'PHONE_USE_REQUIRED' });
    const foreign = publicKeyOf(kept.signing);
    await expect(request(DOWNLOADING, foreign)).rejects.toMatchObject({ code: 'PHONE_USE_REQUIRED' });
  });

  test('a request that another phone signed is not carried', async () => {
    const thief = await world.user('13900000043', { name: '赵小刚', idNo: ID_NUMBERS[2] });
    await admin.key.changePin({ halfId: kept.sign, pin: PIN, newPin: PIN });
    const stolen = admin.sent.findLast(({ op }) => op === 'renew')!;
    const sent = await thief.browser.call<{ code?: string }>('/api/v1/phone/halves/renew', {
      body: stolen.request,
    });
    expect([sent.status, sent.body.code]).toEqual([403, 'PHONE_HALF_FOREIGN']);
    expect(await refusalOf(world, thief, { certificateId: kept.id })).toBe('PHONE_NOT_GRANTED');
    const seen = await thief.browser.call<{ code?: string }>(`/api/v1/phone/certificates/${kept.id}`);
    expect(seen.body.code).toBe('PHONE_UNKNOWN');
  });
});

describe('what becomes of a certificate', () => {
  const change = (id: string, state: 'EFFECTIVE' | 'HELD' | 'LOST' | 'REVOKED', keepDecryption = false) =>
    withTransaction(world.infra.database, (tx) =>
      world.phone.certificates.stateChanged(tx, { id, state, keepDecryption }),
    );
  const vaultStates = async ({ sign, decrypt }: Kept) => {
    const found = await world.halves.statuses([sign, decrypt]);
    return [sign, decrypt].map((id) => found.find(({ halfId }) => halfId === id)?.state ?? 'GONE');
  };

  test('on hold it is used for nothing, and the vault holds its halves; released, it is as before', async () => {
    await change(kept.id, 'HELD');
    expect(await refusalOf(world, admin, { certificateId: kept.id })).toBe('PHONE_CERTIFICATE_STATE');
    await eventually(
      () => vaultStates(kept),
      (states) => states.every((one) => one === 'HELD'),
    );
    await change(kept.id, 'EFFECTIVE');
    await eventually(
      () => vaultStates(kept),
      (states) => states.every((one) => one === 'ACTIVE'),
    );
    expect(await refusalOf(world, admin, { certificateId: kept.id })).toBeNull();
  });

  test('OD-31 a renewal keeps the decryption half; the former signing half is destroyed', async () => {
    const next = await world.certified(admin, {
      ...UNIT,
      entityId: enterprise.id,
      replaces: kept.id,
      keepsDecryption: { certificate: kept.encryption },
    });
    expect(await refusalOf(world, admin, { certificateId: kept.id })).toBe('PHONE_CERTIFICATE_STATE');
    expect(await refusalOf(world, admin, { certificateId: next.id, purpose: 'decrypt' })).toBeNull();
    const former = (await listed('?tab=ended')).find(({ id }) => id === kept.id);
    expect(former).toMatchObject({ state: 'REPLACED', halves: [] });
    await eventually(
      () => vaultStates(kept),
      ([sign, decrypt]) => sign !== 'ACTIVE' && decrypt === 'ACTIVE',
    );
    kept = { ...next, decrypt: kept.decrypt };
  });

  test('revoked, its halves are destroyed; those for decryption stay where a change needs them', async () => {
    await change(kept.id, 'REVOKED', true);
    await expect(change(kept.id, 'EFFECTIVE')).rejects.toMatchObject({ code: 'PHONE_CERTIFICATE_STATE' });
    expect(await refusalOf(world, admin, { certificateId: kept.id })).toBe('PHONE_CERTIFICATE_STATE');
    await eventually(
      () => vaultStates(kept),
      ([sign, decrypt]) => sign !== 'ACTIVE' && decrypt === 'ACTIVE',
    );
  });

  test('OD-29 its people are reminded 30, 7 and 1 days before the end, once each', async () => {
    const left = async (days: number) =>
      world.certified(admin, { ...UNIT, entityId: enterprise.id, validTo: Date.now() + days * DAY - 60_000 });
    const ids = [(await left(30)).id, (await left(7)).id, (await left(1)).id];
    const remind = world.phone.feature.periodic!.find(({ name }) => name === 'phone-remind')!;
    await remind.run();
    await remind.run();
    const { body } = await admin.browser.call<z.infer<typeof PhoneMessages>>(
      '/api/v1/phone/messages?pageSize=100',
    );
    const told = body.items
      .filter(
        ({ kind, facts }) => kind === 'CERTIFICATE_EXPIRES' && ids.includes(String(facts['certificateId'])),
      )
      .map(({ facts }) => facts['days']);
    expect(told.toSorted()).toEqual([1, 30, 7]);
    await admin.browser.call('/api/v1/phone/messages/read', { body: {} });
    const session = await admin.browser.call<{ unread: number }>('/api/v1/phone/session');
    expect(session.body.unread).toBe(0);
  });
});

type Request = { readonly halfId: string; readonly publicKey: Uint8Array; readonly orderId: string };

/** A certification request that the two halves sign. */
function requestBy(handset: Handset, { halfId, publicKey, orderId }: Request): Promise<Uint8Array> {
  const order = `order:${orderId}`;
  return buildCertificationRequest(
    { subject: buildName([{ oid: ATTRIBUTE_OID.commonName, text: UNIT.unitName }]) },
    {
      algorithm: 'sm2-sm3',
      publicKey: encodeSm2Spki(publicKey),
      sign: async (message) =>
        (await handset.key.signAll({ halfId, pin: PIN, order, messages: [message] }))[0]!,
    },
  );
}
