import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ago, clockTime, day, daysBetween, minute, second } from '../../src/format/dates.ts';
import { groupsOf } from '../../src/format/groups.ts';
import { fileSize } from '../../src/format/sizes.ts';

describe('codes', () => {
  const USCC = [2, 6, 5, 4, 1];

  test('a USCC is grouped by what its places mean', () => {
    expect(groupsOf('91150102MA0N00016G', USCC).map(({ text }) => text)).toEqual([
      '91',
      '150102',
      'MA0N0',
      '0016',
      'G',
    ]);
  });

  test('a code with separators of its own stays whole', () => {
    expect(groupsOf('CFCA-2024-00018233')).toEqual([{ at: 0, text: 'CFCA-2024-00018233' }]);
  });

  test('copied, every code comes out without gaps, as it went in', () => {
    fc.assert(
      fc.property(fc.string(), fc.array(fc.integer({ min: 1, max: 9 })), (code, pattern) => {
        expect(
          groupsOf(code, pattern)
            .map(({ text }) => text)
            .join(''),
        ).toBe(code);
      }),
    );
  });
});

describe('GEN-010: business time is Asia/Shanghai wherever the reader sits', () => {
  const instant = '2026-11-20T16:05:09.000Z';

  test('an evening in UTC is the next day there', () => {
    expect(day(instant)).toBe('2026-11-21');
    expect(minute(instant)).toBe('2026-11-21 00:05');
    expect(second(instant)).toBe('2026-11-21 00:05:09');
    expect(clockTime(instant)).toBe('00:05');
  });

  test('expiry counts whole days, and an hour ago is already expired', () => {
    const now = Date.parse(instant);
    expect(daysBetween(now, now + 30 * 86_400_000)).toBe(30);
    expect(daysBetween(now, now + 86_399_999)).toBe(0);
    expect(daysBetween(now, now - 3_600_000)).toBe(-1);
  });

  test('times past are told in the coarsest unit that is not zero', () => {
    const now = Date.parse(instant);
    expect(ago(new Date(now - 3 * 86_400_000).toISOString(), now, 'zh')).toBe('3天前');
    expect(ago(new Date(now - 90 * 60_000).toISOString(), now, 'en')).toBe('1 hour ago');
  });
});

test.each([
  [0, '0 B'],
  [1023, '1023 B'],
  [1536, '1.5 KB'],
  [20 * 1024 * 1024, '20 MB'],
])('%i bytes are shown as %s', (bytes, words) => {
  expect(fileSize(bytes)).toBe(words);
});
