import type { Updateable } from 'kysely';
import type { RaDeps } from '../deps.ts';
import { isLate, lastMoment } from '../domain/clock.ts';
import type { RaTables } from '../tables.ts';
import type { OrderRow } from './order-store.ts';

type Change = Updateable<RaTables['ra_order']>;

/** The material is complete: the clock begins, or begins again (OD-30). */
export function clockBegins(
  deps: Pick<RaDeps, 'rules'>,
  row: Pick<OrderRow, 'channel'>,
  now: number,
): Change {
  const dueAt = lastMoment(now, { channel: row.channel, days: deps.rules.days });
  return { complete_at: new Date(now), due_at: new Date(dueAt), finished_at: null, on_time: null };
}

const isLateNow = (row: OrderRow, now: number): boolean =>
  row.late || (row.due_at !== null && isLate(now, row.due_at.getTime()));

/** Sent back: the clock stands. What was late stays so. */
export const clockStops = (row: OrderRow, now: number): Change => ({
  complete_at: null,
  due_at: null,
  late: isLateNow(row, now),
});

/** The counter has done its part. */
export const clockEnds = (row: OrderRow, now: number): Change => ({
  finished_at: new Date(now),
  late: isLateNow(row, now),
  on_time: !isLateNow(row, now),
});
