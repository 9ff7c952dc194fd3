import { infraError } from '../errors.ts';
import { readCsv } from './read-csv.ts';
import { readXlsx } from './read-xlsx.ts';
import type { SheetLimits, SheetRow } from './sheet.ts';

const ZIP = [0x50, 0x4b, 0x03, 0x04];
/** Beginnings of what people hand in by mistake, or on purpose: old Office and encrypted files, programs, PDF. */
const FOREIGN: readonly (readonly number[])[] = [
  [0xd0, 0xcf, 0x11, 0xe0],
  [0x4d, 0x5a],
  [0x7f, 0x45, 0x4c, 0x46],
  [0x25, 0x50, 0x44, 0x46],
  [0x23, 0x21],
  [0x1f, 0x8b],
  [0x52, 0x61, 0x72, 0x21],
  [0xff, 0xd8, 0xff],
  [0x89, 0x50, 0x4e, 0x47],
];

/** An XLSX or CSV file, judged by its content. @throws SHEET_FILE, SHEET_TOO_LARGE */
export async function readSheet(bytes: Uint8Array, limits: SheetLimits): Promise<SheetRow[]> {
  const begins = (mark: readonly number[]) => mark.every((byte, at) => bytes[at] === byte);
  if (begins(ZIP)) return readXlsx(bytes, limits);
  if (FOREIGN.some(begins)) throw infraError('SHEET_FILE');
  return readCsv(bytes, limits);
}
