import { concatBytes, equalBytes } from '@hufu/kernel';
import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import {
  isPdfArray,
  isPdfDict,
  isPdfString,
  openPdf,
  type PdfDict,
  pagesOf,
  prepareSignature,
  signPdf,
  writeObject,
} from '../../src/index.ts';
import { nodeStartDigest } from '../../src/node/index.ts';
import { codeOf } from '../support/codes.ts';
import { engine, NOW, newHolder, type Party } from '../support/parties.ts';
import { ringImage } from '../support/pictures.ts';
import { type RawPdf, rawPdf } from '../support/raw-pdf.ts';
import { readSignatures } from '../support/read-signatures.ts';

let holder: Party;
beforeAll(async () => {
  holder = await newHolder('p256');
});

const seal = (page = 0) => ({
  image: ringImage(),
  width: 40,
  height: 40,
  placements: [{ kind: 'page' as const, page, x: 20, y: 30 }],
});

async function signed(pdf: Uint8Array, page?: number): Promise<Uint8Array> {
  const spec = { certificate: holder.certificate, at: NOW, visible: seal(page) };
  const tools = { signer: holder.signer, engine, start: nodeStartDigest };
  return concatBytes(pdf, await signPdf(pdf, spec, tools));
}

const text = (bytes: Uint8Array): string => Buffer.from(bytes).toString('latin1');

describe('B.1 signing appends and touches nothing (ISO 32000-2 §7.5.6)', () => {
  test.each(['table', 'stream', 'hybrid'] as const)('a file with a cross-reference %s', async (xref) => {
    const pdf = rawPdf({ xref, pages: [{}, {}] });
    const once = await signed(pdf);
    const twice = await signed(once, 1);
    expect(equalBytes(once.subarray(0, pdf.length), pdf)).toBe(true);
    expect(equalBytes(twice.subarray(0, once.length), once)).toBe(true);
    const file = openPdf(twice);
    const kind = xref === 'stream' ? 'stream' : 'table';
    expect(file.sections.map((section) => section.kind)).toEqual([kind, kind, kind]);
    expect(file.revisions).toHaveLength(3);
    expect(file.revisions.map(({ end }) => end)).toEqual([pdf.length, once.length, twice.length]);
    expect((await readSignatures(twice)).map(({ verifies }) => verifies)).toEqual([true, true]);
  });

  test('a file that does not end with a line end gets one before the first object', async () => {
    const pdf = rawPdf({ lastNewline: false });
    const out = await signed(pdf);
    expect(text(out.subarray(pdf.length - 5, pdf.length + 1))).toBe('%%EOF\n');
    expect((await readSignatures(out))[0]?.verifies).toBe(true);
    const next = await signed(rawPdf());
    expect(text(next.subarray(rawPdf().length, rawPdf().length + 3))).toMatch(/^\d/);
  });

  test('the page changes in /Annots alone, and its numbers keep all their digits', async () => {
    const pages = [
      { mediaBox: [0, 0, 595.275590551, 841.889763779], extra: '/Annots[]/Custom(a\\)b)/N#20x 0.000001' },
    ];
    const pdf = rawPdf({ pages });
    const before = pagesOf(openPdf(pdf).latest)[0]!.dict;
    const after = pagesOf(openPdf(await signed(pdf)).latest)[0]!.dict;
    const without = (dict: PdfDict) =>
      [...dict.entries]
        .filter(([key]) => key !== 'Annots')
        .map(([key, value]) => [key, text(writeObject(value))]);
    expect(without(after)).toEqual(without(before));
    expect(text(writeObject(after))).toContain('841.889763779');
    expect(text(writeObject(after))).toContain('0.000001');
  });

  test('annotations that were there stay, before the seal, also when their array stands elsewhere', async () => {
    const objects = ['[101 0 R]', '<</Type/Annot/Subtype/Text/Rect[0 0 9 9]>>'];
    const pdf = rawPdf({ pages: [{ extra: '/Annots 100 0 R' }, { extra: '/Annots 100 0 R' }], objects });
    const view = openPdf(await signed(pdf)).latest;
    const [first, second] = pagesOf(view).map((page) => view.getArray(page.dict, 'Annots')?.items);
    expect(first).toHaveLength(2);
    expect(first?.[0]).toMatchObject({ num: 101 });
    // Both pages share the array: the seal must not turn up on the other one.
    expect(second).toHaveLength(1);
  });

  test('a form that was there keeps its fields and its other entries, and the new name is free', async () => {
    const objects = ['<</Fields[101 0 R]/DA(/Helv 0 Tf)/SigFlags 1>>', '<</FT/Tx/T(Seal1)/V(x)>>'];
    const pdf = rawPdf({ catalog: '/AcroForm 100 0 R', objects });
    const out = await signed(pdf);
    const view = openPdf(out).latest;
    const form = view.getDict(view.root, 'AcroForm')!;
    expect(view.getArray(form, 'Fields')?.items).toHaveLength(2);
    expect(view.get(form, 'SigFlags')).toBe(3);
    expect(isPdfString(view.get(form, 'DA'))).toBe(true);
    expect((await readSignatures(out)).map(({ field }) => field)).toEqual(['Seal2']);
  });

  test('the first part of /ID stays, the second is new with every revision (§14.4)', async () => {
    const pdf = rawPdf({ trailer: '/ID[<aa><bb>]/Info 3 0 R' });
    const idOf = (bytes: Uint8Array) => {
      const view = openPdf(bytes).latest;
      const id = view.get(view.trailer, 'ID');
      return isPdfArray(id)
        ? id.items.map((part) => (isPdfString(part) ? Buffer.from(part.bytes).toString('hex') : ''))
        : [];
    };
    const once = await signed(pdf);
    const twice = await signed(once);
    expect([idOf(once)[0], idOf(twice)[0]]).toEqual(['aa', 'aa']);
    expect(new Set([idOf(pdf)[1], idOf(once)[1], idOf(twice)[1]]).size).toBe(3);
    expect(isPdfDict(openPdf(twice).latest.getDict(openPdf(twice).latest.trailer, 'Info'))).toBe(true);
  });

  test('an encrypted file is refused', async () => {
    const pdf = rawPdf({ trailer: '/Encrypt 100 0 R', objects: ['<</Filter/Standard/V 1>>'] });
    expect(await codeOf(() => signed(pdf))).toBe('SEALING_ENCRYPTED');
  });

  test('a dynamic form is refused: what it shows is not what its pages hold', async () => {
    expect(await codeOf(() => signed(rawPdf({ catalog: '/NeedsRendering true' })))).toBe(
      'SEALING_DYNAMIC_FORM',
    );
    expect(await codeOf(() => signed(rawPdf({ catalog: '/NeedsRendering false' })))).toBe('accepted');
  });

  test('what is not a PDF, or is one without its end, is refused', async () => {
    expect(await codeOf(() => signed(new Uint8Array(100)))).toBe('PDF_HEADER');
    expect(await codeOf(() => signed(rawPdf().subarray(0, 300)))).toBe('PDF_STARTXREF');
  });

  test('a page number that is not there is refused', async () => {
    expect(await codeOf(() => signed(rawPdf(), 1))).toBe('SEALING_PAGE');
  });
});

