import { dueDate, type WorkingCalendar } from '@hufu/kernel';

/** CA-021: 30 minutes on site. */
const ON_SITE_MS = 30 * 60_000;

export type ClockRule = {
  readonly channel: 'APP' | 'COUNTER' | 'ONLINE';
  /** OD-30: 第二天 is the next day of the calendar, or the next working day. */
  readonly days: WorkingCalendar | 'every day';
};

/**
 * The last moment that is in time, milliseconds since the epoch. On site: 30 minutes after the material is complete,
 * the thirtieth included. Online and by phone (CA-022): the end of the day for what is complete before 17:30:00, the
 * end of the next one for everything from then on.
 * @param completeAt when the last required paper arrived
 */
export function lastMoment(completeAt: number, { channel, days }: ClockRule): number {
  if (channel === 'COUNTER') return completeAt + ON_SITE_MS;
  return dueDate(completeAt, { cutOff: '17:30:00', days }).before - 1;
}

export const isLate = (at: number, dueAt: number): boolean => at > dueAt;
