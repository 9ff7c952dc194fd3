import { concatBytes } from '@hufu/kernel';
import { digest, PKCS9_OID, parseSignedData } from '@hufu/pki';
import { nodeCryptoEngine } from '@hufu/pki/node';
import {
  addValidationData,
  completeDocumentTimeStamp,
  prepareDocumentTimeStamp,
  prepareSignature,
  type SignatureSpec,
  sealImage,
  signPdf,
} from '@hufu/seal';
import { nodeStartDigest as start } from '@hufu/seal/node';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { extract, flipped, letter } from './support/documents.ts';
import { quartersPng } from './support/picture.ts';
import { type Holder, type KeyChoice, openWorkshop, type Workshop } from './support/workshop.ts';

const engine = nodeCryptoEngine();
let shop: Workshop;
beforeAll(async () => {
  shop = await openWorkshop();
});
afterAll(() => shop?.close());

const visible = {
  image: sealImage(quartersPng()),
  width: 40,
  height: 40,
  placements: [
    { kind: 'page' as const, page: 2, x: 120, y: 70 },
    { kind: 'straddle' as const, edge: 'right' as const, offset: 150 },
  ],
};

async function sign(
  pdf: Uint8Array,
  holder: Holder,
  more: Partial<SignatureSpec> & { stamped?: boolean } = {},
) {
  const { stamped = false, ...spec } = more;
  const full = { certificate: holder.certificate, chain: [holder.root.der], at: Date.now(), ...spec };
  const timeStamp = (signature: Uint8Array) => shop.stamp('sha256', digest('sha256', signature));
  const tools = { signer: holder.signer, engine, start, ...(stamped && { timeStamp }) };
  return concatBytes(pdf, await signPdf(pdf, full, tools));
}

/** Signed twice, the second time with a time-stamp, then given validation data and a document time-stamp. */
async function allLevels(holder: Holder, original: Uint8Array) {
  const first = await sign(original, holder, { visible, name: '内蒙古测试建设有限公司', reason: '诚信承诺' });
  const second = await sign(first, holder, { stamped: true });
  const data = { certificates: [holder.root.der], crls: [], ocspResponses: [], fields: ['Seal1', 'Seal2'] };
  const withData = concatBytes(second, addValidationData(second, data));
  const slot = prepareDocumentTimeStamp(withData, { digest: 'sha256' }, start);
  const token = await shop.stamp('sha256', slot.documentDigest);
  const archived = concatBytes(withData, await completeDocumentTimeStamp(slot, token, engine));
  return { first, second, archived };
}

const verdictsOfPdfsig = (text: string) =>
  [...text.matchAll(/Signature Validation: (.*)/g)].map(([, verdict]) => verdict);

describe.each(['rsa', 'p256'] as const)(
  '%s: outside programs accept what is signed, and refuse it changed',
  (kind) => {
    let holder: Holder;
    let made: Awaited<ReturnType<typeof allLevels>>;
    let original: Uint8Array;
    beforeAll(async () => {
      holder = await shop.holder(kind);
      original = await letter(kind === 'rsa' ? 'letter' : 'letter-linearised');
      made = await allLevels(holder, original);
    });

    test('pdfsig: both signatures are valid, also after validation data and a document time-stamp', async () => {
      for (const [pdf, count] of [
        [made.first, 1],
        [made.second, 2],
        [made.archived, 2],
      ] as const) {
        const file = await shop.write(`${kind}.pdf`, pdf);
        const said = await shop.run('pdfsig', '-nocert', file);
        const verdicts = verdictsOfPdfsig(said.text);
        expect(verdicts.slice(0, count)).toEqual(Array.from({ length: count }, () => 'Signature is Valid.'));
      }
      const told = await shop.run('pdfsig', '-nocert', await shop.write(`${kind}.pdf`, made.first));
      expect(told.text).toContain('Total document signed');
      expect(told.text).toContain('Signature Type: ETSI.CAdES.detached');
    });

    test('pdfsig: a byte of the document, or of the signature, makes it invalid', async () => {
      const inDocument = await shop.write('changed.pdf', flipped(made.first, original.length - 300));
      const [verdict] = verdictsOfPdfsig((await shop.run('pdfsig', '-nocert', inDocument)).text);
      expect(verdict).not.toBe('Signature is Valid.');
    });

    test('qpdf --check: no complaint about structure; one about a wrong offset', async () => {
      const sound = await shop.run('qpdf', '--check', await shop.write(`${kind}.pdf`, made.archived));
      expect(sound).toMatchObject({ ok: true });
      expect(sound.text).toContain('No syntax or stream encoding errors found');
      expect(sound.text).not.toContain('WARNING');
      const broken = flipped(made.archived, made.archived.length - 9);
      const said = await shop.run('qpdf', '--check', await shop.write('broken.pdf', broken));
      expect(said.ok).toBe(false);
    });

    test('openssl cms -verify -cades: the certificate that is named signed these bytes and no others', async () => {
      for (const field of ['Seal1', 'Seal2']) {
        const { der, signed } = extract(made.archived, field);
        const verify = (content: string) => {
          const input = ['-inform', 'DER', '-in', shop.file('cms.der'), '-content', content, '-binary'];
          const trust = ['-CAfile', shop.file(`root-${kind}.pem`), '-purpose', 'any'];
          return shop.run('openssl', 'cms', '-verify', '-cades', ...input, ...trust, '-out', '/dev/null');
        };
        await shop.write('cms.der', der);
        const good = await verify(await shop.write('content', signed));
        expect(good.text).toMatch(/verification successful/i);
        expect(good.ok).toBe(true);
        expect((await verify(await shop.write('content', flipped(signed, 1000)))).ok).toBe(false);
      }
    });

    test('openssl ts -verify: the stamps are over the signature value and over the document', async () => {
      const trust = ['-CAfile', shop.file('root-p256.pem')];
      const verify = async (data: Uint8Array) => {
        const input = [
          '-data',
          await shop.write('stamped', data),
          '-in',
          shop.file('token.der'),
          '-token_in',
        ];
        return shop.run('openssl', 'ts', '-verify', ...input, ...trust);
      };
      const [signer] = parseSignedData(extract(made.archived, 'Seal2').der).signers;
      await shop.write('token.der', signer!.unsignedAttributes.get(PKCS9_OID.signatureTimeStamp)![0]!);
      expect((await verify(signer!.signature)).text).toContain('Verification: OK');
      expect((await verify(flipped(signer!.signature, 9))).ok).toBe(false);

      const { der, signed } = extract(made.archived, 'TimeStamp1');
      await shop.write('token.der', der);
      expect((await verify(signed)).text).toContain('Verification: OK');
      expect((await verify(flipped(signed, 9))).ok).toBe(false);
    });
  },
);

