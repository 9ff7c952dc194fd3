import { toHex } from '@hufu/kernel';
import { digest } from '@hufu/pki';
import { zlibSync } from 'fflate';
import { sealError } from '../errors.ts';
import { type PngPixels, readPng } from './png.ts';

/** The picture of a seal as a PDF holds it. */
export type SealImage = {
  /** Pixels. */
  readonly width: number;
  readonly height: number;
  /** RGB, 8 bits each, in zlib format. */
  readonly color: Uint8Array;
  /** One octet per pixel, in zlib format; undefined when the picture is opaque. */
  readonly alpha: Uint8Array | undefined;
};

type Planes = { readonly rgb: Uint8Array; readonly alpha: Uint8Array };

function planesOf({ width, height, rgba }: PngPixels): Planes {
  const rgb = new Uint8Array(3 * width * height);
  const alpha = new Uint8Array(width * height);
  for (let i = 0; i < alpha.length; i++) {
    rgb[3 * i] = rgba[4 * i]!;
    rgb[3 * i + 1] = rgba[4 * i + 1]!;
    rgb[3 * i + 2] = rgba[4 * i + 2]!;
    alpha[i] = rgba[4 * i + 3]!;
  }
  return { rgb, alpha };
}

/**
 * Gives pixels that are not seen the mean colour of those that are: viewers shrink colour and mask apart from each
 * other, and black behind the edges would be a dark rim. @throws SEALING_PICTURE when nothing is seen
 */
function fillUnseen({ rgb, alpha }: Planes): void {
  const sums = [0, 0, 0];
  let weight = 0;
  alpha.forEach((opacity, i) => {
    weight += opacity;
    for (let c = 0; c < 3; c++) sums[c]! += opacity * rgb[3 * i + c]!;
  });
  if (weight === 0) throw sealError('SEALING_PICTURE', { of: 'transparent' });
  const mean = sums.map((sum) => Math.round(sum / weight));
  alpha.forEach((opacity, i) => {
    if (opacity === 0) rgb.set(mean, 3 * i);
  });
}

function makeImage(png: Uint8Array): SealImage {
  const pixels = readPng(png);
  const planes = planesOf(pixels);
  fillUnseen(planes);
  const { width, height } = pixels;
  const isOpaque = planes.alpha.every((opacity) => opacity === 255);
  return {
    width,
    height,
    color: zlibSync(planes.rgb),
    alpha: isOpaque ? undefined : zlibSync(planes.alpha),
  };
}

/** Seals in use at one time; each takes some 60 kB. */
const KEPT = 64;
const recent = new Map<string, SealImage>();

/**
 * Prepares a PNG for seals; its transparency is kept. Making it costs far more than using it, so the last ones are
 * kept: one seal goes onto many documents. @throws SEALING_PICTURE
 */
export function sealImage(png: Uint8Array): SealImage {
  const key = toHex(digest('sha256', png));
  const image = recent.get(key) ?? makeImage(png);
  recent.delete(key);
  recent.set(key, image);
  const oldest = recent.size > KEPT ? recent.keys().next().value : undefined;
  if (oldest !== undefined) recent.delete(oldest);
  return image;
}
