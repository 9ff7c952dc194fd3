import { concatBytes, equalBytes } from '@hufu/kernel';
import { sealError } from '../errors.ts';
import { inflate } from '../pdf/inflate.ts';
import { createPdfBudget, DEFAULT_PDF_LIMITS } from '../pdf/limits.ts';
import { unpredict } from '../pdf/predictor.ts';
import { pdfDict } from '../pdf/values.ts';

export type PngPixels = {
  readonly width: number;
  readonly height: number;
  /** Four octets per pixel, alpha not multiplied in. */
  readonly rgba: Uint8Array;
};

const SIGNATURE = Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a);
/** A seal of 60 mm at 1700 dots per inch; more is no seal. */
const MAX_SIDE = 4096;
const MAX_CHUNKS = 4096;

/** Samples per pixel by colour type (W3C PNG §11.2.1). */
const SAMPLES: Readonly<Record<number, number>> = { 0: 1, 2: 3, 3: 1, 4: 2, 6: 4 };
const DEPTHS: Readonly<Record<number, readonly number[]>> = {
  0: [1, 2, 4, 8, 16],
  2: [8, 16],
  3: [1, 2, 4, 8],
  4: [8, 16],
  6: [8, 16],
};

const refuse = (of: string): never => {
  throw sealError('SEALING_PICTURE', { of });
};

type Header = {
  readonly width: number;
  readonly height: number;
  readonly depth: number;
  readonly colorType: number;
};

type Chunks = {
  readonly header: Header;
  readonly data: Uint8Array;
  readonly palette: Uint8Array | undefined;
  readonly transparency: Uint8Array | undefined;
};

function readHeader(chunk: Uint8Array): Header {
  if (chunk.length !== 13) refuse('IHDR');
  const view = new DataView(chunk.buffer, chunk.byteOffset, chunk.length);
  const [width, height] = [view.getUint32(0), view.getUint32(4)];
  const [depth, colorType, compression, filter, interlace] = [8, 9, 10, 11, 12].map((at) => chunk[at]!) as [
    number,
    number,
    number,
    number,
    number,
  ];
  if (width < 1 || height < 1 || width > MAX_SIDE || height > MAX_SIDE) refuse('size');
  if (DEPTHS[colorType]?.includes(depth) !== true) refuse('colour');
  if (compression !== 0 || filter !== 0) refuse('IHDR');
  if (interlace !== 0) refuse('interlace');
  return { width, height, depth, colorType };
}

/** The chunks that decide about pixels. Checksums are not looked at: pictures are kept by digest. */
function readChunks(png: Uint8Array): Chunks {
  if (!equalBytes(png.subarray(0, 8), SIGNATURE)) refuse('signature');
  const view = new DataView(png.buffer, png.byteOffset, png.length);
  const found = new Map<string, Uint8Array[]>();
  let at = 8;
  for (let count = 0; ; count++) {
    if (count > MAX_CHUNKS || at + 12 > png.length) refuse('chunks');
    const length = view.getUint32(at);
    const type = String.fromCharCode(...png.subarray(at + 4, at + 8));
    if (length > png.length - at - 12) refuse('chunks');
    if (type === 'IEND') break;
    const chunk = png.subarray(at + 8, at + 8 + length);
    found.set(type, [...(found.get(type) ?? []), chunk]);
    at += 12 + length;
  }
  const only = (type: string): Uint8Array | undefined => found.get(type)?.[0];
  return {
    header: readHeader(only('IHDR') ?? refuse('IHDR')),
    data: concatBytes(...(found.get('IDAT') ?? refuse('IDAT'))),
    palette: only('PLTE'),
    transparency: only('tRNS'),
  };
}

/** One octet per sample; those of 16 bits are cut to the upper half, smaller ones stay as they are. */
function samplesOf(rows: Uint8Array, { width, height, depth, colorType }: Header): Uint8Array {
  const perRow = width * SAMPLES[colorType]!;
  if (depth === 8) return rows;
  if (depth === 16) return Uint8Array.from({ length: perRow * height }, (_, i) => rows[2 * i]!);
  const stride = Math.ceil((perRow * depth) / 8);
  const out = new Uint8Array(perRow * height);
  for (let i = 0; i < out.length; i++) {
    const bit = (i % perRow) * depth;
    const octet = rows[Math.floor(i / perRow) * stride + (bit >> 3)]!;
    out[i] = (octet >> (8 - depth - (bit & 7))) & ((1 << depth) - 1);
  }
  return out;
}

type Pixel = readonly [red: number, green: number, blue: number, alpha: number];

/** What a pixel's samples mean, for each colour type. */
function pixelReader({ header, palette, transparency }: Chunks): (samples: Uint8Array, at: number) => Pixel {
  const { colorType, depth } = header;
  const scale = depth < 8 ? 255 / ((1 << depth) - 1) : 1;
  switch (colorType) {
    case 0:
      return (s, at) => [s[at]! * scale, s[at]! * scale, s[at]! * scale, 255];
    case 2:
      return (s, at) => [s[at]!, s[at + 1]!, s[at + 2]!, 255];
    case 4:
      return (s, at) => [s[at]!, s[at]!, s[at]!, s[at + 1]!];
    case 6:
      return (s, at) => [s[at]!, s[at + 1]!, s[at + 2]!, s[at + 3]!];
    default: {
      const colors = palette ?? refuse('PLTE');
      return (s, at) => {
        const [i, alpha] = [3 * s[at]!, transparency?.[s[at]!] ?? 255];
        if (i + 2 >= colors.length) refuse('PLTE');
        return [colors[i]!, colors[i + 1]!, colors[i + 2]!, alpha];
      };
    }
  }
}

function unfilter({ header, data }: Chunks): Uint8Array {
  const { width, height, depth, colorType } = header;
  const row = Math.ceil((width * SAMPLES[colorType]! * depth) / 8);
  const expected = height * (row + 1);
  // Sixteen octets to spare: what passes them is not this picture.
  const budget = createPdfBudget({ ...DEFAULT_PDF_LIMITS, inflateRatio: 1100, decodedBytes: expected + 16 });
  try {
    const filtered = inflate(data, budget);
    if (filtered.length !== expected) refuse('IDAT');
    const parameters = {
      Predictor: 15,
      Colors: SAMPLES[colorType]!,
      BitsPerComponent: depth,
      Columns: width,
    };
    return unpredict(filtered, pdfDict(parameters));
  } catch (error) {
    throw sealError('SEALING_PICTURE', { of: 'IDAT' }, error);
  }
}

/** Pixels of a PNG (ISO/IEC 15948) without interlacing, at most 4096 pixels wide and high. @throws SEALING_PICTURE */
export function readPng(png: Uint8Array): PngPixels {
  const chunks = readChunks(png);
  const { width, height, colorType, depth } = chunks.header;
  const rows = unfilter(chunks);
  if (colorType === 6 && depth === 8) return { width, height, rgba: rows };
  const samples = samplesOf(rows, chunks.header);
  const read = pixelReader(chunks);
  const rgba = new Uint8Array(4 * width * height);
  const step = SAMPLES[colorType]!;
  for (let i = 0; i < width * height; i++) rgba.set(read(samples, i * step), 4 * i);
  return { width, height, rgba };
}
