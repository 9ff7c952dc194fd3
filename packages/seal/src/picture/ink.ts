import type { PngPixels } from '../pades/png.ts';

/** Pixels of a picture; its edges inclusive of `left`, `top` and exclusive of `right`, `bottom`. */
export type PixelBox = {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
};

/** What a picture consists of: ink on a ground. Levels run from 0 (white) to 255 (black or full colour). */
export type InkMap = {
  /** Level of each pixel. */
  readonly levels: Uint8Array;
  /** Levels above it are ink. */
  readonly threshold: number;
  readonly groundLevel: number;
  readonly inkLevel: number;
  /** How many pixels are ink. */
  readonly inkPixels: number;
  /** Undefined without ink. */
  readonly box: PixelBox | undefined;
};

/** Distance from white paper in the strongest channel: red ink counts as black ink does. */
function levelsOf({ rgba }: PngPixels): Uint8Array {
  const levels = new Uint8Array(rgba.length / 4);
  for (let i = 0; i < levels.length; i++) {
    const darkest = Math.min(rgba[4 * i]!, rgba[4 * i + 1]!, rgba[4 * i + 2]!);
    levels[i] = Math.round(((255 - darkest) * rgba[4 * i + 3]!) / 255);
  }
  return levels;
}

/** The threshold that separates two groups of levels best (Otsu 1979), with the mean level of each. */
function split(levels: Uint8Array): { threshold: number; groundLevel: number; inkLevel: number } {
  const counts = new Float64Array(256);
  for (const level of levels) counts[level]!++;
  const sum = counts.reduce((total, count, level) => total + count * level, 0);
  let best = { threshold: 127, groundLevel: sum / levels.length, inkLevel: sum / levels.length, spread: 0 };
  let below = 0;
  let sumBelow = 0;
  for (let level = 0; level < 255; level++) {
    below += counts[level]!;
    sumBelow += counts[level]! * level;
    const above = levels.length - below;
    if (below === 0 || above === 0) continue;
    const [groundLevel, inkLevel] = [sumBelow / below, (sum - sumBelow) / above];
    const spread = below * above * (inkLevel - groundLevel) ** 2;
    if (spread > best.spread) best = { threshold: level, groundLevel, inkLevel, spread };
  }
  return best;
}

/** First and one past the last line that holds more ink than a speck does. */
function extent(lines: Uint32Array, across: number): readonly [number, number] | undefined {
  const least = Math.max(2, across / 200);
  const first = lines.findIndex((count) => count >= least);
  const last = lines.findLastIndex((count) => count >= least);
  return first < 0 ? undefined : [first, last + 1];
}

/** Separates ink from ground. */
export function mapInk(pixels: PngPixels): InkMap {
  const { width, height } = pixels;
  const levels = levelsOf(pixels);
  const { threshold, groundLevel, inkLevel } = split(levels);
  const rows = new Uint32Array(height);
  const columns = new Uint32Array(width);
  let inkPixels = 0;
  for (let i = 0; i < levels.length; i++) {
    if (levels[i]! <= threshold) continue;
    inkPixels++;
    rows[Math.floor(i / width)]!++;
    columns[i % width]!++;
  }
  const [across, down] = [extent(columns, height), extent(rows, width)];
  const box = across && down && { left: across[0], right: across[1], top: down[0], bottom: down[1] };
  return { levels, threshold, groundLevel, inkLevel, inkPixels, box };
}
