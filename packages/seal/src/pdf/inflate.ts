import { Unzlib } from 'fflate';
import { sealError } from '../errors.ts';
import type { PdfBudget } from './limits.ts';

/** Input is fed in slices, so that a bomb is noticed after one slice's output: at most about 4 MB. */
const SLICE = 4096;
/** Small streams may be all zeros and compress well beyond any ratio without harm. */
const FREE_BYTES = 1 << 20;

/** FlateDecode (ISO 32000-2 §7.4.4) with a bounded output. @throws PDF_STREAM_DATA, PDF_LIMIT */
export function inflate(data: Uint8Array, budget: PdfBudget): Uint8Array {
  const { streamBytes, inflateRatio } = budget.limits;
  const allowed = Math.min(streamBytes, Math.max(FREE_BYTES, data.length * inflateRatio));
  const parts: Uint8Array[] = [];
  let size = 0;
  const unzlib = new Unzlib((part) => {
    parts.push(part);
    size += part.length;
  });
  for (let at = 0; at === 0 || at < data.length; at += SLICE) {
    try {
      unzlib.push(data.subarray(at, at + SLICE), at + SLICE >= data.length);
    } catch (error) {
      throw sealError('PDF_STREAM_DATA', {}, error);
    }
    if (size > allowed) throw sealError('PDF_LIMIT', { limit: 'streamBytes' });
  }
  budget.spend('decodedBytes', size);
  const out = new Uint8Array(size);
  let at = 0;
  for (const part of parts) {
    out.set(part, at);
    at += part.length;
  }
  return out;
}
