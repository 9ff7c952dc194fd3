import { concatBytes, equalBytes } from '@hufu/kernel';
import { buildCrl, digest, PKCS9_OID, parseSignedData, parseTimeStampToken } from '@hufu/pki';
import { beforeAll, describe, expect, test } from 'vitest';
import {
  addValidationData,
  buildSeal,
  completeDocumentTimeStamp,
  isPdfStream,
  openPdf,
  parseSesSignature,
  prepareDocumentTimeStamp,
  type SignatureSpec,
  signPdf,
} from '../../src/index.ts';
import { nodeStartDigest as start } from '../../src/node/index.ts';
import { codeOf } from '../support/codes.ts';
import { engine, NOW, newHolder, newParty, newTimeStamper, type Party } from '../support/parties.ts';
import { ringPng } from '../support/pictures.ts';
import { rawPdf } from '../support/raw-pdf.ts';
import { readSignatures } from '../support/read-signatures.ts';

type Holder = Party & { readonly root: Party };
type Stamper = Awaited<ReturnType<typeof newTimeStamper>>;

let stampers: Readonly<Record<'p256' | 'sm2', Stamper>>;
beforeAll(async () => {
  stampers = { p256: await newTimeStamper('p256'), sm2: await newTimeStamper('sm2') };
});

const DAY = 86_400_000;

const crlOf = ({ root }: Holder): Promise<Uint8Array> =>
  buildCrl(
    {
      issuer: root.certificate.subject.der,
      thisUpdate: NOW - DAY,
      nextUpdate: NOW + DAY,
      crlNumber: 1n,
      authorityKeyIdentifier: root.certificate.subjectKeyIdentifier!,
      entries: [],
    },
    root.signer,
  );

async function sign(
  pdf: Uint8Array,
  holder: Holder,
  spec: Partial<SignatureSpec> & { stamper?: Stamper } = {},
) {
  const { stamper, ...more } = spec;
  const full = { certificate: holder.certificate, chain: [holder.root.certificate.der], at: NOW, ...more };
  const tools = { signer: holder.signer, engine, start, ...(stamper && { timeStamp: stamper.over }) };
  return concatBytes(pdf, await signPdf(pdf, full, tools));
}

async function stampDocument(pdf: Uint8Array, stamper: Stamper, name: 'sha256' | 'sm3' = 'sha256') {
  const slot = prepareDocumentTimeStamp(pdf, { digest: name }, start);
  const token = await stamper.stamp(name, slot.documentDigest);
  return concatBytes(pdf, await completeDocumentTimeStamp(slot, token, engine));
}

const verdicts = async (pdf: Uint8Array) => (await readSignatures(pdf)).map(({ verifies }) => verifies);

describe.each(['rsa', 'p256', 'sm2'] as const)('PAdES levels with %s (EN 319 142-1 §5)', (kind) => {
  test.each(['table', 'stream'] as const)(
    'B-B, B-T, B-LT and B-LTA, each upon the last, in a file with a %s',
    async (xref) => {
      const holder = await newHolder(kind);
      const stamper = stampers[kind === 'sm2' ? 'sm2' : 'p256'];
      const name = kind === 'sm2' ? 'sm3' : 'sha256';
      const steps = [rawPdf({ xref, pages: [{}, {}] })];
      steps.push(await sign(steps[0]!, holder));
      steps.push(await sign(steps[1]!, holder, { stamper }));
      const crls = [await crlOf(holder)];
      const certificates = [
        holder.root.certificate.der,
        stamper.certificate.der,
        stamper.root.certificate.der,
      ];
      const fields = ['Seal1', 'Seal2'];
      const data = { certificates, crls, ocspResponses: [], fields };
      steps.push(concatBytes(steps[2]!, addValidationData(steps[2]!, data)));
      steps.push(await stampDocument(steps[3]!, stamper, name));

      steps.forEach((step, i) => {
        if (i > 0) expect(equalBytes(step.subarray(0, steps[i - 1]!.length), steps[i - 1]!)).toBe(true);
      });
      const last = steps[4]!;
      expect(await verdicts(last)).toEqual([true, true, true]);
      const [plain, stamped, document] = await readSignatures(last);
      const subFilter = kind === 'sm2' ? 'adbe.pkcs7.detached' : 'ETSI.CAdES.detached';
      expect([plain, stamped, document].map((found) => found?.subFilter)).toEqual([
        subFilter,
        subFilter,
        'ETSI.RFC3161',
      ]);
      const data1 = parseSignedData(stamped!.contents);
      const token = parseTimeStampToken(
        data1.signers[0]!.unsignedAttributes.get(PKCS9_OID.signatureTimeStamp)![0]!,
      );
      expect(token.info.time).toBe(NOW + 1000);
      expect(parseSignedData(plain!.contents).signers[0]!.unsignedAttributes.size).toBe(0);
      const outer = parseSignedData(plain!.contents);
      if (kind === 'sm2') {
        expect(outer.contentType).toBe('1.2.156.10197.6.1.4.2.1');
        expect(outer.signers[0]!.signatureAlgorithm.oid).toBe('1.2.156.10197.1.301.1');
        expect(outer.signers[0]!.digestAlgorithm.oid).toBe('1.2.156.10197.1.401');
      } else expect(outer.contentType).toBe('1.2.840.113549.1.7.1');

      // A byte in any revision changes the verdict of that signature and of those after it, not of those before.
      const tampered = last.slice();
      tampered[steps[1]!.length + 20]! ^= 1;
      const after = await readSignatures(tampered).then(
        (found) => found.map(({ verifies }) => verifies),
        () => [true, false, false],
      );
      expect(after).toEqual([true, false, false]);
    },
  );
});

