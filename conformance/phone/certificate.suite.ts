import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Approval, Preparation, SealView, SigningTask } from '@hufu/contracts';
import { fromBase64, toPem } from '@hufu/kernel';
import { parseCertificate } from '@hufu/pki';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { extract, flipped } from '../seal-sign/support/documents.ts';
import type { Answer, Browser } from '../support/browser.ts';
import { FIELDS } from '../support/holder.ts';
import { expectStatus } from '../support/installation.ts';
import { messagesOf, Phone } from '../support/phone.ts';
import { filePart, type PhoneHolder, phoneHolder } from '../support/phone-order.ts';
import { openAct, openScan, outcome, proofByPhone, scanned } from '../support/phone-page.ts';
import type { PhoneWorld } from '../support/phone-world.ts';
import { START_WITHIN_MS } from '../support/programs.ts';
import { textPdf } from '../support/text-pdf.ts';
import { openssl } from '../support/vendor.ts';

/** openssl’s word on what a key in two halves makes. */
export function phoneCertificateSuite(opened: () => PhoneWorld): void {
  const DISTID = 'distid:1234567812345678';

  let world: PhoneWorld;
  let holder: PhoneHolder;
  /** A page that the enterprise's phone has logged in. */
  let page: Browser;
  let folder: string;

  beforeAll(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'hufu-phone-'));
    world = opened();
    holder = await phoneHolder(world, new Phone(world.hub.base));
    const certificate = toPem('CERTIFICATE', holder.certificate);
    await writeFile(path.join(folder, 'ee.pem'), certificate);
    await writeFile(path.join(folder, 'enc.pem'), toPem('CERTIFICATE', holder.encryptionCertificate));
    await writeFile(path.join(folder, 'ca.pem'), toPem('CERTIFICATE', holder.chain[0]!));
    await writeFile(
      path.join(folder, 'ee.pub'),
      toPem('PUBLIC KEY', parseCertificate(holder.certificate).spki.der),
    );
  }, START_WITHIN_MS);
  afterAll(() => rm(folder, { recursive: true, force: true }));

  const save = (name: string, bytes: Uint8Array) => writeFile(path.join(folder, name), bytes);

  /** openssl's word on a signature of the phone's key, with the default ID. */
  async function verdict(message: Uint8Array, signature: Uint8Array): Promise<string> {
    await save('message', message);
    await save('signature', signature);
    const check = ['-sm3', '-sigopt', DISTID, '-verify', 'ee.pub', '-signature', 'signature', 'message'];
    return openssl(folder, 'dgst', ...check).catch((error: { stdout: string; stderr: string }) => {
      return error.stdout + error.stderr;
    });
  }

  describe('openssl accepts what is made by a key in two halves', () => {
    test('MOB-017 GB/T 20518 both certificates, whose requests the halves have signed', async () => {
      const check = ['verify', '-x509_strict', '-partial_chain', '-vfyopt', DISTID, '-trusted', 'ca.pem'];
      for (const leaf of ['ee.pem', 'enc.pem']) {
        expect(await openssl(folder, ...check, leaf)).toContain(`${leaf}: OK`);
      }
      const [sign, encrypt] = [holder.certificate, holder.encryptionCertificate].map(parseCertificate);
      expect(sign!.spki.publicKey).not.toEqual(encrypt!.spki.publicKey);
    });

    test('HUB-040 MOB-033 a login statement, and no other one', async () => {
      page = world.hub.browser();
      const proof = await proofByPhone(page, holder.phone, 'bind');
      const fields = { ...FIELDS, uscc: holder.uscc };
      expectStatus(await page.call('/api/v1/hub/bindings', { body: { proof, fields } }), 201);

      const opened = await openAct(page, 'login');
      const scan = await scanned(page, holder.phone, opened);
      expectStatus(await holder.phone.confirm(scan), 200);
      const { result } = await outcome(page, opened.id);
      if (result === null || !('proof' in result)) throw new Error('no proof');
      const [statement] = messagesOf(scan, scan.certificates[0]!.fingerprint);
      const signature = fromBase64(result.proof.signature);
      expect(new TextDecoder().decode(statement)).toContain(new URL(world.hub.base).origin);
      expect(await verdict(statement!, signature)).toContain('Verified OK');
      expect(await verdict(flipped(statement!, 40), signature)).toContain('Verification failure');
      expectStatus(await page.call('/api/v1/hub/logins', { body: result.proof }), 201);
    });

    test('SIGN-004 MOB-060 the signatures of sealed documents: two of them under one PIN', async () => {
      const sealId = await issuedSeal();
      const tasks = await Promise.all([1, 2].map((number) => placed(sealId, number)));
      const begun = await page.call<Preparation>('/api/v1/hub/signing/preparations', { body: { tasks } });
      expectStatus(begun as unknown as Answer, 202);
      await settled(begun.body.id);
      const opened = await openScan(page, { purpose: 'sign-documents', preparationId: begun.body.id });
      const scan = await scanned(page, holder.phone, opened);
      // The page is the enterprise's own session: nothing is typed.
      expect([scan.code, scan.documents.length]).toEqual([null, 2]);
      expectStatus(await holder.phone.confirm(scan), 200);
      const { result } = await outcome(page, opened.id);
      if (result === null || !('signatures' in result)) throw new Error('no signatures');
      const given = { signatures: result.signatures };
      await page.call(`/api/v1/hub/signing/preparations/${begun.body.id}/signatures`, { body: given });
      await settled(begun.body.id);

      for (const [at, message] of messagesOf(scan, '').entries()) {
        const address = `/api/v1/hub/signing/tasks/${tasks[at]}`;
        expectStatus(await page.call(`${address}/completion`, { method: 'POST', body: {} }), 200);
        const signature = fromBase64(result.signatures[at]!);
        // GB/T 38540 §7.2: what is signed and the signature stand in the file, byte for byte.
        const sealed = Buffer.from(extract((await page.call(`${address}/document`)).bytes, 'Seal1').der);
        expect([message, signature].map((part) => sealed.includes(Buffer.from(part)))).toEqual([true, true]);
        expect(await verdict(message, signature)).toContain('Verified OK');
        expect(await verdict(flipped(message, 20), signature)).toContain('Verification failure');
      }
    });
  });

  async function issuedSeal(): Promise<string> {
    const boundary = 'hufu';
    const applied = await page.call<SealView>('/api/v1/hub/seals', {
      method: 'POST',
      raw: `--${boundary}\r\ncontent-disposition: form-data; name="kind"\r\n\r\nENTERPRISE\r\n--${boundary}--\r\n`,
      headers: { 'content-type': `multipart/form-data; boundary=${boundary}` },
    });
    expectStatus(applied as unknown as Answer, 201);
    const [clerk, reviewer] = [await world.hub.operator(0), await world.hub.operator(1)];
    const checked = await clerk.browser.call<Approval>(`/api/v1/desk/seals/${applied.body.id}/check`, {
      body: { reason: '材料齐全' },
    });
    const subject = `APPROVE:${checked.body.id}`;
    const proof = await reviewer.browser.proof('desk-approve', reviewer.key, { subject });
    const decision = { decision: 'APPROVE', note: '', proof };
    expectStatus(
      await reviewer.browser.call(`/api/v1/desk/approvals/${checked.body.id}/decision`, { body: decision }),
      200,
    );
    return applied.body.id;
  }

  async function placed(sealId: string, number: number): Promise<string> {
    const pdf = new TextEncoder().encode(textPdf(`Commitment letter ${number}`));
    const task = await page.call<SigningTask>(
      '/api/v1/hub/signing/tasks',
      filePart(`letter-${number}.pdf`, 'application/pdf', pdf),
    );
    expectStatus(task as unknown as Answer, 201);
    const { id, version } = task.body;
    const placements = [{ kind: 'pages', pages: [1], x: 140, y: 230 }];
    expectStatus(
      await page.call(`/api/v1/hub/signing/tasks/${id}/placements`, {
        method: 'PUT',
        body: { sealId, placements, version },
      }),
      200,
    );
    return id;
  }

  async function settled(id: string): Promise<void> {
    let state = '';
    while (!['READY', 'DONE'].includes(state)) {
      const { body } = await page.call<Preparation>(`/api/v1/hub/signing/preparations/${id}?wait=2`);
      ({ state } = body);
      if (state === 'FAILED' || state === 'EXPIRED') throw new Error(JSON.stringify(body));
    }
  }
}
