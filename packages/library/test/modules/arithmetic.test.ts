import fc from 'fast-check';
import { expect, test } from 'vitest';
import { isAtMost, isWithin, ratio, subtract } from '../../src/modules/shared/arithmetic.ts';

const decimal = fc
  .tuple(fc.bigInt(-(10n ** 15n), 10n ** 15n), fc.integer({ min: 0, max: 6 }))
  .map(([digits, decimals]) => {
    const size = (digits < 0n ? -digits : digits).toString().padStart(decimals + 1, '0');
    const cut = size.length - decimals;
    return `${digits < 0n ? '-' : ''}${size.slice(0, cut)}${decimals === 0 ? '' : `.${size.slice(cut)}`}`;
  });

test('F-FIN what was taken away and given back is what there was, to the last digit', () => {
  fc.assert(
    fc.property(decimal, decimal, (a, b) => {
      const less = subtract(a, b);
      expect(isWithin(subtract(a, less), b, '0')).toBe(true);
      expect(isWithin(less, subtract(a, b), '0')).toBe(true);
    }),
  );
});

test('F-FIN the order is that of the difference', () => {
  fc.assert(
    fc.property(decimal, decimal, (a, b) => {
      expect(isAtMost(a, b)).toBe(subtract(a, b)?.startsWith('-') === true || subtract(a, b) === '0');
    }),
  );
});

test.each([
  ['0.3', '0.1', '0.2'],
  ['1', '0.000001', '0.999999'],
  ['-1', '1', '-2'],
  ['5', '5', '0'],
])('%s − %s = %s', (a, b, less) => {
  expect(subtract(a, b)).toBe(less);
});

test.each([
  ['1', '3', '33.33'],
  ['2', '3', '66.67'],
  ['1', '800', '0.13'],
  ['-1', '3', '-33.33'],
  ['0', '3', '0'],
])('%s of %s is %s %', (a, b, percent) => {
  expect(ratio(a, b, { times: 100n, decimals: 2 })).toBe(percent);
});

test('nothing is computed from what is not there, and nothing is divided by zero', () => {
  expect(subtract('1', undefined)).toBeUndefined();
  expect(ratio('1', '0', { times: 1n, decimals: 2 })).toBeUndefined();
  expect(ratio(undefined, '1', { times: 1n, decimals: 2 })).toBeUndefined();
  expect(isAtMost(undefined, '1')).toBe(true);
  expect(isAtMost('1.000001', '1')).toBe(false);
  expect(isWithin('1', '1.02', '0.01')).toBe(false);
});
