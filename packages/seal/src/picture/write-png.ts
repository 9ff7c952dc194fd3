import { concatBytes, utf8 } from '@hufu/kernel';
import { zlibSync } from 'fflate';
import { crc32 } from '../crc32.ts';
import type { PngPixels } from '../pades/png.ts';

const SIGNATURE = Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a);
const RGBA_8 = [8, 6, 0, 0, 0] as const;

function uint32(value: number): Uint8Array {
  const bytes = new Uint8Array(4);
  new DataView(bytes.buffer).setUint32(0, value);
  return bytes;
}

function chunk(type: string, data: Uint8Array): Uint8Array {
  const body = concatBytes(utf8(type), data);
  return concatBytes(uint32(data.length), body, uint32(crc32(body)));
}

/** PNG (W3C PNG, RGBA of 8 bits) of pixels; the same pixels give the same bytes. */
export function writePng({ width, height, rgba }: PngPixels): Uint8Array {
  const row = 4 * width;
  const lines = new Uint8Array(height * (row + 1));
  for (let y = 0; y < height; y++) lines.set(rgba.subarray(y * row, (y + 1) * row), y * (row + 1) + 1);
  return concatBytes(
    SIGNATURE,
    chunk('IHDR', concatBytes(uint32(width), uint32(height), Uint8Array.from(RGBA_8))),
    chunk('IDAT', zlibSync(lines)),
    chunk('IEND', new Uint8Array()),
  );
}
