import { concatBytes } from '@hufu/kernel';
import { infraError } from '../errors.ts';
import { csvRows } from './read-csv.ts';
import { readXlsx } from './read-xlsx.ts';
import type { SheetLimits, SheetRow, SheetSource } from './sheet.ts';

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

/**
 * The rows of an XLSX or CSV file, judged by its content. Those of a CSV file come as they are read, in memory that does
 * not grow with it; a workbook is read whole.
 * @throws SHEET_FILE, SHEET_TOO_LARGE
 */
export async function* sheetRows(source: SheetSource, limits: SheetLimits): AsyncGenerator<SheetRow> {
  const head = await beginningOf(source);
  const begins = (mark: readonly number[]) => mark.every((byte, at) => head[at] === byte);
  if (begins(ZIP)) yield* await readXlsx(await wholeOf(source), limits);
  else if (FOREIGN.some(begins)) throw infraError('SHEET_FILE');
  else yield* csvRows(source, limits);
}

/** All rows of a file that is at hand. @throws SHEET_FILE, SHEET_TOO_LARGE */
export async function readSheet(bytes: Uint8Array, limits: SheetLimits): Promise<SheetRow[]> {
  const source = async function* () {
    yield bytes;
  };
  const rows: SheetRow[] = [];
  for await (const row of sheetRows(source, limits)) rows.push(row);
  return rows;
}

async function beginningOf(source: SheetSource): Promise<Uint8Array> {
  for await (const piece of source()) if (piece.length > 0) return piece;
  return new Uint8Array();
}

async function wholeOf(source: SheetSource): Promise<Uint8Array> {
  const pieces: Uint8Array[] = [];
  for await (const piece of source()) pieces.push(piece);
  return pieces.length === 1 ? pieces[0]! : concatBytes(...pieces);
}
