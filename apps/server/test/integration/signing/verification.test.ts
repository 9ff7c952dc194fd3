import fs from 'node:fs';
import type { VerificationReport } from '@hufu/contracts';
import { openPdf, pagesOf } from '@hufu/seal';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { bundle } from '../../support/bundle.ts';
import { hubWorld, operators, type World } from '../../support/hub/hub-world.ts';
import { plainPdf } from '../../support/signing/pdf.ts';
import {
  type Desk,
  download,
  form,
  openTask,
  place,
  type Sealer,
  sealAll,
  sealer,
  taskOf,
} from '../../support/signing/signing-world.ts';

let world: World;
let desk: Desk;
let holder: Sealer;
let sealed: Uint8Array;
let taskId: string;

beforeAll(async () => {
  world = await hubWorld({ renderProgram: await bundle('src/features/signing/preview/pdfium.worker.ts') });
  const [clerk, reviewer] = await operators(world, [['clerk'], ['reviewer']] as const);
  desk = { clerk, reviewer };
  holder = await sealer(world, desk);
  taskId = (await openTask(holder, await plainPdf(2))).body.id;
  await place(holder, taskId);
  await sealAll(holder, [taskId]);
  sealed = await download(holder, taskId);
}, 120_000);
afterAll(() => world.close());

const verify = (bytes: Uint8Array, query = '') =>
  world.browser().call<VerificationReport & { code?: string }>(`/api/v1/verify${query}`, {
    body: form({ name: 'file', bytes }),
  });

describe('SIGN-006 验章 for everybody', () => {
  test('MSG-17 a sealed document: 签名有效, with the seal, its place and what it changed', async () => {
    const { status, body } = await verify(sealed);
    expect(status).toBe(200);
    expect(body).toMatchObject({ kind: 'pdf', status: 'valid', headline: { code: 'VALID', zh: '签名有效' } });
    const [signature] = body.signatures;
    expect(signature).toMatchObject({
      kind: 'seal',
      status: 'valid',
      seal: { registerState: 'ACTIVE' },
      outlines: [{ page: 1 }],
    });
    expect(signature!.seal!.picture).toMatch(/^data:image\/png;base64,/);
    expect(body.pages).toHaveLength(2);
    expect(body.previews.map(({ page }) => page)).toEqual([1]);
    expect(body.differences).toMatchObject([{ revision: 1, pages: [{ page: 1 }] }]);
    expect(body.limits).toEqual([]);
  });

  test('MSG-20 one byte changed: 签名无效', async () => {
    const altered = sealed.slice();
    altered[Buffer.from(altered).indexOf('595.28')] = 0x36;
    const { body } = await verify(altered, '?pictures=false');
    expect(body).toMatchObject({ status: 'invalid' });
    expect(body.headline.zh).toMatch(/^签名无效/);
    expect(body.signatures[0]!.reasons.map(({ code }) => code)).toContain('DIGEST_MISMATCH');
  });

  test('an unsigned document, and a file of another kind', async () => {
    const { body } = await verify(await plainPdf(), '?pictures=false');
    expect(body).toMatchObject({ headline: { code: 'UNSIGNED' }, signatures: [] });
    expect(await verify(new TextEncoder().encode('hello'))).toMatchObject({
      status: 415,
      body: { code: 'VERIFY_TYPE' },
    });
  });

  test('an OFD invoice: its seals with their places, by an authority that is not recognised here', async () => {
    const file = new URL('../../../../../packages/seal/test/vectors/ses/v4signed.ofd', import.meta.url);
    const { body } = await verify(new Uint8Array(fs.readFileSync(file)));
    expect(body).toMatchObject({ kind: 'ofd', status: 'indeterminate', headline: { code: 'INDETERMINATE' } });
    expect(body.signatures[0]!.outlines.length).toBeGreaterThan(0);
  });

  test('garbage that begins like a PDF or an OFD is told to be unreadable', async () => {
    for (const head of ['%PDF-1.7\n', 'PK\u0003\u0004']) {
      const { status, body } = await verify(new TextEncoder().encode(`${head}${'x'.repeat(400)}`));
      expect({ status, code: body.headline.code }).toEqual({ status: 200, code: 'UNREADABLE' });
    }
  });

  test('nothing of the file is kept', async () => {
    const unique = await plainPdf(1, `unique ${Date.now()}`);
    await verify(unique);
    const digest = (await verify(unique, '?pictures=false')).body.sha256;
    const files = fs.readdirSync(world.infra.directory, { recursive: true }).map(String);
    expect(files.some((name) => name.includes(digest))).toBe(false);
  });

  test('the report as a PDF that can be read', async () => {
    const response = await fetch(new URL('/api/v1/verify/report.pdf', world.base), {
      method: 'POST',
      body: form({ name: 'file', bytes: sealed }),
      headers: { origin: new URL(world.base).origin },
    });
    expect(response.headers.get('content-type')).toBe('application/pdf');
    const pdf = new Uint8Array(await response.arrayBuffer());
    expect(pagesOf(openPdf(pdf).latest).length).toBeGreaterThan(0);
    expect(pdf.length).toBeLessThan(400_000);
  });
});

