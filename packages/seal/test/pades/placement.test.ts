import { concatBytes } from '@hufu/kernel';
import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import {
  cutStrips,
  dictOf,
  isPdfArray,
  isPdfStream,
  nameOf,
  openPdf,
  type PageGeometry,
  type PdfDict,
  type PdfView,
  pagesOf,
  prepareSignature,
  type SealPlacement,
  type StraddlePlacement,
  shownSize,
  shownToPage,
  viewportToShown,
} from '../../src/index.ts';
import { nodeStartDigest as start } from '../../src/node/index.ts';
import { codeOf } from '../support/codes.ts';
import { NOW, newHolder, type Party } from '../support/parties.ts';
import { ringImage } from '../support/pictures.ts';
import { type RawPage, rawPdf } from '../support/raw-pdf.ts';

let holder: Party;
beforeAll(async () => {
  holder = await newHolder('p256');
});

const MM = 72 / 25.4;

type Annotation = {
  readonly dict: PdfDict;
  readonly subtype: string | undefined;
  readonly rect: readonly number[];
  readonly form: PdfDict;
  readonly drawing: string;
};

function numbers(view: PdfView, dict: PdfDict, key: string): number[] | undefined {
  const value = view.get(dict, key);
  return isPdfArray(value) ? (value.items as number[]) : undefined;
}

/** The annotations that a seal leaves, page by page. */
function annotationsOf(pdf: Uint8Array): Annotation[][] {
  const view = openPdf(pdf).latest;
  return pagesOf(view).map((page) =>
    (view.getArray(page.dict, 'Annots')?.items ?? []).map((item) => {
      const dict = dictOf(view.resolve(item))!;
      const form = view.get(view.getDict(dict, 'AP'), 'N');
      if (!isPdfStream(form)) throw new Error('appearance');
      return {
        dict,
        subtype: nameOf(view.get(dict, 'Subtype')),
        rect: numbers(view, dict, 'Rect')!,
        form: form.dict,
        drawing: Buffer.from(form.data).toString('latin1'),
      };
    }),
  );
}

function sealed(pages: readonly RawPage[], placements: readonly SealPlacement[], size = 40): Uint8Array {
  const pdf = rawPdf({ pages });
  const visible = { image: ringImage(), width: size, height: size, placements };
  const prepared = prepareSignature(pdf, { certificate: holder.certificate, at: NOW, visible }, start);
  return concatBytes(pdf, prepared.tail);
}

