import { afterAll, beforeAll, expect, test } from 'vitest';
import { ID_NUMBERS } from '../../support/library/entities.ts';
import { type PhoneWorld, phoneWorld } from '../../support/phone/phone-world.ts';

const START = Date.parse('2026-11-21T02:00:00Z');
const clock = { at: START, now: () => clock.at };
const MINUTE = 60_000;

let world: PhoneWorld;
beforeAll(async () => {
  world = await phoneWorld({ clock });
}, 60_000);
afterAll(() => world.close());

const sendCode = (mobile: string) =>
  world.browser().call<{ code?: string; fields?: { retryAfter?: number } }>('/api/v1/phone/login-codes', {
    body: { mobile },
  });
const tryCode = (mobile: string, code: string) =>
  world.browser().call<{ code?: string }>('/api/v1/phone/logins', { body: { mobile, code } });
const wrong = (code: string) => String((Number(code) + 1) % 1_000_000).padStart(6, '0');

test('MOB-002 logs in with the code of the message, once', async () => {
  const mobile = '13900000001';
  const handset = await world.handset();
  const session = await world.logIn(handset, mobile);
  expect(session).toMatchObject({ mobileMasked: '139****0001', verified: false, name: null, device: null });
  const again = await tryCode(mobile, await world.codeFor(mobile));
  expect([again.status, again.body.code]).toEqual([422, 'PHONE_CODE_WRONG']);
});

test('MOB-002 a wrong code counts: after five the right one is none any more', async () => {
  const mobile = '13900000002';
  await sendCode(mobile);
  const code = await world.codeFor(mobile);
  for (let i = 0; i < 5; i += 1) expect((await tryCode(mobile, wrong(code))).status).toBe(422);
  expect((await tryCode(mobile, code)).body.code).toBe('PHONE_CODE_WRONG');
});

test('MOB-002 a code ends after five minutes', async () => {
  const mobile = '13900000003';
  await sendCode(mobile);
  const code = await world.codeFor(mobile);
  clock.at += 5 * MINUTE;
  expect((await tryCode(mobile, code)).body.code).toBe('PHONE_CODE_WRONG');
});

test('MOB-002 a number gets one code a minute and ten a day, however many ask at once', async () => {
  const mobile = '13900000004';
  const both = await Promise.all([sendCode(mobile), sendCode(mobile)]);
  expect(both.map(({ status }) => status).sort()).toEqual([202, 429]);
  const refused = both.find(({ status }) => status === 429)!;
  expect(refused.body).toMatchObject({ code: 'PHONE_CODE_TOO_SOON', fields: { retryAfter: 60 } });
  for (let i = 1; i < 10; i += 1) {
    clock.at += MINUTE;
    expect((await sendCode(mobile)).status).toBe(202);
  }
  clock.at += MINUTE;
  expect((await sendCode(mobile)).body.code).toBe('PHONE_CODE_TOO_MANY');
  expect((await sendCode('13900000005')).status).toBe(202);
});

test('the number stands nowhere in clear, nor does the code', async () => {
  const { rows } = await world.infra.database.pool.query<{ text: string }>(
    `select u::text as text from phone_user u union all select c::text from phone_login_code c
     union all select j.payload::text from job j`,
  );
  const all = rows.map(({ text }) => text).join('\n');
  expect(all).not.toMatch(/1390000000\d/);
  expect(all).toMatch(/139\*\*\*\*0001/);
  expect(world.infra.logged.join('\n')).not.toMatch(/1390000000\d/);
});

test('a page forgets after an hour, a device stays; logging out ends it', async () => {
  const page = await world.handset();
  await world.logIn(page, '13900000006');
  const device = await world.handset();
  await world.logIn(device, '13900000007');
  expect((await device.present()).status).toBe(200);
  clock.at += 61 * MINUTE;
  expect((await page.browser.call('/api/v1/phone/session')).status).toBe(401);
  expect((await device.browser.call('/api/v1/phone/session')).status).toBe(200);
  await device.browser.call('/api/v1/phone/session', { method: 'DELETE' });
  expect((await device.browser.call('/api/v1/phone/session')).status).toBe(401);
});

test('MOB-003 what needs a real name says so until it is proved', async () => {
  const handset = await world.handset();
  await world.logIn(handset, '13900000008');
  const form = { name: '内蒙古青山建设工程有限公司', uscc: '91150102MA0N00016G' };
  const before = await handset.browser.call<{ code?: string }>('/api/v1/phone/claims', { body: form });
  expect([before.status, before.body.code]).toEqual([403, 'PHONE_REAL_NAME_REQUIRED']);
  expect(await world.verify(handset, { name: '王小明', idNo: ID_NUMBERS[0] })).toBe('/phone/#/real-name');
  expect(handset.session).toMatchObject({ verified: true, name: '王小明' });
  expect((await handset.browser.call('/api/v1/phone/claims', { body: form })).status).toBe(201);
});

test('MOB-003 one account per person, one person per account', async () => {
  const other = await world.handset();
  await world.logIn(other, '13900000009');
  expect(await world.verify(other, { name: '王小明', idNo: ID_NUMBERS[0] })).toContain(
    'PHONE_REAL_NAME_TAKEN',
  );
  expect(await world.verify(other, { name: '李小红', idNo: ID_NUMBERS[1] })).toBe('/phone/#/real-name');
  expect(await world.verify(other, { name: '王小明', idNo: ID_NUMBERS[0] })).toContain(
    'PHONE_REAL_NAME_OTHER',
  );
  expect(other.session?.name).toBe('李小红');
});

test('MOB-003 an answer for another session, or a second time, proves nothing', async () => {
  const [one, two] = [await world.handset(), await world.handset()];
  await world.logIn(one, '13900000010');
  await world.logIn(two, '13900000011');
  const left = await one.browser.call<{ redirectTo: string }>('/api/v1/phone/real-names', { body: {} });
  const state = new URL(left.body.redirectTo).searchParams.get('state')!;
  const back = await two.browser.call(
    `/api/v1/phone/real-names/callback?${new URLSearchParams({ code: 'x', state })}`,
  );
  expect(back.headers.get('location')).toContain('PHONE_REAL_NAME_FAILED');
});
