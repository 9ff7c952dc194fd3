import { concatBytes } from '@hufu/kernel';
import { beforeAll, describe, expect, test } from 'vitest';
import {
  addValidationData,
  certificationOf,
  completeDocumentTimeStamp,
  openPdf,
  prepareDocumentTimeStamp,
  type SignatureSpec,
  signPdf,
} from '../../src/index.ts';
import { nodeStartDigest as start } from '../../src/node/index.ts';
import { codeOf } from '../support/codes.ts';
import { engine, NOW, newHolder, newTimeStamper, type Party } from '../support/parties.ts';
import { ringImage } from '../support/pictures.ts';
import { rawPdf } from '../support/raw-pdf.ts';
import { readSignatures } from '../support/read-signatures.ts';

let holder: Party;
beforeAll(async () => {
  holder = await newHolder('p256');
});

async function sign(pdf: Uint8Array, more: Partial<SignatureSpec> = {}): Promise<Uint8Array> {
  const tools = { signer: holder.signer, engine, start };
  return concatBytes(pdf, await signPdf(pdf, { certificate: holder.certificate, at: NOW, ...more }, tools));
}

const seal = (count: number) => ({
  image: ringImage(),
  width: 30,
  height: 30,
  placements: Array.from({ length: count }, (_, i) => ({ kind: 'page' as const, page: 0, x: 35 * i, y: 10 })),
});

describe('certification (ISO 32000-2 §12.8.2.2)', () => {
  test.each([1, 2, 3] as const)('is written at level %i and read back', async (level) => {
    const pdf = await sign(rawPdf({ pages: [{}, {}] }), { certify: level, visible: seal(2) });
    expect(certificationOf(openPdf(pdf).latest)).toBe(level);
    expect((await readSignatures(pdf))[0]?.verifies).toBe(true);
    expect(certificationOf(openPdf(await sign(rawPdf())).latest)).toBeUndefined();
  });

  test('leaves other permissions of the document where they are', async () => {
    const pdf = await sign(rawPdf({ catalog: '/Perms<</UR3 3 0 R>>' }), { certify: 2 });
    const { latest: view } = openPdf(pdf);
    expect([...view.getDict(view.root, 'Perms')!.entries.keys()]).toEqual(['UR3', 'DocMDP']);
  });

  test('must be the first signature', async () => {
    const signed = await sign(rawPdf());
    expect(await codeOf(() => sign(signed, { certify: 2 }))).toBe('SEALING_CERTIFY_FIRST');
    const certified = await sign(rawPdf(), { certify: 3 });
    expect(await codeOf(() => sign(certified, { certify: 3 }))).toBe('SEALING_CERTIFY_FIRST');
  });

  test.each([
    [1, 'SEALING_CERTIFIED', 'SEALING_CERTIFIED'],
    [2, 'accepted', 'SEALING_CERTIFIED'],
    [3, 'accepted', 'accepted'],
  ] as const)('level %i: another seal %s, a seal with stamps beside it %s', async (certify, one, several) => {
    const certified = await sign(rawPdf(), { certify });
    expect(await codeOf(() => sign(certified, { visible: seal(1) }))).toBe(one);
    expect(await codeOf(() => sign(certified, { visible: seal(2) }))).toBe(several);
  });

  test.each([
    [1, 'SEALING_CERTIFIED', 'SEALING_CERTIFIED'],
    [2, 'accepted', 'SEALING_CERTIFIED'],
    [3, 'accepted', 'accepted'],
  ] as const)(
    'the lock of a signed field at level %i counts the same (Table 236)',
    async (level, one, several) => {
      const objects = [
        '<</Fields[101 0 R]/SigFlags 3>>',
        `<</FT/Sig/T(Signed)/V 102 0 R/Lock<</Type/SigFieldLock/Action/All/P ${level}>>>>`,
        '<</Type/Sig/Filter/Adobe.PPKLite/SubFilter/ETSI.CAdES.detached>>',
      ];
      const locked = rawPdf({ catalog: '/AcroForm 100 0 R', objects });
      expect(await codeOf(() => sign(locked, { visible: seal(1) }))).toBe(one);
      expect(await codeOf(() => sign(locked, { visible: seal(2) }))).toBe(several);
    },
  );

  test('at no level stands against validation data and document time-stamps', async () => {
    const certified = await sign(rawPdf(), { certify: 1 });
    const data = { certificates: [holder.certificate.der], crls: [], ocspResponses: [] };
    const pdf = concatBytes(certified, addValidationData(certified, data));
    const slot = prepareDocumentTimeStamp(pdf, { digest: 'sha256' }, start);
    const token = await (await newTimeStamper('p256')).stamp('sha256', slot.documentDigest);
    const stamped = concatBytes(pdf, await completeDocumentTimeStamp(slot, token, engine));
    expect((await readSignatures(stamped)).map(({ verifies }) => verifies)).toEqual([true, true]);
  });
});
