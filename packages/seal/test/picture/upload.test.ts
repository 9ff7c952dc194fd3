import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test, vi } from 'vitest';
import {
  clearGround,
  drawRoundSeal,
  drawSquareSeal,
  judgePicture,
  PICTURE_REASONS,
  type PictureQuestion,
  pictureSize,
  writePng,
} from '../../src/index.ts';
import { decodePicture, notoSealFont, rasteriseSeal } from '../../src/node/index.ts';
import { type PngPixels, readPng } from '../../src/pades/png.ts';
import { codeOf } from '../support/codes.ts';

// Pixels take long when the machine is busy.
vi.setConfig({ testTimeout: 30_000 });

const font = notoSealFont();
const OFFICIAL: PictureQuestion = { width: 40, height: 40, outline: 'round', red: true };
const PERSONAL: PictureQuestion = { width: 20, height: 20, outline: 'square', red: true };
/** 305 dots per inch. */
const SIDE = 480;
const round = decodePicture(rasteriseSeal(drawRoundSeal({ name: '广州虎符有限公司' }, font), SIDE).png);
const square = decodePicture(rasteriseSeal(drawSquareSeal({ name: '王小明' }, font), 320).png);

type Pixel = readonly [number, number, number, number];

const map = (pixels: PngPixels, change: (pixel: Pixel, x: number, y: number) => Pixel): PngPixels => {
  const rgba = new Uint8Array(pixels.rgba.length);
  for (let i = 0; i < rgba.length; i += 4) {
    const [r, g, b, a] = pixels.rgba.subarray(i, i + 4);
    const at = i / 4;
    rgba.set(change([r!, g!, b!, a!], at % pixels.width, Math.floor(at / pixels.width)), i);
  }
  return { ...pixels, rgba };
};

/** Seals on paper: nothing is transparent. */
const onPaper = (pixels: PngPixels, paper = 255): PngPixels =>
  map(pixels, ([r, g, b, a]) => {
    const mix = (channel: number) => Math.round((channel * a + paper * (255 - a)) / 255);
    return [mix(r), mix(g), mix(b), 255];
  });

/** Mean over `2 · radius + 1` pixels along one direction. */
function smeared(pixels: PngPixels, radius: number, step: number): PngPixels {
  const { rgba } = pixels;
  const out = new Uint8Array(rgba.length);
  for (let i = 0; i < rgba.length; i++) {
    let sum = 0;
    for (let k = -radius; k <= radius; k++) sum += rgba[i + 4 * step * k] ?? 255;
    out[i] = sum / (2 * radius + 1);
  }
  return { ...pixels, rgba: out };
}

const blurred = (pixels: PngPixels, radius: number): PngPixels =>
  smeared(smeared(onPaper(pixels), radius, 1), radius, pixels.width);

const reasons = (pixels: PngPixels, question = OFFICIAL) => judgePicture(pixels, question).reasons;

describe('SIGN-012 印模图片必须清晰', () => {
  test('a seal that was drawn here is clear, transparent or on paper', () => {
    expect(reasons(round)).toEqual([]);
    expect(reasons(onPaper(round))).toEqual([]);
    expect(reasons(onPaper(round, 235))).toEqual([]);
    expect(reasons(square, PERSONAL)).toEqual([]);
  });

  test('a photograph in JPEG is judged by what is on it, margins left out', () => {
    const picture = decodePicture(
      new Uint8Array(readFileSync(new URL('../vectors/pictures/round-seal.jpg', import.meta.url))),
    );
    const verdict = judgePicture(picture, OFFICIAL);
    expect(verdict.reasons).toEqual([]);
    expect(Math.round(verdict.measures.dotsPerInch)).toBeGreaterThanOrEqual(305);
    expect(Math.round(verdict.measures.dotsPerInch)).toBeLessThanOrEqual(313);
  });

  test.each([
    ['a resolution below 300 dpi', () => rescaled(320), OFFICIAL, ['PICTURE_TOO_SMALL']],
    [
      'the same picture for a seal of half the size',
      () => rescaled(320),
      { ...OFFICIAL, width: 20, height: 20 },
      [],
    ],
    [
      'ink that is too pale',
      () => map(round, ([r, g, b, a]) => [r, g, b, a * 0.3] as const),
      OFFICIAL,
      ['PICTURE_TOO_PALE'],
    ],
    ['grey paper', () => onPaper(round, 190), OFFICIAL, ['PICTURE_GROUND']],
    ['soft edges', () => blurred(round, 6), OFFICIAL, ['PICTURE_BLURRED']],
    [
      'black ink on an official seal',
      () => map(round, ([, , , a]) => [20, 20, 20, a] as const),
      OFFICIAL,
      ['PICTURE_COLOUR'],
    ],
    [
      'black ink on a signature',
      () => map(round, ([, , , a]) => [20, 20, 20, a] as const),
      { ...OFFICIAL, outline: 'free', red: false },
      [],
    ],
    [
      'a seal that is cut off',
      () => map(round, (pixel, x) => (x < 120 ? [255, 255, 255, 0] : pixel)),
      OFFICIAL,
      ['PICTURE_TOO_SMALL', 'PICTURE_SHAPE'],
    ],
    [
      'a square seal where a round one is asked',
      () => square,
      { ...PERSONAL, outline: 'round' },
      ['PICTURE_SHAPE'],
    ],
    ['white paper', () => map(round, () => [255, 255, 255, 255]), OFFICIAL, ['PICTURE_EMPTY']],
    [
      'one speck',
      () => map(round, (_p, x, y) => (x + y < 2 ? [200, 0, 0, 255] : [255, 255, 255, 255])),
      OFFICIAL,
      ['PICTURE_EMPTY'],
    ],
  ] as const)('%s', (_what, make, question, expected) => {
    expect(reasons(make(), question)).toEqual(expected);
  });

  test('every reason has a sentence in both languages', () => {
    for (const { zh, en } of Object.values(PICTURE_REASONS)) {
      expect(zh).toMatch(/[\u4e00-\u9fff]/);
      expect(en).toMatch(/^[A-Z]/);
    }
  });
});

