import type { FieldShape } from '../field.ts';
import { type Desk, type Reader, refuse } from './reader.ts';
import { readToken } from './text.ts';

type Shape<K extends FieldShape['kind']> = Extract<FieldShape, { kind: K }>;

const CANONICAL = /^(\d{4})-(\d{2})-(\d{2})$/;
/** As people and sheets write days: 2026-1-31, 2026/01/31, 2026.1.31, 2026年1月31日, 20260131. */
const WRITTEN = /^(\d{4})(?:[-/.](\d{1,2})[-/.](\d{1,2})|年(\d{1,2})月(\d{1,2})日|(\d{2})(\d{2}))$/;

const EARLIEST_YEAR = 1850;
const LATEST_YEAR = 2199;

const MONTHS = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

/** Without a Date: a sheet of ten thousand rows has many days. */
function isDay(year: number, month: number, day: number): boolean {
  const isLeap = (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
  const last = month === 2 && isLeap ? 29 : (MONTHS[month - 1] ?? 0);
  return year >= EARLIEST_YEAR && year <= LATEST_YEAR && day >= 1 && day <= last;
}

const twoDigits = (part: string): string => part.padStart(2, '0');

/** A day as YYYY-MM-DD, or undefined when the text names none between 1850 and 2199. */
export function dayOf(text: string): string | undefined {
  const exact = CANONICAL.exec(text);
  if (exact !== null) return isDay(Number(exact[1]), Number(exact[2]), Number(exact[3])) ? text : undefined;
  const written = WRITTEN.exec(text);
  if (written === null) return undefined;
  const [year = '', month = '', day = ''] = written.slice(1).filter((part) => part !== undefined);
  return isDay(Number(year), Number(month), Number(day))
    ? `${year}-${twoDigits(month)}-${twoDigits(day)}`
    : undefined;
}

export function readDay(raw: unknown, path: string, desk: Desk): string | undefined {
  if (typeof raw !== 'string' || raw.length > 64) return refuse(desk, path, 'LIB_DATE');
  const text = readToken(raw, path, desk, 64);
  return text === undefined ? undefined : (dayOf(text) ?? refuse(desk, path, 'LIB_DATE'));
}

export const dateReader =
  (shape: Shape<'date'>): Reader =>
  (raw, path, desk) => {
    const day = readDay(raw, path, desk);
    if (day === undefined) return undefined;
    return shape.notAfterToday === true && day > desk.today ? refuse(desk, path, 'LIB_DATE_FUTURE') : day;
  };

function yearOf(raw: unknown): number | undefined {
  const text = typeof raw === 'number' ? String(raw) : raw;
  if (typeof text !== 'string' || text.length > 16) return undefined;
  const match = /^(\d{4})年?$/.exec(text.normalize('NFKC').trim());
  const year = Number(match?.[1]);
  return year >= EARLIEST_YEAR && year <= LATEST_YEAR ? year : undefined;
}

export const yearReader =
  (shape: Shape<'year'>): Reader =>
  (raw, path, desk) => {
    const year = yearOf(raw);
    if (year === undefined) return refuse(desk, path, 'LIB_YEAR');
    return shape.notAfterThisYear === true && year > Number(desk.today.slice(0, 4))
      ? refuse(desk, path, 'LIB_YEAR_FUTURE')
      : year;
  };
