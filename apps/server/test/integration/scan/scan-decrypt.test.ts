import { type OpenedScan, readScanAddress, withPageKeyMark } from '@hufu/contracts';
import { nobleSm2 } from '@hufu/gm';
import { fromBase64, toBase64, utf8 } from '@hufu/kernel';
import { createPageKey, pageKeyMark } from '@hufu/phone-key';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { anyCode } from '../../support/library/entities.ts';
import type { DeskCertificate } from '../../support/scan/phone-desk.ts';
import { boundByPhone, find, openScan, type ScanWorld, scanWorld } from '../../support/scan/scan-world.ts';
import type { TestPhone } from '../../support/scan/test-phone.ts';

/** MOB-061: content keys of tender files, opened on the phone for the page alone. */
let world: ScanWorld;
let phone: TestPhone;
let certificate: DeskCertificate;
let browser: Awaited<ReturnType<typeof boundByPhone>>['browser'];

beforeAll(async () => {
  world = await scanWorld();
  phone = await world.phone('bidder');
  ({ certificate, browser } = await boundByPhone(world, phone, { uscc: anyCode() }));
});
afterAll(() => world.close());

const random = (length: number) => crypto.getRandomValues(new Uint8Array(length));
const sm2 = nobleSm2(random);

async function asked(keys: readonly Uint8Array[], receiver = certificate.encryptionKey) {
  const page = await createPageKey();
  const opened = await openScan(browser, {
    purpose: 'decrypt',
    pageKey: toBase64(page.publicKey),
    ciphertexts: keys.map((key, i) => ({
      title: `标段${i + 1}`,
      ciphertext: toBase64(sm2.encrypt(receiver, key)),
    })),
  });
  expect(opened.status).toBe(201);
  return { page, opened: opened.body };
}

const decrypting = ({ id, halves }: DeskCertificate) => ({ certificateId: id, halfId: halves.decrypt });

test('MOB-061 content keys are opened on the phone, and readable by the page that asked alone', async () => {
  const keys = [random(16), random(32), utf8('第三个密钥')];
  const { page, opened } = await asked(keys);
  const address = withPageKeyMark(opened.url, await pageKeyMark(page.publicKey));
  const { body: seen } = await phone.scan(address);
  expect(seen).toMatchObject({
    purpose: 'decrypt',
    state: 'READY',
    ciphertexts: [{ title: '标段1' }, {}, {}],
  });
  // The mark came by way of the screen: the phone compares it with the key that the server tells.
  expect(readScanAddress(world.base, address)?.pageKeySha256).toBe(
    await pageKeyMark(fromBase64(seen.pageKey ?? '')),
  );
  expect(await phone.giveOpened(seen, await phone.open(seen, decrypting(certificate)))).toMatchObject({
    status: 200,
    body: { state: 'DONE' },
  });
  const { result } = (await find(browser, opened.id)).body;
  const sealed = (result as { opened: { senderKey: string; iv: string; sealed: string }[] }).opened.map(
    (one) => ({
      senderKey: fromBase64(one.senderKey),
      iv: fromBase64(one.iv),
      sealed: fromBase64(one.sealed),
    }),
  );
  expect(await page.open(sealed, opened.id)).toEqual(keys);
  const { rows } = await world.infra.database.pool.query(
    `select result::text as text from scan_session where id = $1`,
    [opened.id],
  );
  expect(rows[0].text).not.toContain(toBase64(keys[0] ?? new Uint8Array()));
  const stranger = await createPageKey();
  await expect(stranger.open(sealed, opened.id)).rejects.toMatchObject({ code: 'PHONE_PARCEL_INVALID' });
});

test('MOB-061, OD-31 a file that was encrypted to another certificate is not opened by this one', async () => {
  const other = await world.certify(phone, { uscc: anyCode() });
  const { opened } = await asked([random(16)], other.encryptionKey);
  const { body: seen } = await phone.scan(opened.url);
  await expect(phone.open(seen, decrypting(certificate))).rejects.toMatchObject({
    code: 'PHONE_CIPHERTEXT',
  });
  expect((await find(browser, opened.id)).body.result).toBeNull();
});

test('the vault’s journal tells of the files that the page named: a phone that names others is stopped', async () => {
  const { opened } = await asked([random(16)]);
  const { body: seen } = await phone.scan(opened.url);
  const other = await asked([random(16)]);
  const { body: elsewhere } = await phone.scan(other.opened.url);
  const lying = { ...seen, ciphertexts: elsewhere.ciphertexts };
  await expect(phone.open(lying, decrypting(certificate))).rejects.toMatchObject({
    code: 'SCAN_OTHER_MESSAGE',
  });
});

test('MOB-050 a grant that was taken away opens nothing', async () => {
  const { opened } = await asked([random(16)]);
  const { body: seen } = await phone.scan(opened.url);
  world.phones.closed.set(certificate.id, 'PHONE_NOT_GRANTED');
  await expect(phone.open(seen, decrypting(certificate))).rejects.toMatchObject({
    code: 'PHONE_NOT_GRANTED',
  });
  world.phones.closed.clear();
});

test('MOB-061 the phone’s own app checks that it decrypts: without a login of the enterprise, and in its own browser', async () => {
  const [content, page] = [random(16), await createPageKey()];
  const ciphertext = toBase64(sm2.encrypt(certificate.encryptionKey, content));
  const order = {
    purpose: 'decrypt',
    pageKey: toBase64(page.publicKey),
    ciphertexts: [{ title: '检查', ciphertext }],
  };
  expect(await phone.browser.call('/api/v1/scan/sessions', { body: order })).toMatchObject({
    status: 401,
    body: { code: 'SCAN_PAGE_SESSION' },
  });
  const opened = await phone.call<OpenedScan>('/api/v1/scan/sessions', order);
  const { body: seen } = await phone.scan(opened.body.url);
  expect(seen).toMatchObject({ purpose: 'decrypt', state: 'READY', code: null });
  expect(await phone.open(seen, decrypting(certificate))).toEqual([content]);
  // Shown to another phone, the same code opens nothing before its digits are typed into the page that asks.
  const elsewhere = await phone.call<OpenedScan>('/api/v1/scan/sessions', order);
  const other = await world.phone('someone');
  expect((await other.scan(elsewhere.body.url)).body).toMatchObject({
    state: 'SCANNED',
    code: expect.stringMatching(/^\d{4}$/),
  });
});
