import { ledgerError } from '../errors.ts';

/** The end of the year 9999: past it the text would grow a sign. */
const LAST = 253_402_300_799_999;

/** Milliseconds since the epoch as documents write them: RFC 3339, UTC, with milliseconds. @throws LEDGER_TIME */
export function timeText(time: number): string {
  if (!Number.isSafeInteger(time) || time < 0 || time > LAST) throw ledgerError('LEDGER_TIME');
  return new Date(time).toISOString();
}

/** Undefined for anything but the text that `timeText` writes. */
export function parseTimeText(text: unknown): number | undefined {
  const time = typeof text === 'string' && text.length === 24 ? Date.parse(text) : Number.NaN;
  const inRange = time >= 0 && time <= LAST;
  return inRange && timeText(time) === text ? time : undefined;
}
