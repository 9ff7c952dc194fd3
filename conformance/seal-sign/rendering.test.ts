import { concatBytes } from '@hufu/kernel';
import {
  prepareSignature,
  type SealPlacement,
  type StraddleEdge,
  sealImage,
  type VisibleSeal,
} from '@hufu/seal';
import { readNotoSerif, nodeStartDigest as start, subsetTextFont } from '@hufu/seal/node';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { blankPdf } from './support/blank-pdf.ts';
import { letter } from './support/documents.ts';
import {
  BLUE,
  GREEN,
  isNear,
  quartersPng,
  RED,
  type Rendered,
  type Rgb,
  readPpm,
} from './support/picture.ts';
import { type Holder, openWorkshop, type Workshop } from './support/workshop.ts';

const DPI = 100;
const PER_MM = DPI / 25.4;
const SIZE = 40;
const WHITE: Rgb = [255, 255, 255];

let shop: Workshop;
let holder: Holder;
beforeAll(async () => {
  shop = await openWorkshop();
  holder = await shop.holder('p256');
});
afterAll(() => shop?.close());

const image = sealImage(quartersPng());

function sealed(
  pdf: Uint8Array,
  placements: readonly SealPlacement[],
  caption?: VisibleSeal['caption'],
): Uint8Array {
  const visible = { image, width: SIZE, height: SIZE, placements, ...(caption && { caption }) };
  const spec = { certificate: holder.certificate, at: Date.now(), visible };
  return concatBytes(pdf, prepareSignature(pdf, spec, start).tail);
}

/** Pages as poppler shows them: turned, and cut to the crop box. */
async function render(pdf: Uint8Array, pages: number): Promise<Rendered[]> {
  await shop.write('shown.pdf', pdf);
  const said = await shop.run('pdftoppm', '-r', String(DPI), '-cropbox', 'shown.pdf', 'shown');
  expect(said).toEqual({ ok: true, text: '' });
  const digits = String(pages).length;
  const names = Array.from({ length: pages }, (_, i) => `shown-${String(i + 1).padStart(digits, '0')}.ppm`);
  return Promise.all(names.map(async (name) => readPpm(await shop.read(name))));
}

/** What the seal's picture has at a point, millimetres from its upper left corner; undefined where colours meet. */
function colorOfSeal(x: number, y: number): Rgb | undefined {
  const nearMiddle = Math.abs(x - SIZE / 2) < 1 || Math.abs(y - SIZE / 2) < 1;
  if (nearMiddle || x < 1 || y < 1 || x > SIZE - 1 || y > SIZE - 1) return undefined;
  if (y < SIZE / 2) return x < SIZE / 2 ? RED : GREEN;
  return x < SIZE / 2 ? BLUE : WHITE;
}

/** Points all over the seal. */
const POINTS = Array.from({ length: 20 * 20 }, (_, i) => ({
  x: 2 * (i % 20) + 1.3,
  y: 2 * Math.floor(i / 20) + 1.3,
}));

