import { addDays, type LocalDate, shanghaiInstant, shanghaiParts } from './local-date.ts';
import type { WorkingCalendar } from './working-calendar.ts';

export type DueDate = {
  /** The day on which the work is due, Asia/Shanghai. */
  readonly date: LocalDate;
  /** Midnight at the end of that day, milliseconds since the epoch: on time means before this. */
  readonly before: number;
  /** False when the answer rests on a year without calendar data. */
  readonly complete: boolean;
};

export type CutOffRule = {
  /** HH:MM:SS in Asia/Shanghai. What comes at this second or later counts for the next day (OD-30). */
  readonly cutOff: string;
  /** Work on working days only, or on every day of the calendar. */
  readonly days: WorkingCalendar | 'every day';
};

/** OD-30: before the cut-off the same day, at it or after the next; when only working days count, the next one of those. */
export function dueDate(receivedAt: number, { cutOff, days }: CutOffRule): DueDate {
  const received = shanghaiParts(receivedAt);
  const earliest = received.time < cutOff ? received.date : addDays(received.date, 1);
  const { date, complete } =
    days === 'every day' ? { date: earliest, complete: true } : days.firstWorkingDay(earliest);
  return { date, before: shanghaiInstant(addDays(date, 1)), complete };
}

/**
 * HUB-106 with OD-30: an unbinding application that is complete before 17:00 of a working day is due that day (also
 * one from before 09:00); one from 17:00 on, or from a weekend or holiday, on the next working day.
 * @param completeAt when the last required paper arrived, milliseconds since the epoch
 */
export const unbindingDueDate = (completeAt: number, calendar: WorkingCalendar): DueDate =>
  dueDate(completeAt, { cutOff: '17:00:00', days: calendar });
