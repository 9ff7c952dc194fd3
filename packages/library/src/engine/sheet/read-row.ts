import type { Field, FileValue, Values } from '../field.ts';
import { fault, type Issue, type IssueCode } from '../issue.ts';
import { dayOf } from '../kinds/days.ts';
import { keptCodeList } from '../loaded-lists.ts';
import { optionByCode, optionsOf } from '../options.ts';
import type { RecordType } from '../record-type.ts';
import { type Cell, dayOfSerial, decimalOfCell, plainCell, textOfCell } from './cell.ts';
import { type SheetColumn, sheetOf } from './columns.ts';
import { AMBIGUOUS, codeNamed, plain } from './option-names.ts';

/** What cells name and only the store knows. Undefined: there is none of that name. */
export type Resolve = {
  readonly file?: (name: string) => FileValue | undefined;
  readonly reference?: (field: Field, text: string) => string | undefined;
};

export type RowResult = {
  /** For `readValues`. */
  readonly raw: Readonly<Record<string, unknown>>;
  /** Faults of cells; the path is the column's key. `readValues` finds the others. */
  readonly issues: readonly Issue[];
};

type Present = Exclude<Cell, undefined>;
type Taken = { readonly value: unknown } | { readonly fault: IssueCode };
type Around = { readonly field: Field; readonly soFar: Values; readonly resolve: Resolve };

const YES = new Set(['是', 'yes', 'y', 'true', '1', '√', '有']);
const NO = new Set(['否', 'no', 'n', 'false', '0', '×', '无']);

const value = (taken: unknown): Taken => ({ value: taken });
const bad = (code: IssueCode): Taken => ({ fault: code });

function asText(cell: Present, then: (text: string) => Taken = value): Taken {
  const read = textOfCell(cell);
  return typeof read === 'string' ? bad(read) : then(read.text);
}

function asDay(cell: Present): Taken {
  if (typeof cell !== 'number') return asText(cell);
  // 20260131 is no serial number, but a day that somebody typed.
  const day = dayOf(String(cell)) ?? dayOfSerial(cell);
  return day === undefined ? bad('LIB_DATE') : value(day);
}

const asNumber = (cell: Present): Taken => {
  if (typeof cell !== 'number') return asText(cell);
  const text = decimalOfCell(cell);
  return text === undefined ? bad('LIB_DECIMAL') : value(text);
};

function asBoolean(cell: Present): Taken {
  if (typeof cell === 'boolean') return value(cell);
  return asText(cell, (text) => {
    const word = plain(text).toLowerCase();
    if (YES.has(word)) return value(true);
    return NO.has(word) ? value(false) : bad('LIB_BOOLEAN');
  });
}

/** `320106`, `鼓楼区`, or both: `320106 鼓楼区`. */
function codeOf(text: string, { field, soFar }: Around): Taken {
  const word = plain(text);
  const first = word.split(/[\s-]/, 1)[0] ?? '';
  const code = [word, first].find((one) => optionByCode(field, one, soFar) !== undefined);
  if (code !== undefined) return value(code);
  const named = codeNamed(optionsOf(field, soFar), word);
  if (named === AMBIGUOUS) return bad('LIB_CELL_LABEL');
  if (named !== undefined) return value(named);
  // Of a list that is not loaded, a code passes as it does everywhere.
  const isOpen = 'codeList' in field && keptCodeList(field.codeList) === undefined;
  return isOpen ? value(first) : bad('LIB_CHOICE');
}

const partsOf = (text: string, separator: RegExp): readonly string[] =>
  text
    .split(separator)
    .map((part) => part.trim())
    .filter((part) => part !== '');

function all(parts: readonly string[], read: (part: string) => Taken): Taken {
  const values: unknown[] = [];
  for (const part of parts) {
    const taken = read(part);
    if ('fault' in taken) return taken;
    values.push(taken.value);
  }
  return value(values);
}

const asCodes = (text: string, around: Around): Taken =>
  all(partsOf(text, /[、,，;；\n]/), (part) => codeOf(part, around));

const asFiles = (text: string, { resolve }: Around): Taken =>
  all(partsOf(text, /[;；\n]/), (name) => {
    const file = resolve.file?.(name);
    return file === undefined ? bad('LIB_FILE_UNKNOWN') : value(file);
  });

function asReference(text: string, { field, resolve }: Around): Taken {
  const id = resolve.reference?.(field, text.trim());
  return id === undefined ? bad('LIB_REFERENCE') : value(id);
}

function asRows(text: string, field: Field & { readonly kind: 'rows' }): Taken {
  const rows = partsOf(text, /[\n;；]/).map((line) => line.split(/[|｜]/).map((part) => part.trim()));
  if (rows.some((row) => row.length > field.columns.length)) return bad('LIB_ROWS');
  return value(
    rows.map((row) => Object.fromEntries(field.columns.map(({ name }, i) => [name, row[i] ?? null]))),
  );
}

function take(cell: Present, around: Around): Taken {
  const { field } = around;
  switch (field.kind) {
    case 'date':
      return asDay(cell);
    case 'decimal':
    case 'integer':
    case 'year':
    case 'counts':
      return asNumber(cell);
    case 'boolean':
      return asBoolean(cell);
    case 'choice':
      return asText(cell, (text) => codeOf(text, around));
    case 'choices':
      return asText(cell, (text) => asCodes(text, around));
    case 'files':
      return asText(cell, (text) => asFiles(text, around));
    case 'reference':
      return asText(cell, (text) => asReference(text, around));
    case 'rows':
      return asText(cell, (text) => asRows(text, field));
    default:
      return asText(cell);
  }
}

function place(raw: Record<string, unknown>, column: SheetColumn, taken: unknown): void {
  if (column.option === undefined) {
    raw[column.key] = taken;
    return;
  }
  const counts = raw[column.field.name] as Readonly<Record<string, unknown>> | undefined;
  raw[column.field.name] = { ...counts, [column.option]: taken };
}

/**
 * Turns the cells of a row into raw values for `readValues`: serial numbers and days in the writings that people use,
 * numbers without the noise of binary fractions, options by code or by name, files and records by name.
 * @param cells by the column's key; untrusted
 */
export function readRow(
  type: RecordType,
  cells: Readonly<Record<string, unknown>>,
  resolve: Resolve = {},
): RowResult {
  const raw: Record<string, unknown> = {};
  const issues: Issue[] = [];
  for (const column of sheetOf(type).columns) {
    const cell = Object.hasOwn(cells, column.key) ? plainCell(cells[column.key]) : undefined;
    if (cell === undefined || (typeof cell === 'string' && cell.trim() === '')) continue;
    const taken: Taken =
      cell === 'LIB_CELL' ? bad(cell) : take(cell, { field: column.field, soFar: raw as Values, resolve });
    if ('fault' in taken) issues.push(fault(column.key, taken.fault));
    else place(raw, column, taken.value);
  }
  return { raw, issues };
}
