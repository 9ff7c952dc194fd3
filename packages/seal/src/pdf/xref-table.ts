import { sealError } from '../errors.ts';
import type { PdfLexer } from './lexer.ts';
import type { PdfBudget } from './limits.ts';
import { parseValue } from './parse-object.ts';
import { isPdfDict, type PdfDict } from './values.ts';
import type { XrefEntry } from './xref.ts';

/** Largest object number that ISO 32000-2 Annex C counts with. */
export const MAX_OBJECT_NUMBER = 8_388_607;

export type XrefTable = { readonly entries: Map<number, XrefEntry>; readonly trailer: PdfDict };

function readEntry(lexer: PdfLexer): XrefEntry {
  const offset = lexer.unsigned();
  const gen = lexer.unsigned();
  lexer.skip();
  const kind = lexer.word();
  if (kind === 'n') return { kind: 'offset', offset, gen };
  if (kind === 'f') return { kind: 'free', gen };
  throw sealError('PDF_XREF', { of: 'entry', at: lexer.at });
}

/** `xref … trailer << >>` (§7.5.4, §7.5.5); the cursor stands behind `xref`. @throws PDF_XREF, PDF_SYNTAX, PDF_LIMIT */
export function readXrefTable(lexer: PdfLexer, budget: PdfBudget): XrefTable {
  const entries = new Map<number, XrefEntry>();
  for (;;) {
    lexer.skip();
    if (lexer.ahead(7) === 'trailer') break;
    const first = lexer.unsigned();
    const count = lexer.unsigned();
    budget.spend('entries', count);
    if (first + count > MAX_OBJECT_NUMBER + 1) throw sealError('PDF_XREF', { of: 'object number' });
    for (let num = first; num < first + count; num++) {
      // An object listed twice in one section has no defined place.
      if (entries.has(num)) throw sealError('PDF_XREF', { of: 'repeated entry' });
      entries.set(num, readEntry(lexer));
    }
  }
  lexer.keyword('trailer');
  const trailer = parseValue(lexer, budget);
  if (!isPdfDict(trailer)) throw sealError('PDF_XREF', { of: 'trailer' });
  return { entries, trailer };
}
