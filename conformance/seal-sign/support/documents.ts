import { readFile } from 'node:fs/promises';
import { formFieldsOf, isPdfArray, isPdfDict, isPdfString, openPdf } from '@hufu/seal';

/** Documents that the seal package keeps for its own tests. */
export const letter = async (name: 'letter' | 'letter-linearised'): Promise<Uint8Array> =>
  new Uint8Array(
    await readFile(new URL(`../../../packages/seal/test/vectors/documents/${name}.pdf`, import.meta.url)),
  );

export type Extracted = {
  /** /Contents without its padding. */
  readonly der: Uint8Array;
  /** The bytes of the byte range, joined. */
  readonly signed: Uint8Array;
};

function unpadded(bytes: Uint8Array): Uint8Array {
  const octets = bytes[1]! & 0x7f;
  const length = bytes.subarray(2, 2 + octets).reduce((sum, octet) => sum * 256 + octet, 0);
  return bytes.subarray(0, 2 + octets + length);
}

/** What outside programs are given of a signature. */
export function extract(pdf: Uint8Array, field: string): Extracted {
  const view = openPdf(pdf).latest;
  const dict = view.resolve(formFieldsOf(view).find(({ name }) => name === field)?.value);
  if (!isPdfDict(dict)) throw new Error(`no signature in ${field}`);
  const [contents, range] = [view.get(dict, 'Contents'), view.get(dict, 'ByteRange')];
  if (!isPdfString(contents) || !isPdfArray(range)) throw new Error('signature dictionary');
  const [from, length, second, rest] = range.items as [number, number, number, number];
  const parts = [pdf.subarray(from, from + length), pdf.subarray(second, second + rest)];
  return { der: unpadded(contents.bytes), signed: new Uint8Array(Buffer.concat(parts)) };
}

export const flipped = (bytes: Uint8Array, at: number): Uint8Array => {
  const copy = bytes.slice();
  copy[at]! ^= 1;
  return copy;
};
