import { sealError } from '../errors.ts';
import { PdfLexer } from './lexer.ts';
import type { PdfBudget } from './limits.ts';
import { parseValue } from './parse-object.ts';
import { nameOf, type PdfStream, type PdfValue } from './values.ts';

/** Objects that any writer puts into one object stream; ISO 32000-2 §7.5.7 asks for reasonable numbers. */
const MAX_OBJECTS = 100_000;

export type ObjectStream = {
  /** The value at this place, which must be the one of this object number. @throws PDF_OBJECT, PDF_SYNTAX, PDF_LIMIT */
  value(index: number, num: number): PdfValue;
};

function integerOf(stream: PdfStream, key: string): number {
  const value = stream.dict.entries.get(key);
  if (typeof value === 'number' && Number.isInteger(value) && value >= 0) return value;
  throw sealError('PDF_OBJECT', { of: key });
}

/** Reads the header of an object stream (§7.5.7); its objects are parsed when they are asked for. */
export function readObjectStream(stream: PdfStream, data: Uint8Array, budget: PdfBudget): ObjectStream {
  if (nameOf(stream.dict.entries.get('Type')) !== 'ObjStm') throw sealError('PDF_OBJECT', { of: 'ObjStm' });
  const count = integerOf(stream, 'N');
  const first = integerOf(stream, 'First');
  if (count > MAX_OBJECTS || first > data.length) throw sealError('PDF_OBJECT', { of: 'ObjStm' });
  budget.spend('values', 2 * count);
  const header = new PdfLexer(data, 0, first);
  const places = Array.from({ length: count }, () => ({
    num: header.unsigned(),
    offset: header.unsigned(),
  }));
  const values = new Map<number, PdfValue>();
  return {
    value(index, num) {
      const known = values.get(index);
      const place = places[index];
      if (place?.num !== num) throw sealError('PDF_OBJECT', { num });
      if (known !== undefined) return known;
      const lexer = new PdfLexer(data, first + place.offset);
      const value = parseValue(lexer, budget);
      budget.spend('values', (lexer.at - first - place.offset) >> 3);
      values.set(index, value);
      return value;
    },
  };
}
