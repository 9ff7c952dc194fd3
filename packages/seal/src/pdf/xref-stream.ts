import { sealError } from '../errors.ts';
import { decodeStream } from './decode-stream.ts';
import type { PdfLexer } from './lexer.ts';
import type { PdfBudget } from './limits.ts';
import { parseIndirect } from './parse-object.ts';
import { isPdfArray, isPdfRef, isPdfStream, nameOf, type PdfDict, type PdfValue } from './values.ts';
import type { XrefEntry } from './xref.ts';
import { MAX_OBJECT_NUMBER, type XrefTable } from './xref-table.ts';

const refuse = (of: string): never => {
  throw sealError('PDF_XREF', { of });
};

/** A cross-reference stream has no references inside: it could not be followed before it is read (§7.5.8.2). */
const direct = (value: PdfValue): PdfValue => (isPdfRef(value) ? refuse('indirect value') : value);

function integers(dict: PdfDict, key: string): readonly number[] | undefined {
  const value = dict.entries.get(key);
  if (value === undefined) return undefined;
  if (!isPdfArray(value)) return refuse(key);
  return value.items.map((item) =>
    typeof item === 'number' && Number.isInteger(item) && item >= 0 ? item : refuse(key),
  );
}

type Row = readonly [type: number, second: number, third: number];

/** Fields of `W[i]` octets each, high order first; a missing type is 1 (§7.5.8.3). */
function rowReader(data: Uint8Array, widths: readonly number[]): (index: number) => Row {
  const size = widths[0]! + widths[1]! + widths[2]!;
  return (index) => {
    let at = index * size;
    const field = (width: number): number => {
      let value = 0;
      for (let i = 0; i < width; i++) value = value * 256 + data[at++]!;
      return value;
    };
    return [widths[0] === 0 ? 1 : field(widths[0]!), field(widths[1]!), field(widths[2]!)];
  };
}

function entryOf([type, second, third]: Row): XrefEntry | undefined {
  if (!Number.isSafeInteger(second)) return refuse('entry');
  if (type === 0) return { kind: 'free', gen: third };
  if (type === 1) return { kind: 'offset', offset: second, gen: third };
  // Other types are references to the null object (§7.5.8.3).
  return type === 2 ? { kind: 'compressed', stream: second, index: third } : undefined;
}

function readRows(dict: PdfDict, data: Uint8Array, budget: PdfBudget): Map<number, XrefEntry> {
  const widths = integers(dict, 'W') ?? refuse('W');
  if (widths.length !== 3 || widths.some((width) => width > 8)) refuse('W');
  const size = dict.entries.get('Size');
  const index = integers(dict, 'Index') ?? [0, typeof size === 'number' ? size : refuse('Size')];
  const read = rowReader(data, widths);
  const rowBytes = widths.reduce((sum, width) => sum + width, 0);
  const entries = new Map<number, XrefEntry>();
  let row = 0;
  for (let i = 0; i < index.length; i += 2) {
    const first = index[i]!;
    const count = index[i + 1] ?? refuse('Index');
    budget.spend('entries', count);
    if (first + count > MAX_OBJECT_NUMBER + 1) refuse('object number');
    if ((row + count) * rowBytes > data.length || rowBytes === 0) refuse('length');
    for (let num = first; num < first + count; num++, row++) {
      if (entries.has(num)) refuse('repeated entry');
      const entry = entryOf(read(row));
      if (entry !== undefined) entries.set(num, entry);
    }
  }
  return entries;
}

/** A cross-reference stream object (§7.5.8); the cursor stands before its number. @throws PDF_* */
export function readXrefStream(lexer: PdfLexer, budget: PdfBudget): XrefTable {
  const { value } = parseIndirect(lexer, budget, () => refuse('indirect Length'));
  if (!isPdfStream(value) || nameOf(value.dict.entries.get('Type')) !== 'XRef') return refuse('stream');
  const data = decodeStream(value, { budget, resolve: direct });
  return { entries: readRows(value.dict, data, budget), trailer: value.dict };
}