describe('where a seal lies on pages of every shape (Documenso #1015: rotated pages)', () => {
  const box = [10, 20, 310, 420] as const;
  // A seal of 10 mm, 20 mm from the left and 30 mm from the top of the shown page.
  const [l, t, s] = [20 * MM, 30 * MM, 10 * MM];
  const expected = {
    0: [10 + l, 420 - t - s, 10 + l + s, 420 - t],
    90: [10 + t, 20 + l, 10 + t + s, 20 + l + s],
    180: [310 - l - s, 20 + t, 310 - l, 20 + t + s],
    270: [310 - t - s, 420 - l - s, 310 - t, 420 - l],
  } as const;

  test.each([0, 90, 180, 270, -90, 450] as const)('rotated by %i, inside of a crop box', (rotate) => {
    const turned = (((rotate % 360) + 360) % 360) as 0 | 90 | 180 | 270;
    const pages = [{ mediaBox: [0, 0, 500, 600], cropBox: box, rotate }];
    const [[widget]] = annotationsOf(sealed(pages, [{ kind: 'page', page: 0, x: 20, y: 30 }], 10)) as [
      [Annotation],
    ];
    widget.rect.forEach((value, i) => {
      expect(value).toBeCloseTo(expected[turned][i]!, 3);
    });
    const matrices = {
      0: undefined,
      90: [0, 1, -1, 0, 0, 0],
      180: [-1, 0, 0, -1, 0, 0],
      270: [0, -1, 1, 0, 0, 0],
    };
    const view = openPdf(rawPdf()).latest;
    expect(numbers(view, widget.form, 'Matrix')).toEqual(matrices[turned]);
  });

  test('a page of larger user units gets a seal of the same size on paper', () => {
    const pages = [{ mediaBox: [0, 0, 300, 400], userUnit: 2 }];
    const [[widget]] = annotationsOf(sealed(pages, [{ kind: 'page', page: 0, x: 0, y: 0 }], 40)) as [
      [Annotation],
    ];
    expect(widget.rect[2]! - widget.rect[0]!).toBeCloseTo(20 * MM, 3);
    expect(widget.rect[3]).toBeCloseTo(400, 3);
  });

  test('what is dragged in a viewport of pdf.js lands there: measured at 293.33 195.22 406.67 308.56', () => {
    const geometry: PageGeometry = { box: [0, 0, 595.28, 841.89], rotation: 0, userUnit: 1 };
    const shown = viewportToShown({ x: 440, y: 800, width: 170, height: 170, scale: 1.5 });
    const rect = shownToPage(geometry, shown);
    [293.33, 195.22, 406.67, 308.56].forEach((value, i) => {
      expect(rect[i]).toBeCloseTo(value, 2);
    });
  });

  test('size and place are kept in every rotation (property)', () => {
    const rotations = fc.constantFrom(0 as const, 90 as const, 180 as const, 270 as const);
    const inside = fc.record({
      x: fc.double({ min: 0, max: 0.5, noNaN: true }),
      y: fc.double({ min: 0, max: 0.5, noNaN: true }),
    });
    fc.assert(
      fc.property(
        rotations,
        inside,
        fc.double({ min: 0.5, max: 4, noNaN: true }),
        (rotation, at, userUnit) => {
          const geometry: PageGeometry = { box: [-50, 30, 450, 730], rotation, userUnit };
          const page = shownSize(geometry);
          const shown = {
            x: at.x * page.width,
            y: at.y * page.height,
            width: page.width / 4,
            height: page.height / 5,
          };
          const [left, bottom, right, top] = shownToPage(geometry, shown);
          const area = ((right - left) * (top - bottom) * userUnit ** 2) / MM ** 2;
          expect(area).toBeCloseTo(shown.width * shown.height, 3);
          expect(left >= -50.001 && bottom >= 29.999 && right <= 450.001 && top <= 730.001).toBe(true);
        },
      ),
    );
  });

  test.each([
    ['beyond the right edge', { x: 180, y: 10 }],
    ['beyond the lower edge', { x: 10, y: 280 }],
    ['above the page', { x: 10, y: -5 }],
    ['nowhere', { x: Number.NaN, y: 0 }],
  ])('a seal %s is refused', async (_, at) => {
    const placement = { kind: 'page' as const, page: 0, ...at };
    expect(await codeOf(() => sealed([{}], [placement]))).toBe('SEALING_PLACEMENT');
    expect(await codeOf(() => sealed([{}], [{ ...placement, x: 10, y: 10 }]))).toBe('accepted');
  });
});

describe('several places at once', () => {
  test('are one signature field with one widget, and locked stamps beside it', () => {
    const places = [0, 1, 2].map((page) => ({ kind: 'page' as const, page, x: 20, y: 20 }));
    const pdf = sealed([{}, {}, {}], [...places, { kind: 'straddle', edge: 'right', offset: 100 }]);
    const pages = annotationsOf(pdf);
    const all = pages.flat();
    expect(all.map(({ subtype }) => subtype).sort()).toEqual([
      'Stamp',
      'Stamp',
      'Stamp',
      'Stamp',
      'Stamp',
      'Widget',
    ]);
    expect(pages.map((found) => found.length)).toEqual([2, 2, 2]);
    const view = openPdf(pdf).latest;
    expect(view.getArray(view.getDict(view.root, 'AcroForm'), 'Fields')?.items).toHaveLength(1);
    for (const { dict, subtype } of all) expect(view.get(dict, 'F')).toBe(subtype === 'Widget' ? 132 : 708);
    const marks = all.flatMap(({ dict }) =>
      dict.entries.has('NM')
        ? [Buffer.from((dict.entries.get('NM') as { bytes: Uint8Array }).bytes).toString()]
        : [],
    );
    expect(new Set(marks).size).toBe(5);
  });

  test('no place at all is refused; no picture makes a signature that is not seen', async () => {
    expect(await codeOf(() => sealed([{}], []))).toBe('SEALING_PAGE');
    const pdf = rawPdf();
    const { tail } = prepareSignature(pdf, { certificate: holder.certificate, at: NOW }, start);
    const view = openPdf(concatBytes(pdf, tail)).latest;
    const widget = dictOf(view.resolve(view.getArray(pagesOf(view)[0]!.dict, 'Annots')?.items[0]))!;
    expect(numbers(view, widget, 'Rect')).toEqual([0, 0, 0, 0]);
  });
});

