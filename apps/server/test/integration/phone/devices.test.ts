import type { EnterprisePhone, PhoneDevice, PhoneEnterprise, PhoneMessages } from '@hufu/contracts';
import { utf8 } from '@hufu/kernel';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { z } from 'zod';
import { boundHolder, CODES } from '../../support/hub/hub-world.ts';
import { ID_NUMBERS, registered } from '../../support/library/entities.ts';
import { eventually } from '../../support/phone/eventually.ts';
import { type Handset, PIN } from '../../support/phone/handset.ts';
import { type Kept, type PhoneWorld, phoneWorld } from '../../support/phone/phone-world.ts';
import { authorise, refusalOf, signText, through } from '../../support/phone/use-key.ts';

type Refused = { code?: string };
const START = Date.parse('2026-11-21T02:00:00Z');
const clock = { at: START, now: () => clock.at };
const MOBILE = '13900000061';
const WHO = { name: '王小明', idNo: ID_NUMBERS[0] };
const UNIT = { unitName: '内蒙古测试建设有限公司', uscc: CODES[0] };

let world: PhoneWorld;
let lost: Handset;
let other: Handset;
let enterprise: PhoneEnterprise;
let kept: Kept;

/** The same person on another phone. */
async function another(): Promise<Handset> {
  clock.at += 61_000;
  const handset = await world.handset();
  await world.logIn(handset, MOBILE);
  return handset;
}

beforeAll(async () => {
  world = await phoneWorld({ clock });
  lost = await world.user(MOBILE, WHO);
  enterprise = await world.administered(lost, { name: UNIT.unitName, uscc: UNIT.uscc });
  kept = await world.certified(lost, { ...UNIT, entityId: enterprise.id });
  other = await another();
  await other.present('另一台手机');
}, 120_000);
afterAll(() => world.close());

const devicesOf = async (handset: Handset) =>
  (await handset.browser.call<PhoneDevice[]>('/api/v1/phone/devices')).body;
const act = (handset: Handset, id: string, what: 'freeze' | 'thaw') =>
  handset.browser.call<PhoneDevice & Refused>(`/api/v1/phone/devices/${id}/${what}`, {
    body: what === 'freeze' ? { reason: '手机遗失' } : {},
  });
const halfState = (id: string, wanted: string) =>
  eventually(
    () => world.halves.statuses([id]),
    ([half]) => (half?.state ?? 'DESTROYED') === wanted,
  );
const mine = () => refusalOf(world, lost, { certificateId: kept.id });

describe('a device', () => {
  test('proves its keys within the session, or is none', async () => {
    const form = await other.deviceForm('假手机', { sessionId: 'another-session' });
    const stolen = await other.browser.call<Refused>('/api/v1/phone/devices', { body: form });
    expect([stolen.status, stolen.body.code]).toEqual([422, 'PHONE_DEVICE_PROOF']);
  });

  test('is of one account', async () => {
    const thief = await world.handset();
    await world.logIn(thief, '13900000062');
    // Another account shows the keys of this device, properly signed for its own session.
    const former = lost.session;
    lost.session = thief.session;
    const form = await lost.deviceForm('测试手机');
    lost.session = former;
    const shown = await thief.browser.call<Refused>('/api/v1/phone/devices', { body: form });
    expect([shown.status, shown.body.code]).toEqual([409, 'PHONE_DEVICE_TAKEN']);
  });

  test('is recognised at the next login, named, and listed', async () => {
    clock.at += 61_000;
    const before = lost.deviceId;
    await world.logIn(lost, MOBILE);
    expect(lost.session?.device).toBeNull();
    expect((await lost.present()).status).toBe(200);
    expect(lost.deviceId).toBe(before);
    const renamed = await other.browser.call<PhoneDevice>(`/api/v1/phone/devices/${before}`, {
      method: 'PATCH',
      body: { name: '我的手机' },
    });
    expect(renamed.body.name).toBe('我的手机');
    const listed = await devicesOf(lost);
    expect(listed.map(({ name, current, certificates }) => [name, current, certificates])).toEqual([
      ['我的手机', true, 1],
      ['另一台手机', false, 0],
    ]);
  });
});

describe('a lost phone', () => {
  test('is frozen from another one: nothing is done with it, by server and vault', async () => {
    expect(await mine()).toBeNull();
    const { order, verdict } = await authorise(world, lost, { certificateId: kept.id });
    expect((await act(other, lost.deviceId, 'freeze')).body.state).toBe('FROZEN');
    expect(await mine()).toBe('PHONE_DEVICE_REQUIRED');
    expect((await lost.browser.call('/api/v1/phone/session')).status).toBe(401);
    await halfState(kept.sign, 'HELD');
    if (!verdict.allowed) throw new Error(verdict.code);
    const { useId, halfId } = verdict;
    const late = through(world, { handset: lost, useId }, () =>
      lost.key.signAll({ halfId, pin: PIN, order, messages: [utf8('late')] }),
    );
    await expect(late).rejects.toMatchObject({ code: 'PHONE_DEVICE_REQUIRED' });
  });

  test('cannot be released by whoever has it in hand', async () => {
    clock.at += 61_000;
    await world.logIn(lost, MOBILE);
    expect((await lost.present()).status).toBe(200);
    expect(lost.session?.device?.state).toBe('FROZEN');
    const { id } = lost.session!.device!;
    expect((await act(lost, id, 'thaw')).body.code).toBe('PHONE_DEVICE_THAW');
    const removed = await lost.browser.call<Refused>(`/api/v1/phone/devices/${id}`, { method: 'DELETE' });
    expect(removed.body.code).toBe('PHONE_DEVICE_REQUIRED');
    expect(await mine()).toBe('PHONE_DEVICE_REQUIRED');
  });

  test('is released from another one, or by a name that was proved just now', async () => {
    const id = lost.session!.device!.id;
    expect((await act(other, id, 'thaw')).body.state).toBe('ACTIVE');
    expect((await act(other, id, 'thaw')).body.code).toBe('PHONE_DEVICE_STATE');
    await halfState(kept.sign, 'ACTIVE');
    expect(await mine()).toBeNull();

    await act(other, id, 'freeze');
    clock.at += 61_000;
    await world.logIn(lost, MOBILE);
    await lost.present();
    expect(await world.verify(lost, WHO)).toBe('/phone/#/real-name');
    clock.at += 11 * 60_000;
    expect((await act(lost, id, 'thaw')).body.code).toBe('PHONE_DEVICE_THAW');
    await world.verify(lost, WHO);
    expect((await act(lost, id, 'thaw')).body.state).toBe('ACTIVE');
    expect(await mine()).toBeNull();
  });

  test('is nobody else’s to freeze', async () => {
    const stranger = await world.user('13900000063', { name: '李小红', idNo: ID_NUMBERS[1] });
    expect((await act(stranger, lost.deviceId, 'freeze')).body.code).toBe('PHONE_UNKNOWN');
  });
});

