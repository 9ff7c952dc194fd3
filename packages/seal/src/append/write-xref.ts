import { concatBytes, utf8 } from '@hufu/kernel';
import { type PdfValue, pdfArray, pdfDict, pdfName } from '../pdf/values.ts';
import { writeObject } from '../pdf/write-object.ts';

type NewEntry = { readonly num: number; readonly gen: number; readonly offset: number };

/** A cross-reference section to be written behind the objects of an update. */
export type NewSection = {
  /** Where it will stand in the file. */
  readonly offset: number;
  /** In order of their numbers. */
  readonly entries: readonly NewEntry[];
  /** One more than the highest number in use. */
  readonly size: number;
  /** Without Size. */
  readonly trailer: ReadonlyMap<string, PdfValue>;
};

/** Entries with successive numbers, together. */
function subsections(entries: readonly NewEntry[]): NewEntry[][] {
  const runs: NewEntry[][] = [];
  for (const entry of entries) {
    const run = runs.at(-1);
    if (run !== undefined && run[0]!.num + run.length === entry.num) run.push(entry);
    else runs.push([entry]);
  }
  return runs;
}

const ending = (offset: number): string => `\nstartxref\n${offset}\n%%EOF\n`;

/** Cross-reference table with its trailer (ISO 32000-2 §7.5.4, §7.5.5). */
export function writeXrefTable({ offset, entries, size, trailer }: NewSection): Uint8Array {
  const row = (entry: NewEntry): string =>
    `${String(entry.offset).padStart(10, '0')} ${String(entry.gen).padStart(5, '0')} n \n`;
  const table = subsections(entries)
    .map((run) => `${run[0]!.num} ${run.length}\n${run.map(row).join('')}`)
    .join('');
  const dict = writeObject(pdfDict(new Map([...trailer, ['Size', size]])));
  return concatBytes(utf8(`xref\n${table}trailer\n`), dict, utf8(ending(offset)));
}

function bigEndian(value: number, width: number): number[] {
  return Array.from({ length: width }, (_, i) => Math.floor(value / 256 ** (width - 1 - i)) % 256);
}

const IN_USE = 1;
const GENERATION_WIDTH = 2;

/** Cross-reference stream (§7.5.8): an object of its own, which lists itself. */
export function writeXrefStream({ offset, entries, size, trailer }: NewSection): Uint8Array {
  const all = [...entries, { num: size, gen: 0, offset }];
  const width = Math.max(4, Math.ceil(Math.log2(offset + 1) / 8));
  const rows = all.flatMap((entry) => [
    IN_USE,
    ...bigEndian(entry.offset, width),
    ...bigEndian(entry.gen, GENERATION_WIDTH),
  ]);
  const dict = pdfDict(
    new Map<string, PdfValue>([
      ['Type', pdfName('XRef')],
      ...trailer,
      ['Size', size + 1],
      ['W', pdfArray([1, width, GENERATION_WIDTH])],
      ['Index', pdfArray(subsections(all).flatMap((run) => [run[0]!.num, run.length]))],
    ]),
  );
  const stream = writeObject({ kind: 'stream', dict, data: Uint8Array.from(rows) });
  return concatBytes(utf8(`${size} 0 obj\n`), stream, utf8(`\nendobj`), utf8(ending(offset)));
}