describe('骑缝章 across the pages', () => {
  const A4 = { width: 210, height: 297 };
  const cut = (pages: number, more: Partial<StraddlePlacement> = {}, size = 40) =>
    cutStrips(
      { kind: 'straddle', edge: 'right', offset: 100, ...more },
      { width: size, height: size },
      { pages, size: () => A4 },
    );

  test('220 pages are eleven groups of twenty strips of 2 mm, each against the right edge', () => {
    const strips = cut(220);
    expect(strips).toHaveLength(220);
    expect(new Set(strips.map(({ slice }) => slice.count))).toEqual(new Set([20]));
    expect(strips[20]).toMatchObject({
      page: 20,
      slice: { index: 0, count: 20 },
      box: { x: 208, y: 100, width: 2, height: 40 },
    });
  });

  test('groups are as equal as can be: 41 pages are 14, 14 and 13', () => {
    const firsts = cut(41).filter(({ slice }) => slice.index === 0);
    expect(firsts.map(({ slice }) => slice.count)).toEqual([14, 14, 13]);
  });

  test('every page gets one strip, every group is the whole seal, no strip is too narrow (property)', () => {
    fc.assert(
      fc.property(fc.integer({ min: 2, max: 300 }), fc.integer({ min: 1, max: 13 }), (pages, narrowest) => {
        const strips = cut(pages, { narrowest });
        expect(strips.map(({ page }) => page)).toEqual(Array.from({ length: pages }, (_, i) => i));
        let index = 0;
        const sound = strips.every(({ slice, box }) => {
          const inOrder = slice.index === index && slice.count > 1;
          index = (index + 1) % slice.count;
          return inOrder && Math.abs(box.width * slice.count - 40) < 1e-9 && box.width > narrowest - 1e-9;
        });
        expect(sound).toBe(true);
        expect(index).toBe(0);
      }),
    );
  });

  test('a part of the document, and every edge', () => {
    expect(cut(9, { pages: [3, 5] }).map(({ page }) => page)).toEqual([3, 4, 5]);
    expect(cut(2, { edge: 'left' })[1]!.box).toMatchObject({ x: 0, y: 100, width: 20, height: 40 });
    expect(cut(2, { edge: 'top' })[1]).toMatchObject({
      slice: { across: 'y' },
      box: { x: 100, y: 0, width: 40, height: 20 },
    });
    expect(cut(2, { edge: 'bottom' })[0]!.box).toMatchObject({ x: 100, y: 277 });
  });

  test('one page, a range that is not there, and strips too narrow are refused', async () => {
    expect(await codeOf(() => cut(1))).toBe('SEALING_STRADDLE');
    expect(await codeOf(() => cut(9, { pages: [4, 4] }))).toBe('SEALING_STRADDLE');
    expect(await codeOf(() => cut(9, { narrowest: 25 }))).toBe('SEALING_STRADDLE');
    // Strips of 20 mm make groups of two pages, and the third page would be left with the whole seal.
    expect(await codeOf(() => cut(3, { narrowest: 20 }))).toBe('SEALING_STRADDLE');
    expect(await codeOf(() => cut(4, { narrowest: 20 }))).toBe('accepted');
    expect(await codeOf(() => cut(9, { pages: [4, 9] }))).toBe('SEALING_PAGE');
    expect(await codeOf(() => cut(9, { pages: [-1, 4] }))).toBe('SEALING_PAGE');
    expect(await codeOf(() => cut(9, { pages: [5, 4] }))).toBe('SEALING_PAGE');
  });

  test('strips draw successive parts of one picture, and equal ones share their appearance', () => {
    const pages = annotationsOf(
      sealed(
        Array.from({ length: 40 }, () => ({})),
        [{ kind: 'straddle', edge: 'right', offset: 100 }],
      ),
    );
    const drawings = pages.map(([strip]) => strip!.drawing);
    const shifts = drawings.slice(0, 3).map((text) => Number(/ 0 0 [\d.]+ (-?[\d.]+) /.exec(text)![1]));
    expect(shifts[0]).toBe(0);
    expect(shifts[2]! - shifts[1]!).toBeCloseTo(-2 * MM, 3);
    expect(drawings[20]).toBe(drawings[0]);
    expect(new Set(pages.map(([strip]) => strip!.form)).size).toBe(20);
  });
});