describe('validation data (B-LT)', () => {
  test('is listed under /DSS and, for each signature, under the SHA-1 of its /Contents', async () => {
    const holder = await newHolder('p256');
    const pdf = await sign(rawPdf(), holder);
    const crls = [await crlOf(holder)];
    const data = { certificates: [holder.root.certificate.der], crls, ocspResponses: [], fields: ['Seal1'] };
    const { latest: view } = openPdf(concatBytes(pdf, addValidationData(pdf, data)));
    const dss = view.getDict(view.root, 'DSS');
    const stored = view.resolve(view.getArray(dss, 'Certs')!.items[0]);
    expect(isPdfStream(stored) && equalBytes(view.decode(stored), holder.root.certificate.der)).toBe(true);
    const [signature] = await readSignatures(pdf);
    const padded = signature!.dict.entries.get('Contents') as { bytes: Uint8Array };
    const name = Buffer.from(digest('sha1', padded.bytes)).toString('hex').toUpperCase();
    const vri = view.getDict(view.getDict(dss, 'VRI'), name);
    expect([...vri!.entries.keys()]).toEqual(['Cert', 'CRL']);
  });

  test('that is there already is kept and not written again', async () => {
    const holder = await newHolder('p256');
    const other = await newParty('p256', { text: '另一根' });
    const pdf = await sign(rawPdf({ xref: 'stream' }), holder);
    const first = {
      certificates: [holder.root.certificate.der],
      crls: [],
      ocspResponses: [],
      fields: ['Seal1'],
    };
    const once = concatBytes(pdf, addValidationData(pdf, first));
    const second = {
      certificates: [other.certificate.der, holder.root.certificate.der],
      crls: [],
      ocspResponses: [],
    };
    const twice = concatBytes(once, addValidationData(once, second));
    const view = openPdf(twice).latest;
    const dss = view.getDict(view.root, 'DSS');
    expect(view.getArray(dss, 'Certs')?.items).toHaveLength(2);
    expect(view.getDict(dss, 'VRI')?.entries.size).toBe(1);
    expect(await verdicts(twice)).toEqual([true]);
  });

  test('for a signature that is not there is refused', async () => {
    const data = { certificates: [], crls: [], ocspResponses: [], fields: ['Seal1'] };
    expect(await codeOf(() => addValidationData(rawPdf(), data))).toBe('SEALING_FIELD');
  });
});

describe('document time-stamps (B-LTA)', () => {
  test('follow each other, and each leaves the ones before valid', async () => {
    let pdf = rawPdf();
    for (let i = 0; i < 3; i++) pdf = await stampDocument(pdf, stampers.p256);
    const found = await readSignatures(pdf);
    expect(found.map(({ field }) => field)).toEqual(['TimeStamp1', 'TimeStamp2', 'TimeStamp3']);
    expect(found.map(({ verifies }) => verifies)).toEqual([true, true, true]);
  });

  test('over another document are refused', async () => {
    const slot = prepareDocumentTimeStamp(rawPdf(), { digest: 'sha256' }, start);
    const token = await stampers.p256.over(new Uint8Array(5));
    expect(await codeOf(() => completeDocumentTimeStamp(slot, token, engine))).toBe('SEALING_TIME_STAMP');
  });
});

describe('GB/T 38540 seal signature in /Contents', () => {
  test('holds the seal, the digest of the byte range and the holder’s signature; a later one leaves it valid', async () => {
    const holder = await newHolder('sm2');
    const maker = await newParty('sm2', { text: '制章者' });
    const electronicSeal = await buildSeal(
      {
        vendor: 'HUFU',
        id: '15010200000001',
        property: {
          type: 1,
          name: '内蒙古测试建设有限公司',
          signers: { kind: 'certificates', certificates: [holder.certificate.der] },
          createdAt: NOW - DAY,
          validFrom: NOW - DAY,
          validTo: NOW + 100 * DAY,
        },
        picture: { type: 'PNG', data: ringPng(), width: 40, height: 40 },
        makerCertificate: maker.certificate.der,
      },
      maker.signer,
    );
    const pdf = await sign(rawPdf(), holder, { electronicSeal, stamper: stampers.sm2 });
    const twice = await sign(pdf, holder);
    const [seal, plain] = await readSignatures(twice);
    expect(seal).toMatchObject({ subFilter: 'GM.sm2seal', verifies: true });
    expect(plain).toMatchObject({ subFilter: 'adbe.pkcs7.detached', verifies: true });
    const value = parseSesSignature(seal!.contents);
    expect(equalBytes(value.seal.der, electronicSeal)).toBe(true);
    expect(value.signedAt).toBe(Math.floor(NOW / 1000) * 1000);
    expect(value.timeStamp).toBeDefined();
    const tampered = pdf.slice();
    tampered[100]! ^= 1;
    expect((await verdicts(tampered))[0]).toBe(false);
  });
});