describe('a whole seal is shown upright, at its size, where it was put', () => {
  const shapes: Readonly<Record<string, string>> = {
    upright: '/MediaBox[0 0 595.276 841.89]',
    'turned by 90': '/MediaBox[0 0 595.276 841.89]/Rotate 90',
    'turned by 180': '/MediaBox[0 0 595.276 841.89]/Rotate 180',
    'turned by 270': '/MediaBox[0 0 595.276 841.89]/Rotate 270',
    'cropped, off the origin': '/MediaBox[-100 50 600 900]/CropBox[-20 90 500 820]',
    'cropped and turned by 90': '/MediaBox[-100 50 600 900]/CropBox[-20 90 500 820]/Rotate 90',
    'cropped and turned by 270': '/MediaBox[-100 50 600 900]/CropBox[-20 90 500 820]/Rotate -90',
  };

  test('on pages of every shape', async () => {
    const names = Object.keys(shapes);
    const pdf = sealed(
      blankPdf(Object.values(shapes)),
      names.map((_, page) => ({ kind: 'page', page, x: 25 + page, y: 35 })),
    );
    const pages = await render(pdf, names.length);
    names.forEach((name, page) => {
      for (const { x, y } of POINTS) {
        const wanted = colorOfSeal(x, y);
        const found = pages[page]!.at((25 + page + x) * PER_MM, (35 + y) * PER_MM);
        if (wanted !== undefined) expect(isNear(found, wanted), `${name}: ${x},${y} is ${found}`).toBe(true);
      }
      expect(pages[page]!.at((20 + page) * PER_MM, 40 * PER_MM), name).toEqual(WHITE);
    });
  });

  test('as ink over text: legible through the seal, untouched where the picture is transparent', async () => {
    const pdf = await letter('letter');
    const [before] = await render(pdf, 3);
    const [after] = await render(sealed(pdf, [{ kind: 'page', page: 0, x: 70, y: 20 }]), 3);
    const isDark = ([red, green, blue]: Rgb) => red < 90 && green < 90 && blue < 90;
    const darkIn = (left: number, top: number, check: (x: number, y: number) => void): number => {
      let dark = 0;
      for (let x = left * PER_MM; x < (left + 18) * PER_MM; x++) {
        for (let y = top * PER_MM; y < (top + 18) * PER_MM; y++) {
          check(x, y);
          if (isDark(before!.at(x, y))) dark++;
        }
      }
      return dark;
    };
    const throughRed = darkIn(71, 21, (x, y) => {
      if (isDark(before!.at(x, y))) expect(isDark(after!.at(x, y))).toBe(true);
    });
    const untouched = darkIn(91, 41, (x, y) => {
      expect(after!.at(x, y)).toEqual(before!.at(x, y));
    });
    expect(throughRed).toBeGreaterThan(20);
    expect(untouched).toBeGreaterThan(20);
  });
});

describe('骑缝章: the strips of the pages, laid side by side, are the seal', () => {
  const PAGES = 5;
  const turned = [0, 90, 180, 270, 0].map((rotate) => `/MediaBox[0 0 595.276 595.276]/Rotate ${rotate}`);

  test.each(['left', 'right', 'top', 'bottom'] as const)(
    'along the %s edge of pages that are turned',
    async (edge: StraddleEdge) => {
      const pdf = sealed(blankPdf(turned), [{ kind: 'straddle', edge, offset: 60 }]);
      const pages = await render(pdf, PAGES);
      const side = (595.276 / 72) * 25.4;
      const strip = SIZE / PAGES;
      const upright = edge === 'left' || edge === 'right';
      const from = edge === 'left' || edge === 'top' ? 0 : side - strip;
      for (const { x, y } of POINTS) {
        const along = upright ? x : y;
        const [page, inside] = [Math.floor(along / strip), along % strip];
        if (inside < 0.5 || inside > strip - 0.5) continue;
        const found = upright
          ? pages[page]!.at((from + inside) * PER_MM, (60 + y) * PER_MM)
          : pages[page]!.at((60 + x) * PER_MM, (from + inside) * PER_MM);
        const wanted = colorOfSeal(x, y);
        if (wanted !== undefined)
          expect(isNear(found, wanted), `page ${page + 1}: ${x},${y} is ${found}`).toBe(true);
      }
    },
  );
});

describe('lines beneath the seal', () => {
  test('are read by pdftotext as they were written', async () => {
    const lines = ['签署单位：内蒙古测试建设有限公司', '时间：2026年11月20日'];
    const font = await subsetTextFont(lines.join(''), readNotoSerif(400));
    const places = [{ kind: 'page' as const, page: 2, x: 110, y: 80 }];
    await shop.write('captioned.pdf', sealed(await letter('letter-linearised'), places, { lines, font }));
    const said = await shop.run('pdftotext', '-f', '3', '-l', '3', 'captioned.pdf', '-');
    for (const line of lines) expect(said.text).toContain(line);
    const fonts = await shop.run('pdffonts', 'captioned.pdf');
    expect(fonts.text).toMatch(/[A-Z]{6}\+SealCaption\s+CID TrueType\s+Identity-H\s+yes\s+yes\s+yes/);
  });
});
