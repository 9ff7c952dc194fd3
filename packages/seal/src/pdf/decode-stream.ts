import { sealError } from '../errors.ts';
import { hexValue, isWhiteSpace } from './characters.ts';
import { inflate } from './inflate.ts';
import type { PdfBudget } from './limits.ts';
import { unpredict } from './predictor.ts';
import { isPdfArray, nameOf, type PdfStream, type PdfValue } from './values.ts';

/** More filters on one stream than any writer uses. */
const MAX_FILTERS = 4;

export type DecodeTools = {
  readonly budget: PdfBudget;
  /** Follows a reference to a direct value. */
  resolve(value: PdfValue): PdfValue;
};

function decodeHex(data: Uint8Array): Uint8Array {
  const digits: number[] = [];
  for (const octet of data) {
    if (octet === 0x3e) break;
    if (isWhiteSpace(octet)) continue;
    const value = hexValue(octet);
    if (value < 0) throw sealError('PDF_STREAM_DATA', { of: 'ASCIIHexDecode' });
    digits.push(value);
  }
  if (digits.length % 2 === 1) digits.push(0);
  return Uint8Array.from({ length: digits.length / 2 }, (_, i) => digits[2 * i]! * 16 + digits[2 * i + 1]!);
}

/**
 * The decoded bytes of a structure stream: FlateDecode with PNG predictors, and ASCIIHexDecode. Pictures and fonts are
 * never decoded here. @throws PDF_FILTER, PDF_STREAM_DATA, PDF_LIMIT
 */
export function decodeStream(stream: PdfStream, tools: DecodeTools): Uint8Array {
  const listed = (key: string): readonly PdfValue[] => {
    const value = tools.resolve(stream.dict.entries.get(key) ?? null);
    if (isPdfArray(value)) return value.items.map((item) => tools.resolve(item));
    return value === null ? [] : [value];
  };
  if (stream.dict.entries.has('F')) throw sealError('PDF_FILTER', { of: 'external file' });
  const filters = listed('Filter');
  const parameters = listed('DecodeParms');
  if (filters.length > MAX_FILTERS) throw sealError('PDF_FILTER', { of: 'count' });
  return filters.reduce<Uint8Array>((data, filter, i) => {
    switch (nameOf(filter)) {
      case 'FlateDecode':
      case 'Fl':
        return unpredict(inflate(data, tools.budget), parameters[i] ?? null);
      case 'ASCIIHexDecode':
      case 'AHx':
        tools.budget.spend('decodedBytes', data.length);
        return decodeHex(data);
      default:
        throw sealError('PDF_FILTER', { of: nameOf(filter)?.slice(0, 32) ?? '' });
    }
  }, stream.data);
}
