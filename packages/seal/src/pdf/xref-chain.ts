import { sealError } from '../errors.ts';
import { standsAt } from './characters.ts';
import { PdfLexer } from './lexer.ts';
import type { PdfBudget } from './limits.ts';
import type { PdfDict } from './values.ts';
import type { XrefEntry, XrefSection } from './xref.ts';
import { readXrefStream } from './xref-stream.ts';
import { readXrefTable, type XrefTable } from './xref-table.ts';

/** An offset in a trailer, which must be written there and not elsewhere. */
function offsetIn(trailer: PdfDict, key: string): number | undefined {
  const value = trailer.entries.get(key);
  if (value === undefined || value === null) return undefined;
  if (typeof value === 'number' && Number.isInteger(value) && value > 0) return value;
  throw sealError('PDF_XREF', { of: key });
}

function lexerAt(bytes: Uint8Array, offset: number): PdfLexer {
  if (offset >= bytes.length) throw sealError('PDF_XREF', { of: 'offset', at: offset });
  const lexer = new PdfLexer(bytes, offset);
  lexer.skip();
  return lexer;
}

/** §7.5.8.4: what the table hides as free, or does not list, the stream beside it may show. */
function addHidden(table: XrefTable, hidden: ReadonlyMap<number, XrefEntry>): Map<number, XrefEntry> {
  const entries = new Map(table.entries);
  for (const [num, entry] of hidden) {
    if ((entries.get(num)?.kind ?? 'free') === 'free') entries.set(num, entry);
  }
  return entries;
}

function readSection(bytes: Uint8Array, offset: number, budget: PdfBudget): XrefSection {
  const lexer = lexerAt(bytes, offset);
  if (!standsAt(bytes, lexer.at, 'xref')) {
    const { entries, trailer } = readXrefStream(lexer, budget);
    return { kind: 'stream', offset, end: lexer.at, trailer, entries, hybrid: false };
  }
  lexer.keyword('xref');
  const table = readXrefTable(lexer, budget);
  const beside = offsetIn(table.trailer, 'XRefStm');
  const entries =
    beside === undefined
      ? table.entries
      : addHidden(table, readXrefStream(lexerAt(bytes, beside), budget).entries);
  const hybrid = beside !== undefined;
  return { kind: 'table', offset, end: lexer.at, trailer: table.trailer, entries, hybrid };
}

/**
 * The sections from `startxref` back along Prev, the newest first (ISO 32000-2 §7.5.6). A circle or a chain that is
 * too long is refused. @throws PDF_XREF, PDF_SYNTAX, PDF_STREAM_*, PDF_LIMIT
 */
export function readXrefChain(
  bytes: Uint8Array,
  startxref: number,
  budget: PdfBudget,
): readonly XrefSection[] {
  const sections: XrefSection[] = [];
  const seen = new Set<number>();
  for (let offset: number | undefined = startxref; offset !== undefined; ) {
    if (seen.has(offset)) throw sealError('PDF_XREF', { of: 'circle' });
    if (seen.size >= budget.limits.sections) throw sealError('PDF_LIMIT', { limit: 'sections' });
    seen.add(offset);
    const section = readSection(bytes, offset, budget);
    sections.push(section);
    offset = offsetIn(section.trailer, 'Prev');
  }
  return sections;
}