describe('damaged files', () => {
  test('are refused with a code, or sealed soundly: never anything else (property)', async () => {
    const variants = (['table', 'stream', 'hybrid'] as const).map((xref) =>
      rawPdf({ xref, pages: [{}, { rotate: 90 }] }),
    );
    const damage = fc.array(fc.tuple(fc.nat(2000), fc.integer({ min: 0, max: 255 })), {
      minLength: 1,
      maxLength: 3,
    });
    await fc.assert(
      fc.asyncProperty(fc.nat(2), damage, fc.nat(2000), async (which, changes, cut) => {
        const whole = variants[which]!;
        const pdf = whole.slice(0, cut % 5 === 0 ? cut : whole.length);
        for (const [at, value] of changes) if (at < pdf.length) pdf[at] = value;
        const spec = { certificate: holder.certificate, at: NOW, visible: seal(), timeStampRoom: 0 };
        const code = await codeOf(() => {
          const { tail } = prepareSignature(pdf, spec, nodeStartDigest);
          openPdf(concatBytes(pdf, tail));
        });
        expect(code).toMatch(/^(?:accepted|PDF_[A-Z_]+|SEALING_[A-Z_]+)$/);
      }),
      { numRuns: 300 },
    );
  });
});

describe('the byte range leaves out /Contents and nothing else (§12.8.1)', () => {
  const variants: readonly RawPdf[] = [{}, { xref: 'stream' }, { lastNewline: false }];

  test.each(variants)('%j', async (variant) => {
    const pdf = rawPdf(variant);
    // Text that looks like the places that are filled in later.
    const reason = '/ByteRange [0 9999999999 9999999999 9999999999] /Contents <00000000>';
    const spec = {
      certificate: holder.certificate,
      at: NOW,
      reason,
      name: '<0',
      location: '/Contents <0000',
    };
    const prepared = prepareSignature(pdf, spec, nodeStartDigest);
    const whole = concatBytes(pdf, prepared.tail);
    const [from, length, second, rest] = prepared.byteRange;
    expect([from, second + rest]).toEqual([0, whole.length]);
    const gap = text(whole.subarray(length, second));
    expect(gap).toMatch(/^<0+>$/);
    expect(gap).toHaveLength(2 * prepared.capacity + 2);
    const out = concatBytes(
      pdf,
      await signPdf(pdf, spec, { signer: holder.signer, engine, start: nodeStartDigest }),
    );
    expect((await readSignatures(out))[0]).toMatchObject({ verifies: true, coversUpTo: out.length });
    expect(text(out)).toContain(`/ByteRange [0 ${length} ${second} ${rest}`);
  });
});
