import fc from 'fast-check';
import { unzlibSync } from 'fflate';
import { describe, expect, test } from 'vitest';
import { sealImage } from '../../src/index.ts';
import { codeOf } from '../support/codes.ts';
import { chunk, type PngSpec, png, ringPng } from '../support/pictures.ts';

const pixels = (spec: Omit<PngSpec, 'width' | 'height'> & { width?: number; height?: number }) => {
  const image = sealImage(png({ width: 2, height: 1, ...spec }));
  return { color: [...unzlibSync(image.color)], alpha: image.alpha && [...unzlibSync(image.alpha)] };
};

describe('B.1 PNG pictures of seals (ISO/IEC 15948)', () => {
  test.each([
    ['grey of 1 bit', { colorType: 0, depth: 1, rows: [0, 0b01000000] }, [0, 0, 0, 255, 255, 255], undefined],
    ['grey of 4 bits', { colorType: 0, depth: 4, rows: [0, 0x1f] }, [17, 17, 17, 255, 255, 255], undefined],
    ['grey of 16 bits', { colorType: 0, depth: 16, rows: [0, 7, 1, 9, 2] }, [7, 7, 7, 9, 9, 9], undefined],
    ['colour', { colorType: 2, depth: 8, rows: [0, 1, 2, 3, 4, 5, 6] }, [1, 2, 3, 4, 5, 6], undefined],
    [
      'grey with alpha',
      { colorType: 4, depth: 8, rows: [0, 5, 255, 6, 100] },
      [5, 5, 5, 6, 6, 6],
      [255, 100],
    ],
    [
      'colour with alpha',
      { colorType: 6, depth: 8, rows: [0, 1, 2, 3, 255, 4, 5, 6, 7] },
      [1, 2, 3, 4, 5, 6],
      [255, 7],
    ],
    ['a left filter', { colorType: 2, depth: 8, rows: [1, 1, 2, 3, 4, 5, 6] }, [1, 2, 3, 5, 7, 9], undefined],
  ] as const)('%s', (_, spec, color, alpha) => {
    expect(pixels({ ...spec, rows: Uint8Array.from(spec.rows) })).toEqual({ color, alpha });
  });

  test('a palette with transparency', () => {
    const before = [chunk('PLTE', Uint8Array.of(9, 8, 7, 6, 5, 4)), chunk('tRNS', Uint8Array.of(40))];
    const found = pixels({ colorType: 3, depth: 2, rows: Uint8Array.of(0, 0b00010000), before });
    expect(found).toEqual({ color: [9, 8, 7, 6, 5, 4], alpha: [40, 255] });
  });

  test('pixels that are not seen take the colour of the seal, so that no viewer draws a dark rim', () => {
    const rows = Uint8Array.of(0, 200, 60, 40, 255, 0, 0, 0, 0);
    expect(pixels({ colorType: 6, depth: 8, rows })).toEqual({
      color: [200, 60, 40, 200, 60, 40],
      alpha: [255, 0],
    });
  });

  test('the same picture is made once, as long as it is in use', () => {
    const first = sealImage(ringPng(20));
    expect(sealImage(ringPng(20))).toBe(first);
    for (let size = 21; size < 85; size++) sealImage(ringPng(size));
    const again = sealImage(ringPng(20));
    expect(again).not.toBe(first);
    expect(again).toEqual(first);
  });

  test.each([
    ['nothing at all', new Uint8Array()],
    ['another format', new TextEncoder().encode('\u00ff\u00d8\u00ffJFIF and so on')],
    [
      'no pixels to be seen',
      png({ width: 1, height: 1, colorType: 6, depth: 8, rows: Uint8Array.of(0, 1, 2, 3, 0) }),
    ],
    [
      'interlacing',
      png({ width: 1, height: 1, colorType: 0, depth: 8, rows: Uint8Array.of(0, 1), interlace: 1 }),
    ],
    [
      'a depth that its colours cannot have',
      png({ width: 1, height: 1, colorType: 2, depth: 4, rows: Uint8Array.of(0, 1) }),
    ],
    ['too few rows', png({ width: 1, height: 2, colorType: 0, depth: 8, rows: Uint8Array.of(0, 1) })],
    [
      'a row filter that is none',
      png({ width: 1, height: 1, colorType: 0, depth: 8, rows: Uint8Array.of(9, 1) }),
    ],
    ['no palette', png({ width: 1, height: 1, colorType: 3, depth: 8, rows: Uint8Array.of(0, 0) })],
    ['too large a side', png({ width: 5000, height: 1, colorType: 0, depth: 8, rows: new Uint8Array(5001) })],
    ['a bomb', png({ width: 9, height: 9, colorType: 0, depth: 8, rows: new Uint8Array(30_000_000) })],
  ])('%s is refused', async (_, bytes) => {
    expect(await codeOf(() => sealImage(bytes))).toBe('SEALING_PICTURE');
  });

  test('damaged bytes are refused or read, never anything else (property)', async () => {
    const whole = ringPng(12);
    const damage = fc.array(fc.tuple(fc.nat(whole.length - 1), fc.nat(255)), { minLength: 1, maxLength: 4 });
    await fc.assert(
      fc.asyncProperty(damage, fc.nat(whole.length), async (changes, cut) => {
        const bytes = whole.slice(0, cut % 3 === 0 ? cut : whole.length);
        for (const [at, value] of changes) if (at < bytes.length) bytes[at] = value;
        expect(['accepted', 'SEALING_PICTURE']).toContain(await codeOf(() => sealImage(bytes)));
      }),
    );
  });
});
