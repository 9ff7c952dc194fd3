import { concatBytes } from '@hufu/kernel';
import { unzlibSync } from 'fflate';
import { beforeAll, describe, expect, test } from 'vitest';
import {
  dictOf,
  isPdfArray,
  isPdfStream,
  openPdf,
  type PdfDict,
  type PdfView,
  pagesOf,
  prepareSignature,
} from '../../src/index.ts';
import { readNotoSerif, nodeStartDigest as start, subsetTextFont } from '../../src/node/index.ts';
import { codeOf } from '../support/codes.ts';
import { NOW, newHolder, type Party } from '../support/parties.ts';
import { ringImage } from '../support/pictures.ts';
import { rawPdf } from '../support/raw-pdf.ts';

const LINES = ['签署单位：内蒙古测试建设有限公司', '时间：2026年11月20日 12:30'];

let holder: Party;
let font: Uint8Array;
beforeAll(async () => {
  holder = await newHolder('p256');
  font = await subsetTextFont(LINES.join(''), readNotoSerif(400));
});

const seal = (lines: readonly string[], bytes: Uint8Array, at = { x: 80, y: 100 }) => ({
  image: ringImage(),
  width: 40,
  height: 40,
  placements: [{ kind: 'page' as const, page: 0, ...at }],
  caption: { lines, font: bytes },
});

function prepared(visible: ReturnType<typeof seal>): Uint8Array {
  const pdf = rawPdf();
  const { tail } = prepareSignature(pdf, { certificate: holder.certificate, at: NOW, visible }, start);
  return concatBytes(pdf, tail);
}

type Shown = {
  readonly view: PdfView;
  readonly form: PdfDict;
  readonly drawing: string;
  readonly font: PdfDict;
};

function shown(pdf: Uint8Array): Shown {
  const view = openPdf(pdf).latest;
  const widget = dictOf(view.resolve(view.getArray(pagesOf(view)[0]!.dict, 'Annots')?.items[0]))!;
  const form = view.get(view.getDict(widget, 'AP'), 'N');
  if (!isPdfStream(form)) throw new Error('appearance');
  const face = view.getDict(view.getDict(view.getDict(form.dict, 'Resources'), 'Font'), 'Caption')!;
  return { view, form: form.dict, drawing: Buffer.from(form.data).toString('latin1'), font: face };
}

/** Text of the drawing by the embedded ToUnicode map, as a reader copies it. */
function copied({ view, drawing, font: face }: Shown): string[] {
  const stream = view.get(face, 'ToUnicode');
  if (!isPdfStream(stream)) throw new Error('ToUnicode');
  const map = new Map<string, string>();
  const text = Buffer.from(unzlibSync(stream.data)).toString('latin1');
  for (const [, glyph, units] of text.matchAll(/<([0-9a-f]{4})> <([0-9a-f]+)>/g)) {
    map.set(glyph!, Buffer.from(units!, 'hex').swap16().toString('utf16le'));
  }
  return [...drawing.matchAll(/<([0-9a-f]+)> Tj/g)].map(([, glyphs]) =>
    glyphs!
      .match(/.{4}/g)!
      .map((glyph) => map.get(glyph))
      .join(''),
  );
}

function boxOf(visible: ReturnType<typeof seal>): readonly number[] {
  const box = shown(prepared(visible)).form.entries.get('BBox');
  return isPdfArray(box) ? (box.items as readonly number[]) : [];
}

describe('B.1 lines beneath the seal in an embedded Chinese font (DocuSeal #148, OpenSign #1934)', () => {
  test('are drawn glyph by glyph, can be copied, and carry their font along', () => {
    const found = shown(prepared(seal(LINES, font)));
    expect(copied(found)).toEqual(LINES);
    const descendant = dictOf(
      found.view.resolve(found.view.getArray(found.font, 'DescendantFonts')?.items[0]),
    )!;
    const file = found.view.get(found.view.getDict(descendant, 'FontDescriptor'), 'FontFile2');
    expect(isPdfStream(file) && Buffer.from(unzlibSync(file.data)).equals(Buffer.from(font))).toBe(true);
    expect(font.length).toBeLessThan(40_000);
  });

  test('widen the place of the seal when they are longer than it is wide, around the same middle', () => {
    const box = boxOf(seal(LINES, font));
    const plain = boxOf(seal(['时间'], font));
    expect(box[2]).toBeCloseTo(8 * 16, 0);
    expect(plain[2]).toBeCloseTo(40 * (72 / 25.4), 2);
    expect(box[3]! - plain[3]!).toBeCloseTo(8 * 1.35, 2);
  });

  test('stand beneath the first whole place alone', () => {
    const several = seal(LINES, font);
    const more = { kind: 'page' as const, page: 0, x: 20, y: 180 };
    const { view } = shown(prepared({ ...several, placements: [...several.placements, more] }));
    const annotations = view.getArray(pagesOf(view)[0]!.dict, 'Annots')?.items ?? [];
    const captioned = annotations.map((item) => {
      const form = view.get(view.getDict(dictOf(view.resolve(item)), 'AP'), 'N');
      return isPdfStream(form) && Buffer.from(form.data).includes('Tj');
    });
    expect(captioned).toEqual([true, false]);
  });

  test('that would leave the page are refused with the seal', async () => {
    expect(await codeOf(() => prepared(seal(LINES, font, { x: 0, y: 100 })))).toBe('SEALING_PLACEMENT');
    expect(await codeOf(() => prepared(seal(LINES, font, { x: 80, y: 256 })))).toBe('SEALING_PLACEMENT');
    expect(await codeOf(() => prepared(seal(['时间'], font, { x: 0, y: 100 })))).toBe('accepted');
  });

  test('a character that the font lacks is refused, never shown as an empty box', async () => {
    expect(await codeOf(() => prepared(seal(['签署单位：龘'], font)))).toBe('SEALING_GLYPH');
  });

  test('bytes that are no TrueType font, and damaged ones, are refused', async () => {
    expect(await codeOf(() => prepared(seal(LINES, new Uint8Array(3))))).toBe('SEALING_FONT');
    expect(await codeOf(() => prepared(seal(LINES, new TextEncoder().encode('OTTO and what follows'))))).toBe(
      'SEALING_FONT',
    );
    for (let length = 0; length < font.length; length += 997) {
      expect(await codeOf(() => prepared(seal(LINES, font.slice(0, length))))).toBe('SEALING_FONT');
    }
  });
});
