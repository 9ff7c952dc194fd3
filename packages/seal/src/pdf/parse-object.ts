import { sealError } from '../errors.ts';
import { CR, LF, standsAt } from './characters.ts';
import type { PdfLexer } from './lexer.ts';
import type { PdfBudget } from './limits.ts';
import { isPdfRef, type PdfDict, type PdfRef, type PdfStream, type PdfValue } from './values.ts';

const SLASH = 0x2f;
const PARENTHESIS = 0x28;
const LESS = 0x3c;
const GREATER = 0x3e;
const BRACKET = 0x5b;
const BRACKET_END = 0x5d;
const LETTER_R = 0x52;

/** Length of a stream, when its dictionary points elsewhere for it. */
export type LengthOf = (ref: PdfRef) => number;

/** One direct value (ISO 32000-2 §7.3). @throws PDF_SYNTAX, PDF_LIMIT */
export function parseValue(lexer: PdfLexer, budget: PdfBudget, depth = 0): PdfValue {
  budget.spend('values', 1);
  if (depth > budget.limits.depth) throw sealError('PDF_LIMIT', { limit: 'depth' });
  lexer.skip();
  switch (lexer.peek()) {
    case undefined:
      return lexer.refuse('value');
    case SLASH:
      return lexer.name();
    case PARENTHESIS:
      return lexer.literalString();
    case LESS:
      return lexer.peek(1) === LESS ? parseDict(lexer, budget, depth) : lexer.hexString();
    case BRACKET:
      return parseArray(lexer, budget, depth);
    default:
      return parseReference(lexer) ?? lexer.atom();
  }
}

/** `12 0 R`, or undefined with the cursor unmoved. */
function parseReference(lexer: PdfLexer): PdfRef | undefined {
  const start = lexer.at;
  const num = lexer.tryUnsigned();
  if (num !== undefined) {
    lexer.skip();
    const gen = lexer.tryUnsigned();
    if (gen !== undefined) {
      lexer.skip();
      if (lexer.peek() === LETTER_R) {
        lexer.at++;
        const next = lexer.peek();
        if (next === undefined || /[\0\t\n\f\r ()<>[\]{}/%]/.test(String.fromCharCode(next))) {
          return { kind: 'ref', num, gen };
        }
      }
    }
  }
  lexer.at = start;
  return undefined;
}

function parseArray(lexer: PdfLexer, budget: PdfBudget, depth: number): PdfValue {
  lexer.at++;
  const items: PdfValue[] = [];
  for (;;) {
    lexer.skip();
    if (lexer.peek() === BRACKET_END) break;
    items.push(parseValue(lexer, budget, depth + 1));
  }
  lexer.at++;
  return { kind: 'array', items };
}

function parseDict(lexer: PdfLexer, budget: PdfBudget, depth: number): PdfDict {
  lexer.at += 2;
  const entries = new Map<string, PdfValue>();
  const duplicates: string[] = [];
  for (;;) {
    lexer.skip();
    if (lexer.peek() === GREATER && lexer.peek(1) === GREATER) break;
    if (lexer.peek() !== SLASH) lexer.refuse('dictionary key');
    const key = lexer.name().name;
    if (entries.has(key)) duplicates.push(key);
    entries.set(key, parseValue(lexer, budget, depth + 1));
  }
  lexer.at += 2;
  return { kind: 'dict', entries, duplicates };
}

/** Passes one end-of-line marker: CR LF, LF or CR. */
function passLineEnd(lexer: PdfLexer): void {
  if (lexer.peek() === CR) lexer.at++;
  if (lexer.peek() === LF) lexer.at++;
}

/** A stream after its dictionary (§7.3.8): its length is what the dictionary says, and `endstream` must follow. */
function parseStream(lexer: PdfLexer, dict: PdfDict, lengthOf: LengthOf): PdfStream {
  lexer.at += 'stream'.length;
  if (lexer.peek() === CR && lexer.peek(1) !== LF) lexer.refuse('stream');
  if (lexer.peek() !== CR && lexer.peek() !== LF) lexer.refuse('stream');
  passLineEnd(lexer);
  const stated = dict.entries.get('Length');
  const length = isPdfRef(stated) ? lengthOf(stated) : stated;
  const start = lexer.at;
  const fits = typeof length === 'number' && Number.isInteger(length) && length >= 0;
  if (!fits || length > lexer.end - start) throw sealError('PDF_STREAM_LENGTH', { at: start });
  lexer.at = start + length;
  passLineEnd(lexer);
  if (!standsAt(lexer.bytes, lexer.at, 'endstream') || lexer.at + 9 > lexer.end) {
    throw sealError('PDF_STREAM_LENGTH', { at: start });
  }
  lexer.at += 'endstream'.length;
  return { kind: 'stream', dict, data: lexer.bytes.subarray(start, start + length) };
}

export type IndirectObject = { readonly num: number; readonly gen: number; readonly value: PdfValue };

/** `12 0 obj … endobj` (§7.3.10). The cursor stands before it and ends behind it. @throws PDF_* */
export function parseIndirect(lexer: PdfLexer, budget: PdfBudget, lengthOf: LengthOf): IndirectObject {
  const num = lexer.unsigned();
  const gen = lexer.unsigned();
  lexer.keyword('obj');
  const direct = parseValue(lexer, budget);
  lexer.skip();
  const isStream =
    typeof direct === 'object' && direct?.kind === 'dict' && standsAt(lexer.bytes, lexer.at, 'stream');
  const value = isStream ? parseStream(lexer, direct, lengthOf) : direct;
  lexer.keyword('endobj');
  return { num, gen, value };
}
