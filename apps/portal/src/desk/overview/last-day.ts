import type { DeskOverview } from '@hufu/contracts';
import type { z } from 'zod';

export type Hours = z.infer<typeof DeskOverview>['loginsByHour'];

const HOUR = 3_600_000;

/** The twenty-four hours up to `now` (ms), oldest first: hours in which nothing happened are told by nobody. */
export function lastDay(told: Hours, now: number): Hours {
  const known = new Map(told.map((one) => [Math.floor(Date.parse(one.hour) / HOUR), one]));
  const last = Math.floor(now / HOUR);
  return Array.from({ length: 24 }, (_, at) => {
    const hour = last - 23 + at;
    return known.get(hour) ?? { hour: new Date(hour * HOUR).toISOString(), logins: 0, refusals: 0 };
  });
}
