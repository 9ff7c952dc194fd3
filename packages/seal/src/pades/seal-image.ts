import { zlibSync } from 'fflate';
import { sealError } from '../errors.ts';
import { type PngPixels, readPng } from './png.ts';

/** The picture of a seal as a PDF holds it. Making it costs far more than using it: keep it beside the seal. */
export type SealImage = {
  /** Pixels. */
  readonly width: number;
  readonly height: number;
  /** RGB, 8 bits each, in zlib format. */
  readonly color: Uint8Array;
  /** One octet per pixel, in zlib format; undefined when the picture is opaque. */
  readonly alpha: Uint8Array | undefined;
};

function planes({ width, height, rgba }: PngPixels): { rgb: Uint8Array; alpha: Uint8Array; opaque: boolean } {
  const rgb = new Uint8Array(3 * width * height);
  const alpha = new Uint8Array(width * height);
  let opaque = true;
  for (let i = 0; i < alpha.length; i++) {
    rgb.set(rgba.subarray(4 * i, 4 * i + 3), 3 * i);
    alpha[i] = rgba[4 * i + 3]!;
    opaque &&= alpha[i] === 255;
  }
  return { rgb, alpha, opaque };
}

/** Prepares a PNG for seals; its transparency is kept. @throws SEALING_PICTURE */
export function sealImage(png: Uint8Array): SealImage {
  const pixels = readPng(png);
  const { rgb, alpha, opaque } = planes(pixels);
  if (alpha.every((octet) => octet === 0)) throw sealError('SEALING_PICTURE', { of: 'transparent' });
  const { width, height } = pixels;
  return { width, height, color: zlibSync(rgb), alpha: opaque ? undefined : zlibSync(alpha) };
}
