import { concatBytes, utf8 } from '@hufu/kernel';
import { zlibSync } from 'fflate';
import { crc32 } from '../crc32.ts';
import type { PngPixels } from '../pades/png.ts';

const SIGNATURE = Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a);
const DEPTH = 8;
const INDEXED = 3;
const RGBA = 6;
const MOST_COLOURS = 256;

function uint32(value: number): Uint8Array {
  const bytes = new Uint8Array(4);
  new DataView(bytes.buffer).setUint32(0, value);
  return bytes;
}

function chunk(type: string, data: Uint8Array): Uint8Array {
  const body = concatBytes(utf8(type), data);
  return concatBytes(uint32(data.length), body, uint32(crc32(body)));
}

type Indexed = {
  /** RGBA of each colour, in the order of their first pixels. */
  readonly colours: readonly number[];
  readonly indices: Uint8Array;
};

/** One octet per pixel where there are few colours, as on a seal: a quarter of the size. */
function indexed(rgba: Uint8Array): Indexed | undefined {
  const view = new DataView(rgba.buffer, rgba.byteOffset, rgba.length);
  const known = new Map<number, number>();
  const indices = new Uint8Array(rgba.length / 4);
  for (let i = 0; i < indices.length; i++) {
    const colour = view.getUint32(4 * i);
    const index = known.get(colour) ?? known.size;
    if (index === MOST_COLOURS) return undefined;
    known.set(colour, index);
    indices[i] = index;
  }
  return { colours: [...known.keys()], indices };
}

/** Rows with their filter octet: none, which suits even areas best. */
function rowsOf(samples: Uint8Array, height: number): Uint8Array {
  const row = samples.length / height;
  const lines = new Uint8Array(samples.length + height);
  for (let y = 0; y < height; y++) lines.set(samples.subarray(y * row, (y + 1) * row), y * (row + 1) + 1);
  return zlibSync(lines, { level: 9 });
}

/** PNG (W3C PNG, 8 bits; indexed up to 256 colours, else RGBA) of pixels; the same pixels give the same bytes. */
export function writePng({ width, height, rgba }: PngPixels): Uint8Array {
  const few = indexed(rgba);
  const header = concatBytes(
    uint32(width),
    uint32(height),
    Uint8Array.of(DEPTH, few === undefined ? RGBA : INDEXED, 0, 0, 0),
  );
  const palette = few?.colours.flatMap((colour) => [
    colour >>> 24,
    (colour >>> 16) & 255,
    (colour >>> 8) & 255,
  ]);
  const alphas = few?.colours.map((colour) => colour & 255);
  return concatBytes(
    SIGNATURE,
    chunk('IHDR', header),
    ...(palette && alphas
      ? [chunk('PLTE', Uint8Array.from(palette)), chunk('tRNS', Uint8Array.from(alphas))]
      : []),
    chunk('IDAT', rowsOf(few?.indices ?? rgba, height)),
    chunk('IEND', new Uint8Array()),
  );
}
