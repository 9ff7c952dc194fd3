import { infraError } from '../errors.ts';
import { type Cell, LONGEST_CELL, type SheetLimits, type SheetRow } from './sheet.ts';
import { openWorkbook, type Workbook } from './workbook.ts';
import { readXml } from './xml-events.ts';
import { openZip } from './zip-entries.ts';

/**
 * Rows of the first visible sheet that hold something. Formulas count as what they last showed; nothing outside the
 * file is looked at.
 * @throws SHEET_FILE, SHEET_TOO_LARGE
 */
export async function readXlsx(bytes: Uint8Array, limits: SheetLimits): Promise<SheetRow[]> {
  const zip = openZip(bytes);
  const workbook = await openWorkbook(zip);
  const rows: SheetRow[] = [];
  let cells = new Map<number, Cell>();
  let number = 0;
  let place = 0;
  let type = 'n';
  let format = 0;
  let text = '';
  let inValue = false;
  let aside = 0;

  await readXml(zip.read(workbook.sheet), {
    open(name, attributes) {
      if (name === 'row') {
        number = rowNumber(attributes['r'], number);
        cells = new Map();
        place = -1;
      } else if (name === 'c') {
        place = columnOf(attributes['r']) ?? place + 1;
        if (place >= limits.columns) throw infraError('SHEET_TOO_LARGE');
        type = attributes['t'] ?? 'n';
        format = Number(attributes['s'] ?? 0);
        text = '';
      } else if (name === 'rPh') aside += 1;
      inValue = aside === 0 && (name === 'v' || name === 't');
    },
    text(part) {
      if (!inValue) return;
      text += part;
      if (text.length > LONGEST_CELL) throw infraError('SHEET_TOO_LARGE');
    },
    close(name) {
      if (name === 'v' || name === 't') inValue = false;
      if (name === 'rPh') aside -= 1;
      if (name === 'c') {
        const cell = cellOf(workbook, { type, format, text });
        if (cell !== undefined) cells.set(place, cell);
      }
      if (name !== 'row' || cells.size === 0) return;
      if (rows.push({ number, cells }) > limits.rows) throw infraError('SHEET_TOO_LARGE');
    },
  });
  return rows;
}

function rowNumber(reference: string | undefined, before: number): number {
  const given = Number(reference);
  const next = Number.isInteger(given) && given > 0 ? given : before + 1;
  if (next <= before) throw infraError('SHEET_FILE');
  return next;
}

/** `C7` → 2. */
function columnOf(reference: string | undefined): number | undefined {
  const letters = /^[A-Z]{1,3}/.exec(reference ?? '')?.[0];
  if (letters === undefined) return undefined;
  let column = 0;
  for (const letter of letters) column = column * 26 + letter.charCodeAt(0) - 64;
  return column - 1;
}

type RawCell = { readonly type: string; readonly format: number; readonly text: string };

function cellOf(workbook: Workbook, { type, format, text }: RawCell): Cell | undefined {
  if (text === '') return undefined;
  switch (type) {
    case 's': {
      const shared = workbook.strings[Number(text)];
      if (shared === undefined) throw infraError('SHEET_FILE');
      return plain(shared);
    }
    case 'b':
      return { text: text === '1' ? '是' : '否', kind: 'boolean' };
    case 'e':
      return { text, kind: 'error' };
    case 'str':
    case 'inlineStr':
      return plain(text);
    case 'd':
      return { text: text.slice(0, 10), kind: 'date' };
    default:
      return numberCell(workbook, { type, format, text });
  }
}

function plain(text: string): Cell | undefined {
  if (text.length > LONGEST_CELL) throw infraError('SHEET_TOO_LARGE');
  const trimmed = text.trim();
  return trimmed === '' ? undefined : { text: trimmed, kind: 'text' };
}

/** A spreadsheet keeps fifteen digits of a number (IEEE 754 double, as Excel documents it). */
const EXACT_DIGITS = 15;
const DAY_MS = 86_400_000;
const EPOCH_1900 = Date.UTC(1899, 11, 30);
const EPOCH_1904 = Date.UTC(1904, 0, 1);
const LAST_DAY = 2_958_465;

function numberCell(workbook: Workbook, { format, text }: RawCell): Cell {
  const value = Number(text);
  if (!Number.isFinite(value)) throw infraError('SHEET_FILE');
  if (workbook.dateFormats.has(format) && value >= 1 && value <= LAST_DAY) {
    const epoch = workbook.from1904 ? EPOCH_1904 : EPOCH_1900;
    return { text: new Date(epoch + Math.floor(value) * DAY_MS).toISOString().slice(0, 10), kind: 'date' };
  }
  const exact = Math.abs(value) < 10 ** EXACT_DIGITS;
  // Fifteen digits are what the sheet shows: 0.1 + 0.2 is 0.3 to whoever typed it.
  return { text: plainNumber(Number(value.toPrecision(EXACT_DIGITS))), kind: exact ? 'number' : 'inexact' };
}

/** Without an exponent. */
function plainNumber(value: number): string {
  const text = String(value);
  if (!text.includes('e')) return text;
  return value.toLocaleString('en-US', { useGrouping: false, maximumFractionDigits: 20 });
}
