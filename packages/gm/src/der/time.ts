import { gmError } from '../errors.ts';
import { TAG } from './tags.ts';

export type TimeOptions = {
  /** RFC 3161 §2.4.2 allows fractions of a second in GeneralizedTime; RFC 5280 §4.1.2.5.2 does not. */
  readonly fraction?: boolean;
};

const UTC_TIME = /^(\d{2})(\d{2})(\d{2})(\d{2})(\d{2})(\d{2})Z$/;
const GENERALIZED_TIME = /^(\d{4})(\d{2})(\d{2})(\d{2})(\d{2})(\d{2})Z$/;
const WITH_FRACTION = /^(\d{4})(\d{2})(\d{2})(\d{2})(\d{2})(\d{2})(?:\.(\d{0,8}[1-9]))?Z$/;

function fields(tag: number, text: string, options: TimeOptions): RegExpExecArray | null {
  if (tag === TAG.utcTime) return UTC_TIME.exec(text);
  if (tag !== TAG.generalizedTime) throw gmError('DER_TAG', { tag });
  return (options.fraction === true ? WITH_FRACTION : GENERALIZED_TIME).exec(text);
}

/**
 * UTCTime or GeneralizedTime in the form of RFC 5280 §4.1.2.5 (seconds, `Z`), as milliseconds since the epoch; what
 * a fraction holds beyond milliseconds is cut off. @throws DER_TIME, DER_TAG
 */
export function decodeTime(tag: number, content: Uint8Array, options: TimeOptions = {}): number {
  const match = content.length <= 25 ? fields(tag, String.fromCharCode(...content), options) : null;
  if (match === null) throw gmError('DER_TIME');
  const [written, month, day, hour, minute, second] = match.slice(1, 7).map(Number) as [
    number,
    number,
    number,
    number,
    number,
    number,
  ];
  const year = tag === TAG.utcTime ? (written < 50 ? 2000 : 1900) + written : written;
  const date = new Date(0);
  date.setUTCFullYear(year, month - 1, day);
  date.setUTCHours(hour, minute, second, Number((match[7] ?? '').slice(0, 3).padEnd(3, '0')));
  const real = date.getUTCMonth() === month - 1 && date.getUTCDate() === day && hour < 24 && minute < 60;
  if (!real || second > 59) throw gmError('DER_TIME');
  return date.getTime();
}

/** Text of a moment as GeneralizedTime without the `Z`: YYYYMMDDHHMMSS. @throws DER_TIME outside of the years 0 to 9999 */
export function timeDigits(at: number): string {
  const date = new Date(at);
  const year = date.getUTCFullYear();
  if (!(year >= 0 && year <= 9999)) throw gmError('DER_TIME');
  return date.toISOString().slice(0, 19).replaceAll(/[-:T]/g, '');
}
