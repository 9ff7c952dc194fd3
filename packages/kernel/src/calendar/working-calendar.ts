import { kernelError } from '../errors.ts';
import type { CalendarYear } from './china-years.ts';
import { addDays, isoWeekday, type LocalDate, parseLocalDate } from './local-date.ts';

export type DayVerdict = {
  readonly working: boolean;
  readonly reason: 'weekday' | 'weekend' | 'holiday' | 'make-up';
  /** Name of the holiday, or undefined. */
  readonly holiday: string | undefined;
  /** False when the year has no data, so that only weekends are known. */
  readonly complete: boolean;
};

export type DateAnswer = {
  readonly date: LocalDate;
  /** False when the answer rests on a year without data: show it as provisional. */
  readonly complete: boolean;
};

export type WorkingCalendar = {
  /** @throws CALENDAR_DATE */
  day(date: LocalDate): DayVerdict;
  /** The first working day on or after `date`. @throws CALENDAR_DATE */
  firstWorkingDay(date: LocalDate): DateAnswer;
  /** The first working day after `date`. @throws CALENDAR_DATE */
  nextWorkingDay(date: LocalDate): DateAnswer;
  /** The `count`-th working day after `date`, which itself does not count; 0 gives `date`. @throws CALENDAR_DATE */
  addWorkingDays(date: LocalDate, count: number): DateAnswer;
};

const MAX_WORKING_DAYS = 10_000;

function indexHolidays(years: readonly CalendarYear[]): Map<LocalDate, string> {
  const index = new Map<LocalDate, string>();
  for (const { year, holidays } of years) {
    for (const { name, first, last } of holidays) {
      const sound =
        first <= last && parseLocalDate(first).startsWith(`${year}-`) && last.startsWith(`${year}-`);
      if (!sound) throw kernelError('CALENDAR_DATA', { year });
      for (let date = first; date <= last; date = addDays(date, 1)) {
        if (index.has(date)) throw kernelError('CALENDAR_DATA', { year });
        index.set(date, name);
      }
    }
  }
  return index;
}

function indexMakeUpDays(years: readonly CalendarYear[], holidays: Map<LocalDate, string>): Set<LocalDate> {
  const index = new Set<LocalDate>();
  for (const { year, makeUpDays } of years) {
    for (const date of makeUpDays) {
      const sound = date.startsWith(`${year}-`) && isoWeekday(date) > 5 && !holidays.has(date);
      if (!sound || index.has(date)) throw kernelError('CALENDAR_DATA', { year });
      index.add(date);
    }
  }
  return index;
}

/**
 * Working days from the State Council's arrangement. Years without data know weekends only and say so.
 * @throws CALENDAR_DATA when the data contradict themselves, CALENDAR_DATE
 */
export function workingCalendar(years: readonly CalendarYear[]): WorkingCalendar {
  const known = new Set(years.map(({ year }) => year));
  if (known.size !== years.length) throw kernelError('CALENDAR_DATA');
  const holidays = indexHolidays(years);
  const makeUpDays = indexMakeUpDays(years, holidays);

  function day(date: LocalDate): DayVerdict {
    const weekend = isoWeekday(date) > 5;
    const complete = known.has(Number(date.slice(0, 4)));
    const holiday = holidays.get(date);
    if (holiday !== undefined) return { working: false, reason: 'holiday', holiday, complete };
    if (makeUpDays.has(date)) return { working: true, reason: 'make-up', holiday, complete };
    return { working: !weekend, reason: weekend ? 'weekend' : 'weekday', holiday, complete };
  }

  function firstWorkingDay(date: LocalDate): DateAnswer {
    let complete = true;
    for (let at = date; ; at = addDays(at, 1)) {
      const verdict = day(at);
      complete &&= verdict.complete;
      if (verdict.working) return { date: at, complete };
    }
  }

  const nextWorkingDay = (date: LocalDate): DateAnswer => firstWorkingDay(addDays(date, 1));

  function addWorkingDays(date: LocalDate, count: number): DateAnswer {
    if (!Number.isInteger(count) || count < 0 || count > MAX_WORKING_DAYS) throw kernelError('CALENDAR_DATE');
    let answer: DateAnswer = { date: parseLocalDate(date), complete: true };
    for (let i = 0; i < count; i++) {
      const next = nextWorkingDay(answer.date);
      answer = { date: next.date, complete: answer.complete && next.complete };
    }
    return answer;
  }

  return { day, firstWorkingDay, nextWorkingDay, addWorkingDays };
}