describe('the preview fails closed', () => {
  const image = async (number: number): Promise<Response> =>
    fetch(new URL(`/api/v1/hub/signing/tasks/${taskId}/pages/${number}?width=400`, world.base), {
      headers: { cookie: [...holder.browser.cookies].map(([name, value]) => `${name}=${value}`).join('; ') },
    });

  test('pages are drawn, with the seal', async () => {
    const response = await image(1);
    expect(response.headers.get('content-type')).toBe('image/png');
    const bytes = Buffer.from(await response.arrayBuffer());
    expect(bytes.readUInt32BE(16)).toBeGreaterThan(390);
    expect((await image(9)).status).toBe(400);
  });

  test('a page with a font that is not embedded is sealed only after its own acknowledgement', async () => {
    const plain = Buffer.from(await plainPdf(2)).toString('latin1');
    const bytes = new Uint8Array(Buffer.from(plain.replaceAll('/Helvetica', '/SimSunAA_'), 'latin1'));
    const { body } = await openTask(holder, bytes);
    expect(body.mine!.unacknowledged).toEqual([1, 2]);
    await place(holder, body.id);
    const prepare = () =>
      holder.browser.call('/api/v1/hub/signing/preparations', { body: { tasks: [body.id] } });
    expect((await prepare()).body).toMatchObject({
      code: 'SIGN_PREVIEW_UNACKNOWLEDGED',
      fields: { pages: ['1', '2'] },
    });
    const acknowledge = (pages: number[]) =>
      holder.browser.call(`/api/v1/hub/signing/tasks/${body.id}/acknowledgements`, {
        body: { pages, sha256: body.sha256 },
      });
    await acknowledge([1]);
    expect((await taskOf(holder, body.id)).mine!.unacknowledged).toEqual([2]);
    expect((await prepare()).body).toMatchObject({ code: 'SIGN_PREVIEW_UNACKNOWLEDGED' });
    await acknowledge([2]);
    expect((await prepare()).status).toBe(202);
  });
});

test('a seal that was revoked after it signed leaves the document open: nothing proves when it was used', async () => {
  const [other] = await operators(world, [['reviewer']] as const);
  const proposal = await desk.reviewer.browser.call<{ id: string }>(
    `/api/v1/desk/seals/${holder.sealId}/revocation`,
    { body: { reason: '遗失' } },
  );
  const proof = await other.browser.proof('desk-approve', other.key, {
    subject: `APPROVE:${proposal.body.id}`,
  });
  await other.browser.call(`/api/v1/desk/approvals/${proposal.body.id}/decision`, {
    body: { decision: 'APPROVE', note: '', proof },
  });
  const { body } = await verify(sealed, '?pictures=false');
  expect(body).toMatchObject({ status: 'indeterminate', headline: { code: 'INDETERMINATE' } });
  expect(body.signatures[0]).toMatchObject({
    seal: { registerState: 'REVOKED' },
    reasons: [{ code: 'SEAL_FROZEN' }],
  });
});
