import { readScanAddress } from '@hufu/contracts';
import { fixedClock, toBase64, utf8 } from '@hufu/kernel';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { anyCode } from '../../support/library/entities.ts';
import type { DeskCertificate } from '../../support/scan/phone-desk.ts';
import {
  boundByPhone,
  find,
  openAct,
  openScan,
  ready,
  type ScanWorld,
  scanWorld,
  type as typed,
  usedBy,
} from '../../support/scan/scan-world.ts';
import { messagesOf, type TestPhone } from '../../support/scan/test-phone.ts';

/** What goes wrong, by accident or on purpose, between a QR code and its result. */
const clock = fixedClock(Date.now());
let world: ScanWorld;
let phone: TestPhone;
let certificate: DeskCertificate;

beforeAll(async () => {
  world = await scanWorld({ clock });
  phone = await world.phone('holder');
  ({ certificate } = await boundByPhone(world, phone, { uscc: anyCode() }));
});
beforeEach(() => {
  world.phones.closed.clear();
  world.phones.meanwhile = async () => {};
  world.phones.tamper = (answer) => answer;
  phone.change = (request) => request;
});
afterAll(() => world.close());

const wrongCode = (right: string) => String((Number(right) + 1) % 10_000).padStart(4, '0');
const state = async (browser: ReturnType<ScanWorld['browser']>, id: string) =>
  (await find(browser, id)).body.state;

test('a screenshot that is relayed to another browser is useless: the result belongs to the browser that asked', async () => {
  const victim = world.browser();
  const { opened, seen } = await ready(victim, phone);
  await phone.give(seen, await phone.sign(seen, usedBy(certificate)));
  const thief = world.browser();
  await openAct(thief, 'login');
  for (const path of ['', '/events']) {
    const answer = await thief.call(`/api/v1/scan/sessions/${opened.id}${path}`);
    expect(answer).toMatchObject({ status: 404, body: { code: 'SCAN_UNKNOWN' } });
  }
  expect((await typed(thief, opened.id, '0000')).status).toBe(404);
  const cancelled = await thief.call(`/api/v1/scan/sessions/${opened.id}`, { method: 'DELETE' });
  expect(cancelled.status).toBe(404);
  const { result } = (await find(victim, opened.id)).body;
  const proof = (result as { proof: unknown }).proof;
  // The proof itself, stolen, is bound to the same browser.
  expect((await thief.call('/api/v1/hub/logins', { body: proof })).status).toBe(403);
});

test('a code that was shown elsewhere waits for the four digits: without them nothing can be confirmed', async () => {
  const attacker = world.browser();
  const opened = await openAct(attacker, 'login');
  const { body: seen } = await phone.scan(opened.url);
  await expect(phone.sign(seen, usedBy(certificate))).rejects.toMatchObject({ code: 'SCAN_CODE_PENDING' });
  expect(seen.code).toMatch(/^\d{4}$/);
  for (const left of [2, 1]) {
    expect(await typed(attacker, opened.id, wrongCode(seen.code ?? ''))).toMatchObject({
      status: 422,
      body: { code: 'SCAN_CODE_WRONG' },
    });
    expect((await find(attacker, opened.id)).body.triesLeft).toBe(left);
  }
  expect(await typed(attacker, opened.id, wrongCode(seen.code ?? ''))).toMatchObject({
    status: 409,
    body: { code: 'SCAN_CODE_SPENT' },
  });
  // The third wrong code closed it: the right one comes too late.
  expect((await typed(attacker, opened.id, seen.code ?? '')).status).toBe(409);
  expect(await state(attacker, opened.id)).toBe('FAILED');
});

test('the phone’s own browser needs no code: page and phone hold the same cookie', async () => {
  const own = await world.phone('same-device');
  const opened = await openAct(own.browser, 'login');
  const { body: seen } = await own.scan(opened.url);
  expect(seen).toMatchObject({ state: 'READY', code: null });
});

