import { addDays } from '@hufu/kernel';
import { canonicalDecimal } from '../decimal.ts';

/** What a cell holds once the wrappings of sheet libraries are off. */
export type Cell = string | number | boolean | Date | undefined;

export type CellProblem = 'LIB_CELL' | 'LIB_CELL_DIGITS';

type Wrapped = {
  readonly richText?: readonly { readonly text?: unknown }[];
  readonly result?: unknown;
  readonly text?: unknown;
  readonly error?: unknown;
};

const WRAPPINGS = 3;

/**
 * The plain content of a cell: of rich text its text, of a formula its result, of a link its text. `LIB_CELL` for
 * error values and what is none of these.
 * @param raw untrusted
 */
export function plainCell(raw: unknown, depth = 0): Cell | 'LIB_CELL' {
  if (raw === undefined || raw === null || raw === '') return undefined;
  if (typeof raw === 'string' || typeof raw === 'boolean') return raw;
  if (typeof raw === 'number') return Number.isFinite(raw) ? raw : 'LIB_CELL';
  if (raw instanceof Date) return Number.isNaN(raw.getTime()) ? 'LIB_CELL' : raw;
  if (typeof raw !== 'object' || depth >= WRAPPINGS) return 'LIB_CELL';
  const { richText, result, text, error } = raw as Wrapped;
  if (error !== undefined) return 'LIB_CELL';
  if (Array.isArray(richText)) return richText.map((run) => String(run?.text ?? '')).join('');
  return result === undefined ? plainCell(text ?? Symbol('none'), depth + 1) : plainCell(result, depth + 1);
}

/** Doubles keep 15 digits for certain; sheets show no more. */
const SURE_DIGITS = 15;
const LARGEST_SURE = 1e15;

/** A number of a sheet as decimal text, or undefined when it is too large or small for one. */
export const decimalOfCell = (value: number): string | undefined =>
  canonicalDecimal(value.toPrecision(SURE_DIGITS));

/** Text of a cell whose field is text: an account number that was typed as a number has lost digits. */
export function textOfCell(cell: Exclude<Cell, undefined>): { readonly text: string } | CellProblem {
  if (typeof cell === 'string') return { text: cell };
  if (typeof cell === 'boolean') return { text: cell ? '是' : '否' };
  if (cell instanceof Date) return { text: cell.toISOString().slice(0, 10) };
  if (Math.abs(cell) >= LARGEST_SURE) return 'LIB_CELL_DIGITS';
  const text = decimalOfCell(cell);
  return text === undefined ? 'LIB_CELL' : { text };
}

/** 1899-12-30 as day 0 is right from 1900-03-01 on (serial 61): serial 60 stands for a day that was none. */
const EPOCH = '1899-12-30';
const FIRST_SURE_SERIAL = 61;
const LAST_SERIAL = 109_573;

/** The day of a serial number of a sheet (1900 system); undefined outside 1900-03-01 to 2199-12-31. */
export function dayOfSerial(serial: number): string | undefined {
  const day = Math.floor(serial);
  return day < FIRST_SURE_SERIAL || day > LAST_SERIAL ? undefined : addDays(EPOCH, day);
}
