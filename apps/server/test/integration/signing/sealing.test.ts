import type { Notice as NoticeSchema } from '@hufu/contracts';
import { fromBase64, toBase64 } from '@hufu/kernel';
import { parseCertificate } from '@hufu/pki';
import { nodeCryptoEngine } from '@hufu/pki/node';
import { openPdf, signPdf } from '@hufu/seal';
import { nodeStartDigest } from '@hufu/seal/node';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { z } from 'zod';
import {
  type BoundHolder,
  boundHolder,
  CODES,
  hubWorld,
  logIn,
  operators,
  type World,
} from '../../support/hub/hub-world.ts';
import type { TestKey } from '../../support/hub/test-authority.ts';
import { plainPdf } from '../../support/signing/pdf.ts';
import {
  type Desk,
  download,
  finish,
  openTask,
  place,
  prepare,
  type Sealer,
  sealAll,
  sealer,
  settled,
  signAll,
  submit,
  taskOf,
  upload,
} from '../../support/signing/signing-world.ts';

type Notice = z.infer<typeof NoticeSchema>;

const TASKS = '/api/v1/hub/signing/tasks';

let world: World;
let desk: Desk;
let holder: Sealer;
let partner: Sealer;
let stranger: BoundHolder;

beforeAll(async () => {
  world = await hubWorld();
  const [clerk, reviewer] = await operators(world, [['clerk'], ['reviewer']] as const);
  desk = { clerk, reviewer };
  holder = await sealer(world, desk);
  partner = await sealer(world, desk, { uscc: CODES[0], unitName: '南京合作单位有限公司', key: 'p256' });
  stranger = await boundHolder(world, { holder: { uscc: CODES[1], unitName: '无关单位有限公司' } });
}, 120_000);
afterAll(() => world.close());

async function opened(pages = 1): Promise<string> {
  const answer = await openTask(holder, await plainPdf(pages));
  expect(answer.status).toBe(201);
  return answer.body.id;
}

async function placed(pages = 1): Promise<string> {
  const id = await opened(pages);
  expect((await place(holder, id)).status).toBe(200);
  return id;
}

/** A file that is signed with a key outside of the server. */
async function signedElsewhere(pdf: Uint8Array, key: TestKey): Promise<Uint8Array> {
  const tail = await signPdf(
    pdf,
    { certificate: parseCertificate(key.certificate), at: Date.now() - 1000, timeStampRoom: 0 },
    { signer: key.signer, engine: nodeCryptoEngine(), start: nodeStartDigest },
  );
  return new Uint8Array(Buffer.concat([pdf, tail]));
}

describe('SM-SIGN one signer', () => {
  test('SIGN-002 … SIGN-009 from 未签章 over 签名有效 to 已签章; signing alone does not set the state', async () => {
    const answer = await openTask(holder, await plainPdf());
    expect(answer).toMatchObject({
      status: 201,
      body: { title: '承诺书', mine: { state: 'OPENED', status: 'UNSIGNED' }, verdict: null },
    });
    const { id } = answer.body;
    expect(await place(holder, id)).toMatchObject({ status: 200, body: { mine: { state: 'PLACED' } } });
    const prepared = await prepare(holder, [id]);
    const ready = await settled(holder, prepared.body.id);
    expect(ready).toMatchObject({
      state: 'READY',
      documents: [{ taskId: id, title: '承诺书', digestAlgorithm: 'sm3' }],
    });
    await submit(holder, ready.id, await signAll(holder, ready));
    expect(await settled(holder, ready.id)).toMatchObject({ state: 'DONE', results: [{ state: 'SEALED' }] });
    expect(await taskOf(holder, id)).toMatchObject({
      state: 'OPEN',
      mine: { status: 'SIGNED_LOCAL' },
      verdict: { headline: 'VALID', valid: true },
    });
    expect((await finish(holder, id)).body).toMatchObject({ state: 'COMPLETED', mine: { status: 'SIGNED' } });
    expect((await finish(holder, id)).body).toMatchObject({ state: 'COMPLETED' });
    expect(openPdf(await download(holder, id)).revisions.length).toBe(2);
  });

  test('several documents are sealed with one PIN, each at its own places', async () => {
    const [first, second] = [await placed(), await opened(3)];
    const straddle = [
      { kind: 'pages', pages: 'all', x: 20, y: 40 },
      { kind: 'straddle', edge: 'right', offset: 120 },
    ];
    expect((await place(holder, second, { placements: straddle, caption: true })).status).toBe(200);
    const done = await sealAll(holder, [first, second]);
    expect(done).toMatchObject({ state: 'DONE', done: 2, total: 2 });
    expect(await taskOf(holder, second)).toMatchObject({ verdict: { headline: 'VALID' } });
  });

  test('signatures that come twice are taken once, and nothing is sealed twice', async () => {
    const id = await placed();
    const ready = await settled(holder, (await prepare(holder, [id])).body.id);
    const signatures = await signAll(holder, ready);
    const both = await Promise.all([
      submit(holder, ready.id, signatures),
      submit(holder, ready.id, signatures),
    ]);
    expect(both.map(({ status }) => status)).toEqual([202, 202]);
    await settled(holder, ready.id);
    expect((await submit(holder, ready.id, signatures)).body).toMatchObject({ state: 'DONE' });
    expect(openPdf(await download(holder, id)).revisions.length).toBe(2);
    const others = await signAll(holder, ready);
    expect((await submit(holder, ready.id, others)).body).toMatchObject({ code: 'SIGN_PREPARATION_CLOSED' });
  });

  test('a later preparation voids the earlier one', async () => {
    const id = await placed();
    const early = await settled(holder, (await prepare(holder, [id])).body.id);
    const late = await settled(holder, (await prepare(holder, [id])).body.id);
    await submit(holder, early.id, await signAll(holder, early));
    expect(await settled(holder, early.id)).toMatchObject({
      state: 'FAILED',
      results: [{ code: 'SIGN_STALE' }],
    });
    await submit(holder, late.id, await signAll(holder, late));
    expect(await settled(holder, late.id)).toMatchObject({ state: 'DONE' });
  });
});

