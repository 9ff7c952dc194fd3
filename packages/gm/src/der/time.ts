import { gmError } from '../errors.ts';
import { TAG } from './tags.ts';

export type TimeOptions = {
  /** RFC 3161 §2.4.2 allows fractions of a second in GeneralizedTime; RFC 5280 §4.1.2.5.2 does not. */
  readonly fraction?: boolean;
};

const ZERO = 0x30;
const DOT = 0x2e;
const Z = 0x5a;
const MAX_FRACTION_DIGITS = 9;

/** Decimal digits from `at`; -1 when one of them is not a digit. */
function number(content: Uint8Array, at: number, count: number): number {
  let value = 0;
  for (let i = at; i < at + count; i++) {
    const digit = (content[i] ?? 0) - ZERO;
    if (digit < 0 || digit > 9) return -1;
    value = value * 10 + digit;
  }
  return value;
}

const isLeap = (year: number): boolean => year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);

const daysOf = (year: number, month: number): number =>
  month === 2
    ? isLeap(year)
      ? 29
      : 28
    : month === 4 || month === 6 || month === 9 || month === 11
      ? 30
      : 31;

/** Milliseconds of a fraction from its dot to the `Z`, or -1. It neither is empty nor ends with a zero. */
function fraction(content: Uint8Array, dot: number): number {
  const count = content.length - dot - 2;
  const valid = content[dot] === DOT && count >= 1 && count <= MAX_FRACTION_DIGITS;
  if (!valid || content[dot + count] === ZERO || number(content, dot + 1, count) < 0) return -1;
  const kept = Math.min(count, 3);
  return number(content, dot + 1, kept) * 10 ** (3 - kept);
}

/**
 * UTCTime or GeneralizedTime in the form of RFC 5280 §4.1.2.5 (seconds, `Z`), as milliseconds since the epoch; what
 * a fraction holds beyond milliseconds is cut off. @throws DER_TIME, DER_TAG
 */
export function decodeTime(tag: number, content: Uint8Array, options: TimeOptions = {}): number {
  const utc = tag === TAG.utcTime;
  if (!utc && tag !== TAG.generalizedTime) throw gmError('DER_TAG', { tag });
  const yearDigits = utc ? 2 : 4;
  const end = yearDigits + 10;
  const written = number(content, 0, yearDigits);
  const year = utc ? (written < 50 ? 2000 : 1900) + written : written;
  const month = number(content, yearDigits, 2);
  const day = number(content, yearDigits + 2, 2);
  const hour = number(content, yearDigits + 4, 2);
  const minute = number(content, yearDigits + 6, 2);
  const second = number(content, yearDigits + 8, 2);
  const exact = content.length === end + 1;
  const millisecond = exact ? 0 : !utc && options.fraction === true ? fraction(content, end) : -1;
  const real =
    written >= 0 &&
    month >= 1 &&
    month <= 12 &&
    day >= 1 &&
    day <= daysOf(year, month) &&
    hour >= 0 &&
    hour < 24 &&
    minute >= 0 &&
    minute < 60 &&
    second >= 0 &&
    second < 60;
  if (!real || millisecond < 0 || content[content.length - 1] !== Z) throw gmError('DER_TIME');
  // Date.UTC reads the years 0 to 99 as 1900 to 1999; every 400 years of this calendar are equally long.
  const shifted = year < 100 ? year + 400 : year;
  const at = Date.UTC(shifted, month - 1, day, hour, minute, second, millisecond);
  return shifted === year ? at : at - 146_097 * 86_400_000;
}

/** Text of a moment as GeneralizedTime without the `Z`: YYYYMMDDHHMMSS. @throws DER_TIME outside of the years 0 to 9999 */
export function timeDigits(at: number): string {
  const date = new Date(at);
  const year = date.getUTCFullYear();
  if (!(year >= 0 && year <= 9999)) throw gmError('DER_TIME');
  return date.toISOString().slice(0, 19).replaceAll(/[-:T]/g, '');
}
