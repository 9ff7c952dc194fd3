import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  addDays,
  CHINA_CALENDAR_YEARS,
  CodedError,
  DAY_MS,
  dueDate,
  isoWeekday,
  parseLocalDate,
  shanghaiInstant,
  shanghaiParts,
  unbindingDueDate,
  workingCalendar,
} from '../src/index.ts';

const calendar = workingCalendar(CHINA_CALENDAR_YEARS);

const anyDay = fc
  .integer({ min: Date.UTC(2024, 0) / DAY_MS, max: Date.UTC(2028, 0) / DAY_MS })
  .map((day) => new Date(day * DAY_MS).toISOString().slice(0, 10));

function code(run: () => unknown): string {
  try {
    run();
  } catch (error) {
    if (error instanceof CodedError) return error.code;
    throw error;
  }
  return 'accepted';
}

describe('working days of the State Council notice for 2026', () => {
  const year = Array.from({ length: 365 }, (_, i) => addDays('2026-01-01', i));
  const special = (reason: string) => year.filter((date) => calendar.day(date).reason === reason);

  test('33 days off by the notice', () => {
    expect(special('holiday')).toHaveLength(3 + 9 + 3 + 5 + 3 + 3 + 7);
    expect(calendar.day('2026-02-15')).toEqual({
      working: false,
      reason: 'holiday',
      holiday: '春节',
      complete: true,
    });
  });

  test('six weekend days are worked', () => {
    expect(special('make-up')).toEqual([
      '2026-01-04',
      '2026-02-14',
      '2026-02-28',
      '2026-05-09',
      '2026-09-20',
      '2026-10-10',
    ]);
    expect(calendar.day('2026-01-04').working).toBe(true);
    expect(calendar.day('2026-01-11')).toMatchObject({ working: false, reason: 'weekend' });
  });

  test('the year has 248 working days', () => {
    expect(year.filter((date) => calendar.day(date).working)).toHaveLength(248);
  });

  test('a year without data knows weekends only and says so', () => {
    expect(calendar.day('2027-01-01')).toMatchObject({ working: true, complete: false });
    expect(calendar.nextWorkingDay('2026-12-31')).toEqual({ date: '2027-01-01', complete: false });
    expect(calendar.nextWorkingDay('2026-12-30')).toEqual({ date: '2026-12-31', complete: true });
  });
});

describe('the rules of any calendar', () => {
  test('the next working day is later, is worked, and everything between is not', () => {
    fc.assert(
      fc.property(anyDay, (date) => {
        const next = calendar.nextWorkingDay(date).date;
        expect(next > date).toBe(true);
        expect(calendar.day(next).working).toBe(true);
        for (let at = addDays(date, 1); at < next; at = addDays(at, 1)) {
          expect(calendar.day(at).working).toBe(false);
        }
      }),
    );
  });

  test('adding m and then n working days is adding m + n', () => {
    fc.assert(
      fc.property(anyDay, fc.nat(30), fc.nat(30), (date, m, n) => {
        const steps = calendar.addWorkingDays(calendar.addWorkingDays(date, m).date, n);
        expect(steps.date).toBe(calendar.addWorkingDays(date, m + n).date);
      }),
    );
  });

  test('data that contradict themselves are refused', () => {
    const base = { year: 2030, source: 'test', published: '2029-11-01', holidays: [], makeUpDays: [] };
    const holiday = (first: string, last: string) => ({ name: '测试', first, last });
    expect(code(() => workingCalendar([base, base]))).toBe('CALENDAR_DATA');
    expect(code(() => workingCalendar([{ ...base, makeUpDays: ['2030-01-01'] }]))).toBe('CALENDAR_DATA');
    expect(code(() => workingCalendar([{ ...base, makeUpDays: ['2029-01-06'] }]))).toBe('CALENDAR_DATA');
    expect(code(() => workingCalendar([{ ...base, holidays: [holiday('2030-01-02', '2030-01-01')] }]))).toBe(
      'CALENDAR_DATA',
    );
    const overlap = [holiday('2030-05-01', '2030-05-03'), holiday('2030-05-03', '2030-05-04')];
    expect(code(() => workingCalendar([{ ...base, holidays: overlap }]))).toBe('CALENDAR_DATA');
    const both = { ...base, holidays: [holiday('2030-01-05', '2030-01-05')], makeUpDays: ['2030-01-05'] };
    expect(code(() => workingCalendar([both]))).toBe('CALENDAR_DATA');
  });

  test('days that do not exist are refused', () => {
    for (const text of ['2026-02-29', '2026-13-01', '2026-1-1', '20260101', '']) {
      expect(code(() => parseLocalDate(text))).toBe('CALENDAR_DATE');
    }
    expect(parseLocalDate('2028-02-29')).toBe('2028-02-29');
    expect(code(() => calendar.addWorkingDays('2026-01-01', -1))).toBe('CALENDAR_DATE');
    expect(code(() => shanghaiInstant('2026-01-01', '24:00'))).toBe('CALENDAR_TIME');
  });
});

