import type { Preparation } from '@hufu/contracts';
import { fromBase64 } from '@hufu/kernel';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type BoundHolder, boundHolder, CODES, operators } from '../../support/hub/hub-world.ts';
import { anyCode } from '../../support/library/entities.ts';
import type { DeskCertificate } from '../../support/scan/phone-desk.ts';
import {
  boundByPhone,
  find,
  openScan,
  type ScanWorld,
  scanWorld,
  usedBy,
} from '../../support/scan/scan-world.ts';
import type { TestPhone } from '../../support/scan/test-phone.ts';
import { plainPdf } from '../../support/signing/pdf.ts';
import {
  applySeal,
  finish,
  issueSeal,
  openTask,
  place,
  prepare,
  type Sealer,
  settled,
  submit,
  taskOf,
} from '../../support/signing/signing-world.ts';

/** 手机扫码签章 (SIGN-003 … SIGN-005, MOB-060). */
let world: ScanWorld;
let phone: TestPhone;
let certificate: DeskCertificate;
let holder: Sealer;

/** The signing helpers know their holder by a browser; the phone has the key. */
const byBrowser = (browser: BoundHolder['browser']): BoundHolder => ({ browser, key: undefined as never });

beforeAll(async () => {
  world = await scanWorld();
  const [clerk, reviewer] = await operators(world, [['clerk'], ['reviewer']] as const);
  phone = await world.phone('sealer');
  const bound = await boundByPhone(world, phone, { uscc: anyCode(), unitName: '扫码签章有限公司' });
  certificate = bound.certificate;
  const applied = await applySeal(byBrowser(bound.browser));
  await issueSeal({ clerk, reviewer }, applied.body.id);
  holder = { ...byBrowser(bound.browser), sealId: applied.body.id };
}, 120_000);
afterAll(() => world.close());

let papers = 0;

/** Each document has its own text: of two equal ones, what is signed within one second is equal, too. */
async function prepared(count: number): Promise<Preparation> {
  const ids: string[] = [];
  for (let i = 0; i < count; i += 1) {
    papers += 1;
    const { body } = await openTask(holder, await plainPdf(1, `Letter ${papers}`));
    await place(holder, body.id);
    ids.push(body.id);
  }
  const started = await prepare(holder, ids);
  return settled(holder, started.body.id);
}

const scanFor = (preparationId: string) =>
  openScan(holder.browser, { purpose: 'sign-documents', preparationId });

async function sealedByPhone(preparation: Preparation): Promise<Preparation> {
  const opened = await scanFor(preparation.id);
  const { body: seen } = await phone.scan(opened.body.url);
  await phone.give(seen, await phone.sign(seen, usedBy(certificate)));
  const { result } = (await find(holder.browser, opened.body.id)).body;
  const { signatures } = result as { signatures: string[] };
  expect((await submit(holder, preparation.id, signatures)).status).toBe(202);
  return settled(holder, preparation.id);
}

test('SIGN-003 … SIGN-009 a document is sealed by scan: title and digest on the phone, 签名有效, 已签章', async () => {
  const preparation = await prepared(1);
  const opened = await scanFor(preparation.id);
  const { body: seen } = await phone.scan(opened.body.url);
  expect(seen).toMatchObject({
    purpose: 'sign-documents',
    state: 'READY',
    code: null,
    entityName: '扫码签章有限公司',
    documents: [{ title: '承诺书', digest: preparation.documents[0]?.digest, digestAlgorithm: 'sm3' }],
  });
  await phone.give(seen, await phone.sign(seen, usedBy(certificate)));
  const { result } = (await find(holder.browser, opened.body.id)).body;
  const { signatures } = result as { signatures: string[] };
  await submit(holder, preparation.id, signatures);
  const done = await settled(holder, preparation.id);
  expect(done.results).toMatchObject([{ state: 'SEALED' }]);
  const taskId = done.results[0]?.taskId ?? '';
  expect((await taskOf(holder, taskId)).verdict).toMatchObject({ headline: 'VALID', valid: true });
  expect((await finish(holder, taskId)).body.mine?.status).toBe('SIGNED');
});

test('MOB-060 a batch under one PIN: every document is sealed, the vault is asked once', async () => {
  const before = world.phones.recorded.length;
  const done = await sealedByPhone(await prepared(5));
  expect(done.results.map(({ state }) => state)).toEqual(Array(5).fill('SEALED'));
  expect(world.phones.recorded.slice(before)).toMatchObject([
    { purpose: 'sign-documents', count: 5, outcome: 'DONE' },
  ]);
});

test('documents that were prepared for one key are sealed by that key alone', async () => {
  const preparation = await prepared(1);
  const second = await world.certify(phone, { uscc: certificate.uscc, entityId: certificate.entityId ?? '' });
  const opened = await scanFor(preparation.id);
  const { body: seen } = await phone.scan(opened.body.url);
  expect(seen.certificates.find(({ id }) => id === second.id)?.problem?.code).toBe('SCAN_OTHER_CERTIFICATE');
  await expect(phone.sign(seen, usedBy(second))).rejects.toMatchObject({ code: 'SCAN_OTHER_CERTIFICATE' });
  expect((await find(holder.browser, opened.body.id)).body.result).toBeNull();
});

test('another enterprise’s page cannot have the documents scanned', async () => {
  const preparation = await prepared(1);
  const stranger = await boundHolder(world, { holder: { uscc: CODES[1], unitName: '无关单位有限公司' } });
  const opened = await openScan(stranger.browser, {
    purpose: 'sign-documents',
    preparationId: preparation.id,
  });
  expect(opened).toMatchObject({ status: 404, body: { code: 'SIGN_PREPARATION_UNKNOWN' } });
});

test('a document is put in place of another: what the phone would sign is not what was prepared', async () => {
  const [one, two] = [await prepared(1), await prepared(1)];
  const opened = await scanFor(one.id);
  const { body: seen } = await phone.scan(opened.body.url);
  await expect(
    phone.sign(seen, { ...usedBy(certificate), messages: [fromBase64(two.documents[0]?.message ?? '')] }),
  ).rejects.toMatchObject({ code: 'SCAN_OTHER_MESSAGE' });
});
