import { kernelError } from '../errors.ts';

/** A day as YYYY-MM-DD. As text, days sort in order. */
export type LocalDate = string;

export const DAY_MS = 86_400_000;
/** China has kept UTC+8 without summer time since 1992 (GEN-010). */
const SHANGHAI_OFFSET_MS = 8 * 3_600_000;

export type DateParts = { readonly year: number; readonly month: number; readonly day: number };

/** The day, or undefined when the calendar has no such day. */
export function localDateOf({ year, month, day }: DateParts): LocalDate | undefined {
  const date = new Date(0);
  date.setUTCFullYear(year, month - 1, day);
  const real =
    date.getUTCFullYear() === year && date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
  return real ? date.toISOString().slice(0, 10) : undefined;
}

/** @throws CALENDAR_DATE */
export function parseLocalDate(text: string): LocalDate {
  const match = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text);
  const parts = match?.slice(1).map(Number) ?? [];
  const date = localDateOf({ year: parts[0] ?? 0, month: parts[1] ?? 0, day: parts[2] ?? 0 });
  if (date === undefined) throw kernelError('CALENDAR_DATE');
  return date;
}

const asUtc = (date: LocalDate): number => Date.parse(`${parseLocalDate(date)}T00:00:00Z`);

/** @param days may be negative @throws CALENDAR_DATE */
export const addDays = (date: LocalDate, days: number): LocalDate =>
  new Date(asUtc(date) + days * DAY_MS).toISOString().slice(0, 10);

/** 1 for Monday to 7 for Sunday (ISO 8601). @throws CALENDAR_DATE */
export const isoWeekday = (date: LocalDate): number => ((new Date(asUtc(date)).getUTCDay() + 6) % 7) + 1;

export type ShanghaiParts = {
  readonly date: LocalDate;
  /** HH:MM:SS; as text, times of a day sort in order. */
  readonly time: string;
};

/** Day and time of day in Asia/Shanghai (GEN-010). @param at milliseconds since the epoch */
export function shanghaiParts(at: number): ShanghaiParts {
  const iso = new Date(at + SHANGHAI_OFFSET_MS).toISOString();
  return { date: iso.slice(0, 10), time: iso.slice(11, 19) };
}

/** Milliseconds since the epoch of a day's time in Asia/Shanghai. @param time HH:MM or HH:MM:SS @throws CALENDAR_DATE, CALENDAR_TIME */
export function shanghaiInstant(date: LocalDate, time = '00:00:00'): number {
  if (!/^(?:[01]\d|2[0-3]):[0-5]\d(?::[0-5]\d)?$/.test(time)) throw kernelError('CALENDAR_TIME');
  return Date.parse(`${parseLocalDate(date)}T${time.padEnd(8, ':00')}+08:00`);
}
