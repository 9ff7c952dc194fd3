import fc from 'fast-check';
import { expect, test } from 'vitest';
import { formatPageList, parsePageList } from '../../src/signing/page-list.ts';
import { firstPlace, placementOf, valuesOf } from '../../src/signing/placement-values.ts';
import { keepInside, snap } from '../../src/signing/snap.ts';

const A4 = { width: 210, height: 297 };
const SEAL = { width: 40, height: 40 };

test('多页签章: what is written of a list of pages reads back the same', () => {
  fc.assert(
    fc.property(fc.uniqueArray(fc.integer({ min: 1, max: 300 }), { minLength: 1 }), (pages) => {
      const sorted = [...pages].sort((a, b) => a - b);
      expect(parsePageList(formatPageList(sorted), 300)).toEqual(sorted);
    }),
  );
});

test('多页签章: lists as people write them', () => {
  expect(parsePageList('1，3-5、8', 10)).toEqual([1, 3, 4, 5, 8]);
  expect(parsePageList(' 2 2-3 ', 10)).toEqual([2, 3]);
});

test.each(['', '0', '11', '5-3', '1-', 'a', '1;2', '1-2-3', '-1'])(
  '多页签章: 「%s」 is no list of ten pages',
  (text) => {
    expect(parsePageList(text, 10)).toBeUndefined();
  },
);

test('SIGN-003 a seal never leaves its page, and snapping changes nothing twice', () => {
  const length = fc.double({ min: -500, max: 500, noNaN: true });
  fc.assert(
    fc.property(length, length, (x, y) => {
      for (const move of [keepInside, snap]) {
        const place = move({ x, y }, A4, SEAL);
        expect(place.x).toBeGreaterThanOrEqual(0);
        expect(place.y).toBeGreaterThanOrEqual(0);
        expect(place.x + SEAL.width).toBeLessThanOrEqual(A4.width);
        expect(place.y + SEAL.height).toBeLessThanOrEqual(A4.height);
        expect(move(place, A4, SEAL)).toEqual(place);
      }
    }),
  );
});

test('SIGN-003 near the middle or a margin the seal is drawn to it, elsewhere it stays', () => {
  expect(snap({ x: 86.5, y: 100 }, A4, SEAL)).toEqual({ x: 85, y: 100 });
  expect(snap({ x: 21.9, y: 236 }, A4, SEAL)).toEqual({ x: 20, y: 237 });
  expect(snap({ x: 50, y: 100 }, A4, SEAL)).toEqual({ x: 50, y: 100 });
});

test('单页签章, 全部页, 骑缝章: what the form holds is what the server is told, and back', () => {
  const values = firstPlace(A4, SEAL, 3);
  const all = { ...values, mode: 'all' as const };
  const straddle = { ...values, mode: 'straddle' as const, edge: 'top' as const, offset: 12 };
  for (const one of [values, all, straddle]) {
    const placement = placementOf(one, 5)!;
    expect(placementOf(valuesOf(placement, A4, SEAL), 5)).toEqual(placement);
  }
  expect(placementOf({ ...values, pages: '6' }, 5)).toBeUndefined();
  expect(placementOf({ ...values, pages: '1-2' }, 5)).toBeUndefined();
});