test('two phones on one code: the second one is told, the first goes on', async () => {
  const browser = world.browser();
  const opened = await openAct(browser, 'login');
  await phone.scan(opened.url);
  const second = await world.phone('second');
  expect(await second.scan(opened.url)).toMatchObject({ status: 409, body: { code: 'SCAN_TAKEN' } });
  expect((await second.call(`/api/v1/phone/scans/${opened.id}`)).status).toBe(404);
  expect((await second.call(`/api/v1/phone/scans/${opened.id}/refuse`, {})).status).toBe(404);
  // The same phone, its page loaded again, reads the same scan.
  expect(await phone.scan(opened.url)).toMatchObject({ status: 200, body: { id: opened.id } });
});

test('two phones at the same moment: one of them', async () => {
  const opened = await openAct(world.browser(), 'login');
  const second = await world.phone('at-once');
  const both = await Promise.all([phone.scan(opened.url), second.scan(opened.url)]);
  expect(both.map(({ status }) => status).sort()).toEqual([200, 409]);
});

test('a QR code expires after 90 s, and 120 s after it was scanned; neither can be used any more', async () => {
  const browser = world.browser();
  const unread = await openAct(browser, 'login');
  clock.advance(90_000);
  expect(await phone.scan(unread.url)).toMatchObject({ status: 410, body: { code: 'SCAN_EXPIRED' } });
  expect((await find(browser, unread.id)).body).toMatchObject({
    state: 'EXPIRED',
    remainingMs: 0,
    problem: { code: 'SCAN_EXPIRED' },
  });
  const { opened, seen } = await ready(browser, phone);
  clock.advance(119_000);
  expect(await state(browser, opened.id)).toBe('READY');
  clock.advance(1_000);
  await expect(phone.sign(seen, usedBy(certificate))).rejects.toMatchObject({ code: 'SCAN_EXPIRED' });
});

test('a code serves once', async () => {
  const browser = world.browser();
  const { opened, seen } = await ready(browser, phone);
  const signatures = await phone.sign(seen, usedBy(certificate));
  expect(await phone.give(seen, signatures)).toMatchObject({ status: 200, body: { state: 'DONE' } });
  // Told again, because the answer was lost: nothing changes.
  expect(await phone.give(seen, signatures)).toMatchObject({ status: 200, body: { state: 'DONE' } });
  await expect(phone.sign(seen, usedBy(certificate))).rejects.toMatchObject({ code: 'SCAN_STATE' });
  const { result } = (await find(browser, opened.id)).body;
  const proof = (result as { proof: unknown }).proof;
  expect((await browser.call('/api/v1/hub/logins', { body: proof })).status).toBe(201);
  expect((await browser.call('/api/v1/hub/logins', { body: proof })).status).toBe(409);
});

test('a QR code of another system, or of another installation, is not one of ours', async () => {
  const token = 'A'.repeat(43);
  for (const text of [
    'https://example.com/',
    `https://evil.example/phone/#/scan/${token}`,
    `${world.base}.evil.example/phone/#/scan/${token}`,
    `${world.base}/phone/#/scan/short`,
    `${world.base}/phone/#/scan/${token}/more`,
  ]) {
    expect(readScanAddress(world.base, text)).toBeUndefined();
  }
  expect(readScanAddress(`${world.base}/`, `${world.base}/phone/#/scan/${token}`)).toEqual({ token });
  expect(await phone.scan(`${world.base}/phone/#/scan/${token}`)).toMatchObject({
    status: 404,
    body: { code: 'SCAN_UNKNOWN' },
  });
});

test('the page cancels while the PIN is being entered: the vault’s answer is not given out, and nothing was signed', async () => {
  const browser = world.browser();
  const { opened, seen } = await ready(browser, phone);
  world.phones.meanwhile = async () => {
    await browser.call(`/api/v1/scan/sessions/${opened.id}`, { method: 'DELETE' });
  };
  await expect(phone.sign(seen, usedBy(certificate))).rejects.toMatchObject({ code: 'SCAN_CANCELLED' });
  expect((await find(browser, opened.id)).body).toMatchObject({ state: 'CANCELLED', result: null });
  expect(world.phones.recorded.at(-1)?.outcome).toBe('FAILED');
});

