import { inflateSync } from 'node:zlib';

/** Grey levels, a byte each, row by row. */
export type Picture = { readonly width: number; readonly height: number; readonly luma: Uint8Array };

/** Colour types of 8 bits that a browser's screenshots have (ISO/IEC 15948 §11.2.2): samples of one pixel. */
const SAMPLES: Readonly<Record<number, number>> = { 2: 3, 6: 4 };

function paeth(left: number, up: number, corner: number): number {
  const [a, b, c] = [Math.abs(up - corner), Math.abs(left - corner), Math.abs(left + up - 2 * corner)];
  if (a <= b && a <= c) return left;
  return b <= c ? up : corner;
}

/** Undoes the filters of the rows (§9.2). */
function unfilter(raw: Uint8Array, rowBytes: number, pixelBytes: number): Uint8Array {
  const rows = raw.length / (rowBytes + 1);
  const out = new Uint8Array(rows * rowBytes);
  for (let row = 0; row < rows; row += 1) {
    const filter = raw[row * (rowBytes + 1)];
    for (let i = 0; i < rowBytes; i += 1) {
      const at = row * rowBytes + i;
      const left = i < pixelBytes ? 0 : out[at - pixelBytes]!;
      const up = row === 0 ? 0 : out[at - rowBytes]!;
      const corner = row === 0 || i < pixelBytes ? 0 : out[at - rowBytes - pixelBytes]!;
      const predicted = [0, left, up, (left + up) >> 1, paeth(left, up, corner)][filter!]!;
      out[at] = raw[row * (rowBytes + 1) + 1 + i]! + predicted;
    }
  }
  return out;
}

/** Reads a screenshot: 8 bits, colour with or without alpha, not interlaced. */
export function readPng(file: Buffer): Picture {
  const width = file.readUInt32BE(16);
  const height = file.readUInt32BE(20);
  const samples = SAMPLES[file[25]!];
  if (file[24] !== 8 || samples === undefined || file[28] !== 0) throw new Error('not a screenshot');
  const data: Buffer[] = [];
  for (let at = 8; at < file.length; at += 12 + file.readUInt32BE(at)) {
    const type = file.toString('latin1', at + 4, at + 8);
    if (type === 'IDAT') data.push(file.subarray(at + 8, at + 8 + file.readUInt32BE(at)));
  }
  const pixels = unfilter(inflateSync(Buffer.concat(data)), width * samples, samples);
  const luma = new Uint8Array(width * height);
  for (let i = 0; i < luma.length; i += 1) {
    const [r, g, b] = pixels.subarray(i * samples);
    luma[i] = Math.round(0.299 * r! + 0.587 * g! + 0.114 * b!);
  }
  return { width, height, luma };
}
