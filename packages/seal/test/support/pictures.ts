import { concatBytes, fromHex, utf8 } from '@hufu/kernel';
import { zlibSync } from 'fflate';
import { type SealImage, sealImage } from '../../src/index.ts';

const be32 = (value: number): Uint8Array => fromHex(value.toString(16).padStart(8, '0'));

/** Checksum of PNG chunks (ISO/IEC 15948 annex D). */
function crc32(bytes: Uint8Array): number {
  let crc = 0xffffffff;
  for (const octet of bytes) {
    crc ^= octet;
    for (let bit = 0; bit < 8; bit++) crc = (crc >>> 1) ^ (crc & 1 ? 0xedb88320 : 0);
  }
  return (crc ^ 0xffffffff) >>> 0;
}

export function chunk(type: string, data: Uint8Array): Uint8Array {
  const body = concatBytes(utf8(type), data);
  return concatBytes(be32(data.length), body, be32(crc32(body)));
}

export type PngSpec = {
  readonly width: number;
  readonly height: number;
  readonly colorType: number;
  readonly depth: number;
  /** Rows with their filter octets. */
  readonly rows: Uint8Array;
  readonly interlace?: number;
  /** Chunks between header and data. */
  readonly before?: readonly Uint8Array[];
};

export function png({
  width,
  height,
  colorType,
  depth,
  rows,
  interlace = 0,
  before = [],
}: PngSpec): Uint8Array {
  return concatBytes(
    fromHex('89504e470d0a1a0a'),
    chunk('IHDR', concatBytes(be32(width), be32(height), Uint8Array.of(depth, colorType, 0, 0, interlace))),
    ...before,
    chunk('IDAT', zlibSync(rows)),
    chunk('IEND', new Uint8Array()),
  );
}

/** A red ring on nothing, 8 bits of red, green, blue and alpha. */
export function ringPng(size = 48): Uint8Array {
  const rows = new Uint8Array(size * (1 + 4 * size));
  const middle = (size - 1) / 2;
  for (let y = 0; y < size; y++) {
    for (let x = 0; x < size; x++) {
      const distance = Math.hypot(x - middle, y - middle) / middle;
      const seen = distance <= 1 && distance > 0.85;
      if (seen) rows.set([194, 58, 43, 255], y * (1 + 4 * size) + 1 + 4 * x);
    }
  }
  return png({ width: size, height: size, colorType: 6, depth: 8, rows });
}

let ring: SealImage | undefined;

export function ringImage(): SealImage {
  ring ??= sealImage(ringPng());
  return ring;
}