function rescaled(width: number): PngPixels {
  return decodePicture(rasteriseSeal(drawRoundSeal({ name: '广州虎符有限公司' }, font), width).png);
}

describe('the paper becomes transparent', () => {
  test('SIGN-012 and the seal is cut to itself: text shows through, ink stays', () => {
    const margin = 40;
    const across = SIDE + 2 * margin;
    const wide: PngPixels = {
      width: across,
      height: across,
      rgba: new Uint8Array(4 * across ** 2).fill(240),
    };
    const paper = onPaper(round, 240);
    for (let y = 0; y < SIDE; y++) {
      wide.rgba.set(
        paper.rgba.subarray(4 * SIDE * y, 4 * SIDE * (y + 1)),
        4 * (across * (y + margin) + margin),
      );
    }
    const cut = clearGround(wide);
    expect(Math.abs(cut.width - SIDE)).toBeLessThan(6);
    expect(Math.abs(cut.height - SIDE)).toBeLessThan(6);
    const alphaAt = (x: number, y: number) => cut.rgba[4 * (y * cut.width + x) + 3]!;
    // The star's middle, the ring's corner outside, the gap between name and star.
    expect([alphaAt(240, 240), alphaAt(5, 5), alphaAt(240, 330)]).toEqual([255, 0, 0]);
    expect(reasons(cut)).toEqual([]);
  });

  test('PNG: what is written is read back pixel by pixel, of few colours and of many', () => {
    const side = fc.integer({ min: 1, max: 30 });
    fc.assert(
      fc.property(
        side,
        side,
        fc.uint8Array({ minLength: 3600, maxLength: 3600 }),
        fc.boolean(),
        (...drawn) => {
          const [width, height, noise, few] = drawn;
          const rgba = noise.slice(0, 4 * width * height).map((octet) => (few ? octet & 0xc0 : octet));
          const png = writePng({ width, height, rgba });
          expect(readPng(png)).toEqual({ width, height, rgba });
          expect(pictureSize(png)).toEqual({ format: 'png', width, height });
        },
      ),
      { numRuns: 30 },
    );
    const many = Uint8Array.from({ length: 4 * 400 }, (_, i) => (i * 7919) >> (i % 5));
    expect(writePng({ width: 20, height: 20, rgba: many })[25]).toBe(6);
    expect(writePng({ width: 20, height: 20, rgba: many.fill(7) })[25]).toBe(3);
  });

  test('a seal takes less than 40 KB, with and without its mark', () => {
    const spec = { name: '某某市第一建设工程集团有限公司', code: '4401060000123', kind: '投标专用章' };
    for (const sample of [false, true]) {
      expect(rasteriseSeal(drawRoundSeal({ ...spec, sample }, font)).png.length).toBeLessThan(40_000);
    }
    expect(writePng(clearGround(onPaper(round))).length).toBeLessThan(40_000);
  });
});

describe('OD-37 uploads are judged by their content', () => {
  const decode = (bytes: Uint8Array) => codeOf(() => decodePicture(bytes));
  const png = rasteriseSeal(drawSquareSeal({ name: '张三' }, font), 64).png;

  test('neither a name nor a beginning makes a picture', async () => {
    expect(await decode(new TextEncoder().encode('<svg xmlns="http://www.w3.org/2000/svg"></svg>   '))).toBe(
      'PICTURE_FORMAT',
    );
    expect(await decode(png.slice(0, 60))).toBe('PICTURE_FORMAT');
    expect(await decode(Uint8Array.of(0xff, 0xd8, ...new Uint8Array(60)))).toBe('PICTURE_FORMAT');
    expect(await decode(new Uint8Array())).toBe('PICTURE_FORMAT');
  });

  test('a picture of 30,000 pixels a side is refused before it is unpacked', async () => {
    const huge = png.slice();
    new DataView(huge.buffer).setUint32(16, 30_000);
    expect(await decode(huge)).toBe('PICTURE_LIMIT');
    expect(await decode(new Uint8Array(11 * 1024 * 1024))).toBe('PICTURE_LIMIT');
  });

  test('damaged pictures are refused with a code or drawn, never worse', async () => {
    await fc.assert(
      fc.asyncProperty(fc.nat(png.length - 1), fc.nat(255), async (at, octet) => {
        const copy = png.slice();
        copy[at] = octet;
        expect(await decode(copy)).toMatch(/^(?:accepted|PICTURE_(?:FORMAT|LIMIT))$/);
      }),
      { numRuns: 60 },
    );
  });
});
