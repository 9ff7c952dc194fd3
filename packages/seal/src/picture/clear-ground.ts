import type { PngPixels } from '../pades/png.ts';
import { type InkMap, mapInk } from './ink.ts';

type Rgb = readonly [number, number, number];

function meanInk({ rgba }: PngPixels, { levels, threshold }: InkMap): Rgb {
  const sum: [number, number, number] = [0, 0, 0];
  let count = 0;
  for (let i = 0; i < levels.length; i++) {
    if (levels[i]! <= threshold) continue;
    count++;
    for (const k of [0, 1, 2] as const) sum[k] += rgba[4 * i + k]!;
  }
  const [r, g, b] = sum.map((value) => Math.round(value / Math.max(1, count)));
  return [r!, g!, b!];
}

/**
 * Cuts a picture down to its seal and makes the paper transparent, so that what is sealed can be read through it. The
 * ink gets one colour, its mean; its density becomes opacity.
 */
export function clearGround(pixels: PngPixels): PngPixels {
  const map = mapInk(pixels);
  const box = map.box ?? { left: 0, top: 0, right: pixels.width, bottom: pixels.height };
  const [width, height] = [box.right - box.left, box.bottom - box.top];
  const colour = meanInk(pixels, map);
  const range = map.inkLevel - map.groundLevel;
  const [low, high] = [map.groundLevel + 0.2 * range, map.groundLevel + 0.85 * range];
  const rgba = new Uint8Array(4 * width * height);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const level = map.levels[(box.top + y) * pixels.width + box.left + x]!;
      const density = Math.min(1, Math.max(0, (level - low) / Math.max(1, high - low)));
      rgba.set([...colour, Math.round(255 * density)], 4 * (y * width + x));
    }
  }
  return { width, height, rgba };
}