describe('what is refused before and at the key', () => {
  test('a signature by another key, or over another document', async () => {
    const id = await placed();
    const ready = await settled(holder, (await prepare(holder, [id])).body.id);
    const foreign = await signAll(partner, ready);
    expect((await submit(holder, ready.id, foreign)).body).toMatchObject({ code: 'SIGN_SIGNATURE_WRONG' });
    const other = toBase64(await holder.key.signer.sign(new Uint8Array([1, 2, 3])));
    expect((await submit(holder, ready.id, [other])).body).toMatchObject({ code: 'SIGN_SIGNATURE_WRONG' });
    expect((await submit(holder, ready.id, [other, other])).body).toMatchObject({
      code: 'SIGN_SIGNATURE_COUNT',
    });
    expect((await taskOf(holder, id)).mine).toMatchObject({ state: 'PREPARED', status: 'UNSIGNED' });
  });

  test('another enterprise neither sees the document nor signs what was prepared', async () => {
    const id = await placed();
    const ready = await settled(holder, (await prepare(holder, [id])).body.id);
    const seen = await stranger.browser.call(`${TASKS}/${id}`);
    expect(seen).toMatchObject({ status: 404, body: { code: 'SIGN_UNKNOWN' } });
    const signed = await submit(stranger, ready.id, await signAll(stranger, ready));
    expect(signed.body).toMatchObject({ code: 'SIGN_PREPARATION_UNKNOWN' });
  });

  test('places outside of the page, pages that are not there, a straddle over one page', async () => {
    const id = await opened();
    const code = async (placements: unknown) => (await place(holder, id, { placements })).body;
    expect(await code([{ kind: 'pages', pages: [1], x: 190, y: 10 }])).toMatchObject({
      code: 'SEALING_PLACEMENT',
      fields: { page: 1 },
    });
    expect(await code([{ kind: 'pages', pages: [2], x: 10, y: 10 }])).toMatchObject({ code: 'SEALING_PAGE' });
    expect(await code([{ kind: 'straddle', edge: 'right', offset: 10 }])).toMatchObject({
      code: 'SEALING_STRADDLE',
    });
  });

  test('a frozen seal, also when it is frozen while the PIN is entered', async () => {
    const spare = await sealer(world, desk, { uscc: CODES[3], unitName: '冻结测试有限公司' });
    const { body } = await openTask(spare, await plainPdf());
    await place(spare, body.id);
    const ready = await settled(spare, (await prepare(spare, [body.id])).body.id);
    const frozen = await desk.reviewer.browser.call(`/api/v1/desk/seals/${spare.sealId}/freeze`, {
      body: { reason: '单位来电挂失' },
    });
    expect(frozen).toMatchObject({ status: 200, body: { state: 'FROZEN' } });
    await submit(spare, ready.id, await signAll(spare, ready));
    expect(await settled(spare, ready.id)).toMatchObject({
      state: 'FAILED',
      results: [{ code: 'SIGN_SEAL_NOT_USABLE' }],
    });
    expect((await place(spare, body.id)).body).toMatchObject({ code: 'SIGN_SEAL_NOT_USABLE' });
  });

  test('OD-37 a file that is no PDF by its content', async () => {
    const answer = await openTask(holder, new TextEncoder().encode('<html>'));
    expect(answer).toMatchObject({ status: 415, body: { code: 'SIGN_NOT_PDF' } });
  });

  test('a document whose earlier signature is not valid', async () => {
    const forged = await signedElsewhere(await plainPdf(), partner.key);
    expect((await openTask(holder, forged)).status).toBe(201);
    forged[Buffer.from(forged).indexOf('595.28')] = 0x36;
    expect(await openTask(holder, forged)).toMatchObject({
      status: 422,
      body: { code: 'SIGN_ALREADY_INVALID' },
    });
  });
});