test('the person refuses: the page is told, and the phone cannot change its mind', async () => {
  const browser = world.browser();
  const { opened, seen } = await ready(browser, phone);
  for (const _ of [1, 2]) {
    expect((await phone.call(`/api/v1/phone/scans/${seen.id}/refuse`, {})).status).toBe(204);
  }
  expect((await find(browser, opened.id)).body).toMatchObject({
    state: 'REFUSED',
    problem: { code: 'SCAN_REFUSED' },
  });
  await expect(phone.sign(seen, usedBy(certificate))).rejects.toMatchObject({ code: 'SCAN_REFUSED' });
});

test('phone offline after the vault answered: the scan expires, its use is closed, and the next one works', async () => {
  const browser = world.browser();
  const { opened, seen } = await ready(browser, phone);
  await phone.sign(seen, usedBy(certificate));
  expect(await state(browser, opened.id)).toBe('CONFIRMED');
  clock.advance(121_000);
  const { opened: next, seen: again } = await ready(browser, phone);
  expect(await state(browser, opened.id)).toBe('EXPIRED');
  expect((await phone.give(seen, [utf8('x'.repeat(70))])).status).toBeGreaterThanOrEqual(400);
  await phone.give(again, await phone.sign(again, usedBy(certificate)));
  expect(await state(browser, next.id)).toBe('DONE');
});

test('the vault’s answer was lost: the phone asks again within the scan', async () => {
  const browser = world.browser();
  const { opened, seen } = await ready(browser, phone);
  const fetchOnce = phone.browser.call.bind(phone.browser);
  let lost = true;
  phone.browser.call = async (path, send) => {
    const answer = await fetchOnce(path, send);
    if (lost && path.endsWith('/confirm')) {
      lost = false;
      throw new Error('offline');
    }
    return answer as never;
  };
  await expect(phone.sign(seen, usedBy(certificate))).rejects.toThrow('offline');
  await phone.give(seen, await phone.sign(seen, usedBy(certificate)));
  phone.browser.call = fetchOnce as never;
  expect(await state(browser, opened.id)).toBe('DONE');
});

test('wrong PINs are counted by the vault, and a scan gives five tries at most', async () => {
  const own = await world.phone('forgetful');
  const mine = await world.certify(own, { uscc: anyCode() });
  const { seen } = await ready(world.browser(), own);
  for (const left of [9, 8, 7, 6, 5]) {
    await expect(own.sign(seen, { ...usedBy(mine), pin: '000000' })).rejects.toMatchObject({
      code: 'PHONE_PIN_WRONG',
      fields: { triesLeft: left },
    });
  }
  await expect(own.sign(seen, { ...usedBy(mine), pin: '000000' })).rejects.toMatchObject({
    code: 'SCAN_TOO_MANY_TRIES',
  });
});

test('the grant was removed, or the certificate revoked, between scan and confirmation: refused as things are now', async () => {
  const { seen } = await ready(world.browser(), phone);
  expect(seen.certificates.find(({ id }) => id === certificate.id)?.problem).toBeNull();
  world.phones.closed.set(certificate.id, 'PHONE_NOT_GRANTED');
  await expect(phone.sign(seen, usedBy(certificate))).rejects.toMatchObject({ code: 'PHONE_NOT_GRANTED' });
  const { body } = await phone.call(`/api/v1/phone/scans/${seen.id}`);
  expect(body.certificates.find(({ id }) => id === certificate.id)?.problem?.code).toBe('PHONE_NOT_GRANTED');

  const own = await world.phone('revoked');
  const revoked = await world.certify(own, { uscc: anyCode() });
  const later = await ready(world.browser(), own);
  world.home.revoke({ serial: revoked.serialNumber } as never);
  await world.trust.desk.refresh('nmca');
  await expect(own.sign(later.seen, usedBy(revoked))).rejects.toMatchObject({ code: 'CERTIFICATE_REVOKED' });
});

