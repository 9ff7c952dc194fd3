import { sealError } from '../errors.ts';
import { CR, endsWord, isWhiteSpace, LF, standsAt } from './characters.ts';
import { PdfLexer } from './lexer.ts';
import { createPdfBudget, DEFAULT_PDF_LIMITS, type PdfLimits } from './limits.ts';
import { type PdfSource, PdfView } from './view.ts';
import type { XrefEntry, XrefSection } from './xref.ts';
import { readXrefChain } from './xref-chain.ts';

/** One state of the document: everything up to one `%%EOF` whose startxref belongs to the file's history. */
export type PdfRevision = {
  /** Offset that its startxref gives. */
  readonly startxref: number;
  /** One past `%%EOF`. */
  readonly eof: number;
  /** One past the end-of-line marker behind it, if there is one: the length of this revision's file. */
  readonly end: number;
  readonly view: PdfView;
};

export type PdfFile = {
  readonly bytes: Uint8Array;
  /** The newest first. */
  readonly sections: readonly XrefSection[];
  /** The oldest first; the last is the file as it is. */
  readonly revisions: readonly PdfRevision[];
  readonly latest: PdfView;
  readonly encrypted: boolean;
  readonly hybrid: boolean;
  /** Bytes behind the last `%%EOF` and its end-of-line marker; empty in a sound file. */
  readonly trailing: Uint8Array;
  /**
   * The revision whose last byte is the one before `end`: `%%EOF`, or white space behind it. Undefined when no revision
   * of this file's history ends there.
   */
  revisionEndingAt(end: number): PdfRevision | undefined;
};

type Tail = { readonly startxref: number; readonly eof: number; readonly end: number };

/** `startxref 123 %%EOF` from here on, or undefined. */
function readTail(bytes: Uint8Array, from: number): Tail | undefined {
  const lexer = new PdfLexer(bytes, from);
  lexer.skip();
  if (!standsAt(bytes, lexer.at, 'startxref')) return undefined;
  lexer.at += 'startxref'.length;
  lexer.skip();
  const startxref = lexer.tryUnsigned();
  while (isWhiteSpace(lexer.peek())) lexer.at++;
  if (startxref === undefined || !standsAt(bytes, lexer.at, '%%EOF')) return undefined;
  const eof = lexer.at + '%%EOF'.length;
  let end = eof;
  if (bytes[end] === CR) end++;
  if (bytes[end] === LF) end++;
  return { startxref, eof, end };
}

/** Offset of the last `startxref` before `end`, at most `reach` octets away; -1 when there is none. */
function lastStartxref(bytes: Uint8Array, end: number, reach: number): number {
  const lowest = Math.max(0, end - reach);
  for (let at = end - 'startxref'.length; at >= lowest; at--) {
    if (bytes[at] === 0x73 && standsAt(bytes, at, 'startxref') && endsWord(bytes[at - 1])) return at;
  }
  return -1;
}

const isBlank = (bytes: Uint8Array): boolean => bytes.every((octet) => isWhiteSpace(octet));

/** How far before a revision's end its startxref may stand: the number, the marker and white space. */
const TAIL_REACH = 1024;

function historyOf(sections: readonly XrefSection[]): PdfSource['history'] {
  const history = new Map<number, { age: number; entry: XrefEntry }[]>();
  for (let age = 0; age < sections.length; age++) {
    for (const [num, entry] of sections[sections.length - 1 - age]!.entries) {
      const known = history.get(num);
      if (known) known.push({ age, entry });
      else history.set(num, [{ age, entry }]);
    }
  }
  return history;
}

/** Every tail in the file's history: those behind its sections, and the last of all. */
function tailsOf(bytes: Uint8Array, sections: readonly XrefSection[], last: Tail): readonly Tail[] {
  const offsets = new Set(sections.map(({ offset }) => offset));
  const found = sections
    .map((section) => readTail(bytes, section.end))
    .filter((tail) => tail !== undefined && offsets.has(tail.startxref) && tail.eof < last.eof);
  return [...(found as Tail[]), last].sort((a, b) => a.eof - b.eof);
}

/**
 * Opens a PDF (ISO 32000-2 §7.5) without reading more of it than its cross-reference: the header at its first byte,
 * startxref at its end, every section of the chain where the one before says. Nothing is searched for, rebuilt or
 * guessed. `bytes` are kept, not copied: they must not change.
 * @throws PDF_HEADER, PDF_STARTXREF, PDF_XREF, PDF_SYNTAX, PDF_STREAM_*, PDF_FILTER, PDF_LIMIT
 */
export function openPdf(bytes: Uint8Array, limits: Partial<PdfLimits> = {}): PdfFile {
  if (!standsAt(bytes, 0, '%PDF-')) throw sealError('PDF_HEADER');
  const budget = createPdfBudget({ ...DEFAULT_PDF_LIMITS, ...limits });
  const last = readTail(bytes, lastStartxref(bytes, bytes.length, bytes.length));
  if (last === undefined) throw sealError('PDF_STARTXREF');
  const sections = readXrefChain(bytes, last.startxref, budget);
  const source: PdfSource = { bytes, budget, sections, history: historyOf(sections), parsed: new Map() };
  const ages = new Map(sections.map(({ offset }, i) => [offset, sections.length - 1 - i]));

  const views = new Map<string, PdfRevision>();
  const revisionOf = (tail: Tail): PdfRevision | undefined => {
    const age = ages.get(tail.startxref);
    if (age === undefined) return undefined;
    // The whole chain below must lie inside the revision that rests on it.
    if (sections.slice(sections.length - 1 - age).some((section) => section.end > tail.eof)) return undefined;
    const key = `${tail.startxref}:${tail.end}`;
    const known = views.get(key);
    if (known !== undefined) return known;
    const revision = { ...tail, view: new PdfView(source, { age, end: tail.end }) };
    views.set(key, revision);
    return revision;
  };

  const revisions = tailsOf(bytes, sections, last)
    .map(revisionOf)
    .filter((revision) => revision !== undefined);
  const latest = revisionOf(last)?.view;
  if (latest === undefined) throw sealError('PDF_XREF', { of: 'offset' });
  return {
    bytes,
    sections,
    revisions,
    latest,
    encrypted: sections.some(({ trailer }) => trailer.entries.has('Encrypt')),
    hybrid: sections.some((section) => section.hybrid),
    trailing: bytes.subarray(last.end),
    revisionEndingAt(end) {
      const tail = readTail(bytes, lastStartxref(bytes, end, TAIL_REACH));
      const endsThere = tail !== undefined && end >= tail.eof && isBlank(bytes.subarray(tail.eof, end));
      return endsThere ? revisionOf(tail) : undefined;
    },
  };
}