describe('several signers', () => {
  const name = async (id: string, signers: unknown) => {
    const { version } = await taskOf(holder, id);
    return holder.browser.call(`${TASKS}/${id}/signers`, { method: 'PUT', body: { signers, version } });
  };

  test('the order is the server’s: the second seals after the first, both seals stay valid', async () => {
    const id = await opened();
    const own = (await taskOf(holder, id)).signers[0]!.uscc;
    expect(
      (
        await name(id, [
          { uscc: own, order: 1 },
          { uscc: CODES[0], order: 2 },
        ])
      ).status,
    ).toBe(200);
    expect((await place(partner, id)).body).toMatchObject({ code: 'SIGN_NOT_YOUR_TURN' });
    await place(holder, id);
    await sealAll(holder, [id]);
    expect((await place(partner, id)).body).toMatchObject({ code: 'SIGN_NOT_YOUR_TURN' });
    await finish(holder, id);
    const there = { placements: [{ kind: 'pages', pages: [1], x: 20, y: 230 }] };
    expect((await place(partner, id, there)).status).toBe(200);
    const done = await sealAll(partner, [id]);
    expect(done).toMatchObject({ state: 'DONE' });
    expect((await finish(partner, id)).body).toMatchObject({ state: 'COMPLETED', verdict: { valid: true } });
  });

  test('signers are told when it is their turn, and not before; the sender needs no telling', async () => {
    const turns = async ({ browser }: BoundHolder) =>
      (await browser.call<Notice[]>('/api/v1/hub/notices')).body
        .filter(({ kind }) => kind === 'SIGNING_TURN')
        .map(({ href }) => href);
    const id = await opened();
    const at = `/signing/${id}`;
    const own = (await taskOf(holder, id)).signers[0]!.uscc;
    await name(id, [
      { uscc: own, order: 1 },
      { uscc: CODES[0], order: 2 },
    ]);
    expect(await turns(partner)).not.toContain(at);
    await place(holder, id);
    await sealAll(holder, [id]);
    expect(await turns(partner)).not.toContain(at);
    await finish(holder, id);
    expect((await turns(partner)).filter((href) => href === at)).toHaveLength(1);
    expect(await turns(holder)).not.toContain(at);
    // One who may begin at once is told at once, and once.
    const other = await opened();
    const alone = [{ uscc: CODES[0], order: 1 }];
    await name(other, alone);
    await name(other, alone);
    expect((await turns(partner)).filter((href) => href === `/signing/${other}`)).toHaveLength(1);
    expect(await turns(holder)).not.toContain(`/signing/${other}`);
  });

  test('the sender never signs for another, and nobody who is not named', async () => {
    const id = await opened();
    await name(id, [{ uscc: CODES[0], order: 1 }]);
    expect((await place(holder, id)).body).toMatchObject({ code: 'SIGN_NOT_SIGNER' });
    expect((await prepare(holder, [id])).body).toMatchObject({ code: 'SIGN_NOT_SIGNER' });
    expect((await upload(holder, id, await plainPdf())).body).toMatchObject({ code: 'SIGN_NOT_SIGNER' });
  });

  test('only the sender names signers, and not after the first seal', async () => {
    const id = await opened();
    const own = (await taskOf(holder, id)).signers[0]!.uscc;
    const list = [
      { uscc: own, order: 1 },
      { uscc: CODES[0], order: 2 },
    ];
    await name(id, list);
    const { version } = await taskOf(partner, id);
    const theirs = await partner.browser.call(`${TASKS}/${id}/signers`, {
      method: 'PUT',
      body: { signers: list, version },
    });
    expect(theirs.body).toMatchObject({ code: 'SIGN_NOT_SENDER' });
    await place(holder, id);
    await sealAll(holder, [id]);
    expect((await name(id, [{ uscc: own, order: 1 }])).body).toMatchObject({ code: 'SIGN_STARTED' });
  });

  test('an invited signer declines with the reason; the document ends', async () => {
    const id = await opened();
    await name(id, [{ uscc: CODES[0], order: 1 }]);
    const declined = await partner.browser.call(`${TASKS}/${id}/refusal`, { body: { reason: '条款有误' } });
    expect(declined.body).toMatchObject({ state: 'DECLINED', signers: [{ declineReason: '条款有误' }] });
    expect((await place(partner, id)).body).toMatchObject({ code: 'SIGN_STATE' });
  });
});

