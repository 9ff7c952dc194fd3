import { parse } from 'csv-parse';
import { infraError } from '../errors.ts';
import { type Cell, LONGEST_CELL, type SheetLimits, type SheetRow } from './sheet.ts';

/**
 * Rows of a CSV file that hold something: UTF-8, or GB 18030, as spreadsheets in China write it.
 * @throws SHEET_FILE, SHEET_TOO_LARGE
 */
export async function readCsv(bytes: Uint8Array, limits: SheetLimits): Promise<SheetRow[]> {
  const rows: SheetRow[] = [];
  const text = decoded(bytes);
  if (text.includes('\0')) throw infraError('SHEET_FILE');
  const parser = parse(text, {
    bom: true,
    delimiter: delimiterOf(text),
    relax_column_count: true,
    skip_empty_lines: false,
    max_record_size: LONGEST_CELL * 8,
  });
  let number = 0;
  try {
    for await (const record of parser as AsyncIterable<string[]>) {
      number += 1;
      const cells = cellsOf(record, limits);
      if (cells.size === 0) continue;
      if (rows.push({ number, cells }) > limits.rows) throw infraError('SHEET_TOO_LARGE');
    }
  } catch (error) {
    if (error instanceof Error && 'code' in error && String(error.code).startsWith('SHEET_')) throw error;
    throw infraError('SHEET_FILE', {}, error);
  }
  return rows;
}

function cellsOf(record: readonly string[], limits: SheetLimits): Map<number, Cell> {
  const cells = new Map<number, Cell>();
  for (const [column, raw] of record.entries()) {
    const text = withoutGuard(raw.trim());
    if (text === '') continue;
    if (column >= limits.columns || text.length > LONGEST_CELL) throw infraError('SHEET_TOO_LARGE');
    cells.set(column, { text, kind: 'text' });
  }
  return cells;
}

/** Takes off what our own export puts before text that a spreadsheet would take for a formula. */
const withoutGuard = (text: string): string => (/^'[=+\-@\t\r]/.test(text) ? text.slice(1) : text);

function decoded(bytes: Uint8Array): string {
  for (const encoding of ['utf-8', 'gb18030']) {
    try {
      return new TextDecoder(encoding, { fatal: true }).decode(bytes);
    } catch {
      // The next one.
    }
  }
  throw infraError('SHEET_FILE');
}

/** As the headings are parted; spreadsheets of some regions write semicolons or tabs. */
function delimiterOf(text: string): string {
  const head = text.slice(0, text.indexOf('\n') + 1 || text.length);
  const count = (mark: string) => head.split(mark).length;
  return [',', '\t', ';'].reduce((best, mark) => (count(mark) > count(best) ? mark : best));
}