test('what the phone asks the vault to sign must be what the page asked for, byte for byte', async () => {
  const browser = world.browser();
  const { opened, seen } = await ready(browser, phone);
  const right = messagesOf(seen, certificate.fingerprint);
  for (const messages of [[utf8('another message')], [...right, ...right], [utf8('x'), ...right]]) {
    await expect(phone.sign(seen, { ...usedBy(certificate), messages })).rejects.toMatchObject({
      code: 'SCAN_OTHER_MESSAGE',
    });
  }
  const other = await ready(browser, phone);
  await expect(
    phone.sign(seen, { ...usedBy(certificate), messages: messagesOf(other.seen, certificate.fingerprint) }),
  ).rejects.toMatchObject({ code: 'SCAN_OTHER_MESSAGE' });
  expect(await state(browser, opened.id)).toBe('READY');
});

test('a server that changes the device’s request is found out by the vault', async () => {
  const { seen } = await ready(world.browser(), phone);
  phone.change = ({ body, signature }) => {
    const first = signature.startsWith('A') ? 'B' : 'A';
    return { body, signature: `${first}${signature.slice(1)}` };
  };
  await expect(phone.sign(seen, usedBy(certificate))).rejects.toMatchObject({
    code: 'PHONE_DEVICE_SIGNATURE',
  });
});

test('signatures that do not verify never reach the page', async () => {
  const browser = world.browser();
  const { opened, seen } = await ready(browser, phone);
  const [signature = new Uint8Array()] = await phone.sign(seen, usedBy(certificate));
  const bent = signature.slice();
  bent[bent.length - 1] = (bent.at(-1) ?? 0) ^ 1;
  for (const outcome of [
    { signatures: [toBase64(bent)] },
    { signatures: [toBase64(signature), toBase64(signature)] },
    {
      opened: [
        {
          senderKey: toBase64(new Uint8Array(65)),
          iv: toBase64(new Uint8Array(12)),
          sealed: toBase64(new Uint8Array(40)),
        },
      ],
    },
  ]) {
    expect(await phone.finish(seen, outcome)).toMatchObject({
      status: 422,
      body: { code: 'SCAN_SIGNATURE' },
    });
  }
  expect((await find(browser, opened.id)).body).toMatchObject({ state: 'CONFIRMED', result: null });
  expect((await phone.give(seen, [signature])).status).toBe(200);
});

test('a phone can finish nothing that the vault has not answered', async () => {
  const { seen } = await ready(world.browser(), phone);
  expect((await phone.give(seen, [new Uint8Array(70)])).status).toBe(409);
});

test('nobody scans without a session of the app, and no page opens a scan for another browser’s challenge', async () => {
  const browser = world.browser();
  const opened = await openAct(browser, 'login');
  const { token } = readScanAddress(world.base, opened.url) ?? {};
  expect((await browser.call('/api/v1/phone/scans', { body: { token } })).status).toBe(401);
  const nowhere = await world.phone('no-device', '');
  expect(await nowhere.scan(opened.url)).toMatchObject({
    status: 403,
    body: { code: 'PHONE_DEVICE_REQUIRED' },
  });
  const challenge = await browser.call<{ challengeId: string }>('/api/v1/hub/challenges', {
    body: { act: 'login' },
  });
  const stranger = await openScan(world.browser(), {
    purpose: 'login',
    challengeId: challenge.body.challengeId,
  });
  expect(stranger).toMatchObject({ status: 409, body: { code: 'SCAN_STATE' } });
});

test('documents and ciphertexts need a page that is logged in', async () => {
  const browser = world.browser();
  expect(await openScan(browser, { purpose: 'sign-documents', preparationId: 'p' })).toMatchObject({
    status: 401,
    body: { code: 'SCAN_PAGE_SESSION' },
  });
  const pageKey = toBase64(new Uint8Array(65));
  const ciphertexts = [{ title: '标书', ciphertext: toBase64(new Uint8Array(100)) }];
  expect((await openScan(browser, { purpose: 'decrypt', ciphertexts, pageKey })).status).toBe(401);
});

test('a browser that opens many codes gives its oldest ones up', async () => {
  const browser = world.browser();
  const first = await openAct(browser, 'login');
  for (let i = 0; i < 5; i += 1) {
    clock.advance(1);
    await openAct(browser, 'login');
  }
  expect(await state(browser, first.id)).toBe('CANCELLED');
  expect((await phone.scan(first.url)).status).toBe(409);
});
