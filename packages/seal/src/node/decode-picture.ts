import { toBase64 } from '@hufu/kernel';
import { Resvg } from '@resvg/resvg-js';
import { sealError } from '../errors.ts';
import { type PngPixels, readPng } from '../pades/png.ts';
import { pictureSize } from '../picture/picture-format.ts';

const MOST_BYTES = 10 * 1024 * 1024;
const MOST_SIDE = 4096;

/**
 * Pixels of an uploaded PNG or JPEG, told by its content (OD-37). Its size is bounded before anything is unpacked.
 * @throws PICTURE_FORMAT, PICTURE_LIMIT
 */
export function decodePicture(bytes: Uint8Array): PngPixels {
  if (bytes.length > MOST_BYTES) throw sealError('PICTURE_LIMIT');
  const size = pictureSize(bytes);
  if (size === undefined || size.width === 0 || size.height === 0) throw sealError('PICTURE_FORMAT');
  const { format, width, height } = size;
  if (width > MOST_SIDE || height > MOST_SIDE) throw sealError('PICTURE_LIMIT');
  const image = `<image width="${width}" height="${height}" href="data:image/${format};base64,${toBase64(bytes)}"/>`;
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}">${image}</svg>`;
  try {
    const drawn = new Resvg(svg, { font: { loadSystemFonts: false } }).render();
    const pixels = readPng(new Uint8Array(drawn.asPng()));
    // The renderer leaves a picture that it cannot read out of the drawing, without a word.
    if (pixels.rgba.every((octet) => octet === 0)) throw sealError('PICTURE_FORMAT');
    return pixels;
  } catch (cause) {
    throw sealError('PICTURE_FORMAT', {}, cause);
  }
}
