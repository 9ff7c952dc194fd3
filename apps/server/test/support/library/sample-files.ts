import { createHash } from 'node:crypto';
import { writePng } from '@hufu/seal';

/** A picture of random dots, so that no two are equal. */
export function png(seed = 1, side = 8): Uint8Array {
  const rgba = new Uint8Array(side * side * 4).map((_, at) => (at % 4 === 3 ? 255 : (at * 31 * seed) % 251));
  return writePng({ width: side, height: side, rgba });
}

/** The smallest stream of markers that is a whole JPEG: ITU-T T.81 annex B; one segment, one scan. */
export const JPEG = Uint8Array.from([
  0xff, 0xd8, 0xff, 0xe0, 0x00, 0x04, 0x4a, 0x46, 0xff, 0xda, 0x00, 0x04, 0x01, 0x02, 0x11, 0xff, 0x00, 0xff,
  0xd0, 0x22, 0xff, 0xd9,
]);

/** A PDF of that length as far as its frame goes. */
export const framedPdf = (size: number): Uint8Array => {
  const bytes = new Uint8Array(size).fill(0x20);
  bytes.set(Buffer.from('%PDF-1.7\n'));
  bytes.set(Buffer.from('\n%%EOF\n'), size - 7);
  return bytes;
};

/** An empty ZIP: its end record alone (APPNOTE 4.3.16). */
export const EMPTY_ZIP = Uint8Array.from([0x50, 0x4b, 0x05, 0x06, ...new Array<number>(18).fill(0)]);

export const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');
