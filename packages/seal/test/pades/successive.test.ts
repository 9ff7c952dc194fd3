import { readFileSync } from 'node:fs';
import { concatBytes, equalBytes } from '@hufu/kernel';
import { createTrustStore } from '@hufu/pki';
import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import {
  addValidationData,
  completeDocumentTimeStamp,
  prepareDocumentTimeStamp,
  type SealPlacement,
  signPdf,
  type VisibleSeal,
  validatePdf,
} from '../../src/index.ts';
import { readNotoSerif, nodeStartDigest as start, subsetTextFont } from '../../src/node/index.ts';
import { engine, NOW, newHolder, newTimeStamper, type Party } from '../support/parties.ts';
import { ringImage } from '../support/pictures.ts';
import { rawPdf } from '../support/raw-pdf.ts';
import { readSignatures } from '../support/read-signatures.ts';

let holders: readonly Party[];
let stamper: Awaited<ReturnType<typeof newTimeStamper>>;
beforeAll(async () => {
  holders = await Promise.all((['p256', 'sm2'] as const).map(newHolder));
  stamper = await newTimeStamper('p256');
});

const sealAt = (placements: readonly SealPlacement[]): VisibleSeal => ({
  image: ringImage(),
  width: 30,
  height: 30,
  placements,
});

async function sign(pdf: Uint8Array, holder: Party, visible?: VisibleSeal): Promise<Uint8Array> {
  const spec = { certificate: holder.certificate, at: NOW, timeStampRoom: 0, ...(visible && { visible }) };
  return concatBytes(pdf, await signPdf(pdf, spec, { signer: holder.signer, engine, start }));
}

async function expectAllValid(pdf: Uint8Array, count: number): Promise<void> {
  const found = await readSignatures(pdf);
  expect(found.map(({ verifies }) => verifies)).toEqual(Array.from({ length: count }, () => true));
  expect(new Set(found.map(({ field }) => field)).size).toBe(count);
}

describe('earlier signatures stay valid (OpenSign #2090, pdf-lib #1673)', () => {
  test.each(['letter', 'letter-linearised'])(
    '%s: a mix of keys, seals, validation data and time-stamps',
    async (name) => {
      const original = new Uint8Array(
        readFileSync(new URL(`../vectors/documents/${name}.pdf`, import.meta.url)),
      );
      let pdf = await sign(original, holders[0]!, sealAt([{ kind: 'page', page: 2, x: 120, y: 60 }]));
      pdf = await sign(pdf, holders[1]!, sealAt([{ kind: 'straddle', edge: 'right', offset: 130 }]));
      const data = {
        certificates: [holders[0]!.certificate.der],
        crls: [],
        ocspResponses: [],
        fields: ['Seal1'],
      };
      pdf = concatBytes(pdf, addValidationData(pdf, data));
      const slot = prepareDocumentTimeStamp(pdf, { digest: 'sha256' }, start);
      const token = await stamper.stamp('sha256', slot.documentDigest);
      pdf = concatBytes(pdf, await completeDocumentTimeStamp(slot, token, engine));
      pdf = await sign(pdf, holders[0]!);
      await expectAllValid(pdf, 4);
      expect(equalBytes(pdf.subarray(0, original.length), original)).toBe(true);
    },
  );

  test('a hundred signatures on one file, one after the other', async () => {
    let pdf = rawPdf({ pages: [{}, {}, {}] });
    for (let i = 0; i < 100; i++) {
      const place = { kind: 'page' as const, page: i % 3, x: 5 + (i % 17) * 10, y: 5 + (i % 23) * 10 };
      pdf = await sign(pdf, holders[0]!, sealAt([place]));
    }
    await expectAllValid(pdf, 100);
  });

  test('a later signer with several places and 骑缝章 changes nothing that the earlier signature forbids', async () => {
    const [first, second] = holders as [Party, Party];
    const lines = ['签署单位：测试'];
    const font = await subsetTextFont(lines[0]!, readNotoSerif(400));
    const pages = Array.from({ length: 4 }, () => ({}));
    let pdf = await sign(rawPdf({ pages }), first, sealAt([{ kind: 'page', page: 0, x: 20, y: 20 }]));
    const places: readonly SealPlacement[] = [
      { kind: 'page', page: 3, x: 120, y: 60 },
      { kind: 'page', page: 1, x: 120, y: 60 },
      { kind: 'straddle', edge: 'right', offset: 130 },
    ];
    pdf = await sign(pdf, second, { ...sealAt(places), caption: { lines, font } });
    const store = createTrustStore({ engine, anchors: [], intermediates: [] });
    const report = await validatePdf(pdf, { store, engine, now: NOW, start });
    const [earlier] = report.signatures;
    expect(earlier?.changes.items.map(({ reason }) => reason)).toContain('SEAL_STAMP_ADDED');
    expect(earlier?.changes.items.every(({ permitted }) => permitted)).toBe(true);
    expect(earlier?.blocks.find(({ block }) => block === 'changes')?.status).not.toBe('failed');
  });

  const placement: fc.Arbitrary<SealPlacement> = fc.oneof(
    fc.record({
      kind: fc.constant('page' as const),
      page: fc.nat(3),
      x: fc.integer({ min: 0, max: 60 }),
      y: fc.integer({ min: 0, max: 60 }),
    }),
    fc.record({
      kind: fc.constant('straddle' as const),
      edge: fc.constantFrom('left' as const, 'right' as const, 'top' as const, 'bottom' as const),
      offset: fc.integer({ min: 0, max: 60 }),
    }),
  );
  const step = fc.oneof(
    fc.record({
      act: fc.constant('sign' as const),
      key: fc.nat(1),
      places: fc.array(placement, { maxLength: 4 }),
    }),
    fc.record({ act: fc.constant('data' as const) }),
    fc.record({ act: fc.constant('stamp' as const) }),
  );

  test('after any sequence of acts and placements (property)', async () => {
    const pages = [
      {},
      { rotate: 90 },
      { rotate: 180, cropBox: [30, 30, 560, 800] },
      { rotate: 270, userUnit: 1.5 },
    ];
    const kinds = fc.constantFrom('table' as const, 'stream' as const, 'hybrid' as const);
    await fc.assert(
      fc.asyncProperty(
        kinds,
        fc.boolean(),
        fc.array(step, { minLength: 1, maxLength: 5 }),
        async (xref, lastNewline, steps) => {
          let pdf = rawPdf({ xref, lastNewline, pages });
          let signatures = 0;
          for (const next of steps) {
            const before = pdf;
            if (next.act === 'sign') {
              pdf = await sign(
                pdf,
                holders[next.key]!,
                next.places.length > 0 ? sealAt(next.places) : undefined,
              );
              signatures++;
            } else if (next.act === 'data') {
              const data = {
                certificates: [holders[signatures % 2]!.certificate.der],
                crls: [],
                ocspResponses: [],
              };
              pdf = concatBytes(pdf, addValidationData(pdf, data));
            } else {
              const slot = prepareDocumentTimeStamp(pdf, { digest: 'sha256' }, start);
              const token = await stamper.stamp('sha256', slot.documentDigest);
              pdf = concatBytes(pdf, await completeDocumentTimeStamp(slot, token, engine));
              signatures++;
            }
            expect(equalBytes(pdf.subarray(0, before.length), before)).toBe(true);
          }
          await expectAllValid(pdf, signatures);
        },
      ),
      { numRuns: 20 },
    );
  });
});