describe('the enterprise’s phones on the web', () => {
  test('the primary key of the hub freezes the enterprise’s halves, and nobody else’s', async () => {
    const { browser } = await boundHolder(world, { holder: UNIT });
    const phones = await browser.call<EnterprisePhone[]>('/api/v1/hub/enterprise/phones');
    expect(phones.body).toMatchObject([
      { id: lost.deviceId, role: 'ADMIN', state: 'ACTIVE', personMasked: '王**' },
    ]);
    const own = await world.certified(lost, { kind: '个人', uscc: null, entityId: null });
    const frozen = await browser.call<EnterprisePhone>(
      `/api/v1/hub/enterprise/phones/${lost.deviceId}/freeze`,
      { body: { reason: '员工手机遗失' } },
    );
    expect(frozen.body.state).toBe('FROZEN');
    expect(await mine()).toBe('PHONE_DEVICE_FROZEN');
    expect(await refusalOf(world, lost, { certificateId: own.id })).toBeNull();
    await halfState(kept.sign, 'HELD');
    // Neither does the person’s own release undo it.
    await act(other, lost.deviceId, 'freeze');
    await act(other, lost.deviceId, 'thaw');
    expect(await mine()).toBe('PHONE_DEVICE_FROZEN');
    const thawed = await browser.call<EnterprisePhone>(
      `/api/v1/hub/enterprise/phones/${lost.deviceId}/thaw`,
      {
        body: {},
      },
    );
    expect(thawed.body.state).toBe('ACTIVE');
    expect(await mine()).toBeNull();
  });

  test('another enterprise sees and freezes none of it', async () => {
    const foreign = await boundHolder(world, { holder: { uscc: CODES[1] } });
    expect((await foreign.browser.call<unknown[]>('/api/v1/hub/enterprise/phones')).body).toEqual([]);
    const frozen = await foreign.browser.call<Refused>(
      `/api/v1/hub/enterprise/phones/${lost.deviceId}/freeze`,
      { body: { reason: '无关' } },
    );
    expect([frozen.status, frozen.body.code]).toEqual([404, 'PHONE_UNKNOWN']);
  });

  test('the primary key of the library likewise', async () => {
    const { browser } = await registered(world, UNIT);
    const freeze = await browser.call<EnterprisePhone>(`/api/v1/library/phones/${lost.deviceId}/freeze`, {
      body: { reason: '员工手机遗失' },
    });
    expect(freeze.body.state).toBe('FROZEN');
    expect(await mine()).toBe('PHONE_DEVICE_FROZEN');
    await browser.call(`/api/v1/library/phones/${lost.deviceId}/thaw`, { body: {} });
    expect(await mine()).toBeNull();
  });
});

describe('ends', () => {
  test('OD-38 wrong PINs are counted by the vault; at the end the certificate is out of use on this phone', async () => {
    clock.at += 61_000;
    await world.logIn(lost, MOBILE);
    await lost.present();
    const { sign, decrypt, id } = await world.certified(lost, { ...UNIT, entityId: enterprise.id });
    const guess = (pin: string) => signText(world, lost, { certificateId: id, text: 'x', pin });
    for (let i = 0; i < 10; i += 1) await expect(guess('000000')).rejects.toThrow();
    await expect(guess(PIN)).rejects.toThrow();
    await halfState(sign, 'LOCKED');
    // Ten tries in all: the other key of the certificate, which the same entry opens, has none of its own.
    await halfState(decrypt, 'LOCKED');
    await expect(guess(PIN)).rejects.toThrow('PHONE_PIN_LOCKED');
    const { body } = await other.browser.call<z.infer<typeof PhoneMessages>>('/api/v1/phone/messages');
    expect(body.items.some(({ kind }) => kind === 'PIN_LOCKED')).toBe(true);
  });

  test('a device that is removed has its halves destroyed', async () => {
    const { deviceId } = lost;
    const removed = await other.browser.call(`/api/v1/phone/devices/${deviceId}`, { method: 'DELETE' });
    expect(removed.status).toBe(204);
    await halfState(kept.sign, 'DESTROYED');
    await halfState(kept.decrypt, 'DESTROYED');
    expect((await devicesOf(other)).map(({ id }) => id)).not.toContain(deviceId);
    expect((await lost.browser.call('/api/v1/phone/session')).status).toBe(401);
  });
});