describe('GEN-010 Asia/Shanghai', () => {
  test('agrees with the time zone data base since 1992', () => {
    const format = new Intl.DateTimeFormat('sv-SE', {
      timeZone: 'Asia/Shanghai',
      dateStyle: 'short',
      timeStyle: 'medium',
    });
    const seconds = fc.integer({ min: Date.UTC(1992, 0) / 1000, max: Date.UTC(2100, 0) / 1000 });
    fc.assert(
      fc.property(seconds, (at) => {
        const { date, time } = shanghaiParts(at * 1000);
        expect(`${date} ${time}`).toBe(format.format(at * 1000));
        expect(shanghaiInstant(date, time)).toBe(at * 1000);
      }),
    );
  });

  test('ISO weekday', () => {
    expect(['2026-11-20', '2026-11-22', '2026-11-23'].map(isoWeekday)).toEqual([5, 7, 1]);
  });
});

describe('HUB-106 and OD-30: when an unbinding application is due', () => {
  const due = (date: string, time: string) => unbindingDueDate(shanghaiInstant(date, time), calendar);
  test.each([
    ['before the cut-off, the same day', '2026-11-20', '16:59:59', '2026-11-20'],
    ['at the cut-off, the next working day', '2026-11-20', '17:00:00', '2026-11-23'],
    ['before opening, the same day', '2026-11-20', '00:00:00', '2026-11-20'],
    ['Saturday, Monday', '2026-11-21', '10:00:00', '2026-11-23'],
    ['a holiday, the first day after it', '2026-10-01', '10:00:00', '2026-10-08'],
    ['Sunday that is worked, the same day', '2026-01-04', '10:00:00', '2026-01-04'],
    ['Friday evening before a worked Saturday', '2026-02-13', '17:00:00', '2026-02-14'],
    ['the evening before the Spring Festival', '2026-02-14', '17:00:00', '2026-02-24'],
  ])('%s', (_name, date, time, expected) => {
    expect(due(date, time)).toEqual({
      date: expected,
      before: shanghaiInstant(addDays(expected, 1)),
      complete: true,
    });
  });

  test('a due date in a year without data is provisional', () => {
    expect(due('2026-12-31', '17:00:00')).toMatchObject({ date: '2027-01-01', complete: false });
  });

  test('CA-022 counts every day and has its own cut-off', () => {
    const rule = { cutOff: '17:30:00', days: 'every day' } as const;
    expect(dueDate(shanghaiInstant('2026-10-01', '17:29:59'), rule).date).toBe('2026-10-01');
    expect(dueDate(shanghaiInstant('2026-10-01', '17:30:00'), rule).date).toBe('2026-10-02');
  });

  test('a later application is never due earlier', () => {
    const moment = fc.integer({ min: shanghaiInstant('2025-01-01'), max: shanghaiInstant('2027-12-01') });
    fc.assert(
      fc.property(moment, fc.nat(20 * DAY_MS), (at, later) => {
        const first = unbindingDueDate(at, calendar);
        expect(first.before).toBeGreaterThan(at);
        expect(unbindingDueDate(at + later, calendar).date >= first.date).toBe(true);
      }),
    );
  });
});
