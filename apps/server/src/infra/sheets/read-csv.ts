import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { parse } from 'csv-parse';
import { infraError } from '../errors.ts';
import { type Cell, LONGEST_CELL, type SheetLimits, type SheetRow, type SheetSource } from './sheet.ts';

const ENCODINGS = ['utf-8', 'gb18030'] as const;
type Encoding = (typeof ENCODINGS)[number];

/**
 * Rows of a CSV file that hold something, as they are read: UTF-8, or GB 18030, as spreadsheets in China write it. What
 * is wrong further on is said when it is reached; only the encoding is known of the whole file before.
 * @throws SHEET_FILE, SHEET_TOO_LARGE
 */
export async function* csvRows(source: SheetSource, limits: SheetLimits): AsyncGenerator<SheetRow> {
  const encoding = await encodingOf(source);
  const parser = parse({
    bom: true,
    delimiter: await delimiterOf(source, encoding),
    relax_column_count: true,
    skip_empty_lines: false,
    max_record_size: LONGEST_CELL * 8,
  });
  // Its failure is also that of the parser, which is read below.
  const feeding = pipeline(Readable.from(textOf(source, encoding)), parser).catch(() => undefined);
  let number = 0;
  let held = 0;
  try {
    for await (const record of parser as AsyncIterable<string[]>) {
      number += 1;
      const cells = cellsOf(record, limits);
      if (cells.size === 0) continue;
      held += 1;
      if (held > limits.rows) throw infraError('SHEET_TOO_LARGE');
      yield { number, cells };
    }
  } catch (error) {
    if (error instanceof Error && 'code' in error && String(error.code).startsWith('SHEET_')) throw error;
    throw infraError('SHEET_FILE', {}, error);
  } finally {
    parser.destroy();
    await feeding;
  }
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

async function* textOf(source: SheetSource, encoding: Encoding): AsyncGenerator<string> {
  const decoder = new TextDecoder(encoding, { fatal: true });
  for await (const piece of source()) {
    const text = decoder.decode(piece, { stream: true });
    if (text.includes('\0')) throw infraError('SHEET_FILE');
    if (text !== '') yield text;
  }
  const rest = decoder.decode();
  if (rest !== '') yield rest;
}

async function encodingOf(source: SheetSource): Promise<Encoding> {
  for (const encoding of ENCODINGS) {
    const decoder = new TextDecoder(encoding, { fatal: true });
    try {
      for await (const piece of source()) decoder.decode(piece, { stream: true });
      decoder.decode();
      return encoding;
    } catch (error) {
      if (!(error instanceof TypeError)) throw error;
    }
  }
  throw infraError('SHEET_FILE');
}

/** As the headings are parted; spreadsheets of some regions write semicolons or tabs. */
async function delimiterOf(source: SheetSource, encoding: Encoding): Promise<string> {
  for await (const text of textOf(source, encoding)) {
    const head = text.slice(0, text.indexOf('\n') + 1 || text.length);
    const count = (mark: string) => head.split(mark).length;
    return [',', '\t', ';'].reduce((best, mark) => (count(mark) > count(best) ? mark : best));
  }
  return ',';
}
