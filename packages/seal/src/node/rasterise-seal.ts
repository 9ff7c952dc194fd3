import { toHex } from '@hufu/kernel';
import { digest } from '@hufu/pki';
import { Resvg } from '@resvg/resvg-js';
import { sealError } from '../errors.ts';
import { type PngPixels, readPng } from '../pades/png.ts';
import { writePng } from '../picture/write-png.ts';

export type SealRaster = {
  /** PNG with a transparent ground. */
  readonly png: Uint8Array;
  readonly width: number;
  readonly height: number;
  /** SHA-256 of `png`, lower case hexadecimal: the picture is kept by it and never drawn anew for signing. */
  readonly sha256: string;
};

/** 640 pixels on 40 mm are 406 dots per inch. */
const USUAL_WIDTH = 640;

/**
 * Sixteen steps of each channel are enough for smooth edges at 400 dots per inch. They leave a seal with so few colours
 * that it takes a quarter of the room, in every document that it is set on.
 */
function posterised({ width, height, rgba }: PngPixels): PngPixels {
  const out = rgba.map((value) => Math.round(value / 17) * 17);
  for (let i = 0; i < out.length; i += 4) if (out[i + 3] === 0) out.fill(0, i, i + 4);
  return { width, height, rgba: out };
}

/**
 * Pixels of a seal that was drawn from data. No font is given to the renderer: the drawing consists of outlines, so
 * that no font of the machine can take a character's place. @throws PICTURE_RASTER
 */
export function rasteriseSeal(svg: string, width: number = USUAL_WIDTH): SealRaster {
  if (/<(?:text|image|foreignObject|script|use)\b/.test(svg)) throw sealError('PICTURE_RASTER');
  try {
    const image = new Resvg(svg, {
      font: { loadSystemFonts: false },
      fitTo: { mode: 'width', value: width },
    }).render();
    const png = writePng(posterised(readPng(new Uint8Array(image.asPng()))));
    return { png, width: image.width, height: image.height, sha256: toHex(digest('sha256', png)) };
  } catch (cause) {
    throw sealError('PICTURE_RASTER', {}, cause);
  }
}
