import { expect, test } from 'vitest';
import { lastDay } from '../../src/desk/overview/last-day.ts';
import { addressOf, sortingOf } from '../../src/ui/use-sorting.ts';

test('the chart has twenty-four hours, with nought where nothing happened and nothing from before', () => {
  const now = Date.parse('2026-11-20T08:30:00Z');
  const told = [
    { hour: '2026-11-19T08:00:00.000Z', logins: 9, refusals: 9 },
    { hour: '2026-11-20T03:00:00.000Z', logins: 4, refusals: 1 },
  ];
  const hours = lastDay(told, now);
  expect(hours).toHaveLength(24);
  expect(hours[0]?.hour).toBe('2026-11-19T09:00:00.000Z');
  expect(hours[23]?.hour).toBe('2026-11-20T08:00:00.000Z');
  expect(hours.filter((one) => one.logins + one.refusals > 0)).toEqual([told[1]]);
});

test('what is sorted goes to the address and back, both ways and not at all', () => {
  for (const sort of ['boundAt', '-boundAt', undefined]) expect(addressOf(sortingOf(sort))).toBe(sort);
  expect(sortingOf('-boundAt')).toEqual([{ id: 'boundAt', desc: true }]);
});