describe('SIGN-010 上传附件', () => {
  const code = async (id: string, bytes: Uint8Array) => (await upload(holder, id, bytes)).body;

  test('the file that was sealed here and downloaded comes back', async () => {
    const id = await placed();
    await sealAll(holder, [id]);
    const file = await download(holder, id);
    expect(await code(id, file)).toMatchObject({ state: 'COMPLETED', mine: { status: 'SIGNED' } });
    expect(await code(id, file)).toMatchObject({ state: 'COMPLETED' });
  });

  test('a file that was sealed elsewhere with the entity’s own certificate', async () => {
    const id = await opened();
    const file = await signedElsewhere(await download(holder, id), holder.key);
    expect(await code(id, file)).toMatchObject({ state: 'COMPLETED', mine: { status: 'SIGNED' } });
  });

  test('unsigned, foreign, altered and other documents are refused, each by its code', async () => {
    const id = await opened();
    const base = await download(holder, id);
    expect(await code(id, base)).toMatchObject({ code: 'SIGN_FILE_UNSIGNED' });
    expect(await code(id, await signedElsewhere(base, partner.key))).toMatchObject({
      code: 'SIGN_FILE_FOREIGN',
    });
    const altered = await signedElsewhere(base, holder.key);
    const at = Buffer.from(altered).indexOf('595.28');
    altered[at] = 0x36;
    expect(await code(id, altered)).toMatchObject({ code: 'SIGN_FILE_ALTERED' });
    const other = await signedElsewhere(await plainPdf(1, 'Something else'), holder.key);
    expect(await code(id, other)).toMatchObject({ code: 'SIGN_FILE_OTHER_DOCUMENT' });
    expect((await taskOf(holder, id)).mine).toMatchObject({ status: 'UNSIGNED' });
  });

  test('SIGN-011 OD-33 a letter counts as 已签章 in the version of its text that was sealed', async () => {
    const { body } = await openTask(holder, await plainPdf(), {
      template: 'credit-letter',
      templateVersion: '1',
    });
    const status = async (version: string) =>
      (await holder.browser.call(`/api/v1/hub/signing/letters?template=credit-letter&version=${version}`))
        .body;
    expect(await status('1')).toMatchObject({ status: 'UNSIGNED', outdated: false });
    await upload(holder, body.id, await signedElsewhere(await download(holder, body.id), holder.key));
    expect(await status('1')).toMatchObject({ status: 'SIGNED', taskId: body.id });
    expect(await status('2')).toMatchObject({ status: 'UNSIGNED', outdated: true });
  });
});

test('a certificate that the seal does not name cannot place it', async () => {
  const spare = await world.home.issue();
  await holder.browser.call('/api/v1/hub/enterprise/certificates', {
    body: await holder.browser.proof('activate', spare),
  });
  const browser = world.browser();
  await logIn(browser, spare);
  const second: Sealer = { browser, key: spare, sealId: holder.sealId };
  const id = await opened();
  expect((await place(second, id)).body).toMatchObject({ code: 'SIGN_SEAL_NOT_USABLE' });
});

test('what the key is asked to sign is made from the document that was seen', async () => {
  const id = await placed();
  const ready = await settled(holder, (await prepare(holder, [id])).body.id);
  const { message, digest } = ready.documents[0]!;
  expect(Buffer.from(fromBase64(message)).toString('hex')).toContain(digest);
});