describe('SM2 (OpenSSL and NSS know no GM/T 0010): what can be asked of them', () => {
  test('openssl verifies the signature value over the attributes with the default ID, and qpdf the structure', async () => {
    const holder = await shop.holder('sm2');
    const pdf = await sign(await letter('letter'), holder, { visible });
    const { der } = extract(pdf, 'Seal1');
    const [signer] = parseSignedData(der).signers;
    await shop.run('openssl', 'pkey', '-in', 'sm2.key', '-pubout', '-out', 'sm2.pub');
    const verify = async (attributes: Uint8Array) => {
      const input = ['-in', await shop.write('attributes', attributes), '-sigfile', shop.file('value')];
      const how = [
        '-pubin',
        '-inkey',
        'sm2.pub',
        '-rawin',
        '-digest',
        'sm3',
        '-pkeyopt',
        'distid:1234567812345678',
      ];
      return shop.run('openssl', 'pkeyutl', '-verify', ...input, ...how);
    };
    await shop.write('value', signer!.signature);
    expect((await verify(signer!.signedAttributesDer!)).text).toContain('Verified Successfully');
    expect((await verify(flipped(signer!.signedAttributesDer!, 20))).ok).toBe(false);
    const said = await shop.run('qpdf', '--check', await shop.write('sm2.pdf', pdf));
    expect(said).toMatchObject({ ok: true });
  });

  test('the 32 bytes that leave are what another SM2 implementation signs', async () => {
    const holder = await shop.holder('sm2');
    const prepared = prepareSignature(
      await letter('letter'),
      { certificate: holder.certificate, at: Date.now() },
      start,
    );
    const input = ['-in', await shop.write('hash', prepared.hash), '-sigfile', shop.file('value')];
    await shop.write('value', await holder.signer.sign(prepared.message));
    await shop.run('openssl', 'pkey', '-in', 'sm2.key', '-pubout', '-out', 'sm2.pub');
    const said = await shop.run('openssl', 'pkeyutl', '-verify', ...input, '-pubin', '-inkey', 'sm2.pub');
    expect(said.text).toContain('Verified Successfully');
  });
});

describe('files of every structure, written by qpdf', () => {
  const variants: Readonly<Record<string, readonly string[]>> = {
    'object streams': ['--object-streams=generate'],
    'linearised with a table': ['--linearize', '--object-streams=disable'],
    'normalised for reading': ['--qdf', '--object-streams=disable'],
    'without compression': ['--stream-data=uncompress', '--object-streams=generate'],
    'an old version': ['--force-version=1.4', '--object-streams=disable'],
  };

  test.each(Object.entries(variants))('%s', async (name, options) => {
    const kind: KeyChoice = 'p256';
    const holder = await shop.holder(kind);
    await shop.write('letter.pdf', await letter('letter'));
    await shop.run('qpdf', ...options, 'letter.pdf', 'variant.pdf');
    const pdf = await shop.read('variant.pdf');
    const twice = await sign(await sign(pdf, holder, { visible }), holder);
    const file = await shop.write('signed.pdf', twice);
    expect(await shop.run('qpdf', '--check', file), name).toMatchObject({ ok: true });
    const said = await shop.run('pdfsig', '-nocert', file);
    expect(verdictsOfPdfsig(said.text)).toEqual(['Signature is Valid.', 'Signature is Valid.']);
  });
});
