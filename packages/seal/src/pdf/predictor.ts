import { sealError } from '../errors.ts';
import { isPdfDict, type PdfValue } from './values.ts';

type Layout = { readonly predictor: number; readonly pixel: number; readonly row: number };

function layoutOf(parameters: PdfValue): Layout | undefined {
  if (!isPdfDict(parameters)) return undefined;
  const number = (key: string, fallback: number): number => {
    const value = parameters.entries.get(key) ?? fallback;
    const sound = typeof value === 'number' && Number.isInteger(value) && value >= 1 && value <= 1 << 20;
    if (!sound) throw sealError('PDF_STREAM_DATA', { of: key });
    return value;
  };
  const predictor = number('Predictor', 1);
  const bits = number('Colors', 1) * number('BitsPerComponent', 8);
  return { predictor, pixel: Math.ceil(bits / 8), row: Math.ceil((bits * number('Columns', 1)) / 8) };
}

/** PNG's Paeth filter: the neighbour nearest to left + up - corner. */
function paeth(left: number, up: number, corner: number): number {
  const guess = left + up - corner;
  const [toLeft, toUp, toCorner] = [Math.abs(guess - left), Math.abs(guess - up), Math.abs(guess - corner)];
  if (toLeft <= toUp && toLeft <= toCorner) return left;
  return toUp <= toCorner ? up : corner;
}

function addend(filter: number, [left, up, corner]: readonly [number, number, number]): number {
  switch (filter) {
    case 0:
      return 0;
    case 1:
      return left;
    case 2:
      return up;
    case 3:
      return (left + up) >> 1;
    case 4:
      return paeth(left, up, corner);
    default:
      throw sealError('PDF_STREAM_DATA', { of: 'predictor row' });
  }
}

/**
 * Takes back the predictor of a Flate stream (ISO 32000-2 §7.4.4.4). Only none and the PNG filters: structure streams
 * use no other. @throws PDF_STREAM_DATA
 */
export function unpredict(data: Uint8Array, parameters: PdfValue): Uint8Array {
  const layout = layoutOf(parameters);
  if (layout === undefined || layout.predictor === 1) return data;
  if (layout.predictor < 10) throw sealError('PDF_FILTER', { of: 'predictor' });
  const { row, pixel } = layout;
  const rows = Math.floor(data.length / (row + 1));
  if (rows * (row + 1) !== data.length) throw sealError('PDF_STREAM_DATA', { of: 'predictor length' });
  const out = new Uint8Array(rows * row);
  for (let r = 0; r < rows; r++) {
    const source = r * (row + 1);
    const target = r * row;
    for (let c = 0; c < row; c++) {
      const left = c >= pixel ? out[target + c - pixel]! : 0;
      const up = r > 0 ? out[target - row + c]! : 0;
      const corner = r > 0 && c >= pixel ? out[target - row + c - pixel]! : 0;
      out[target + c] = data[source + 1 + c]! + addend(data[source]!, [left, up, corner]);
    }
  }
  return out;
}
