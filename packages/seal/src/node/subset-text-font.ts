import { isWellFormed } from '@hufu/kernel';
import subsetFont from 'subset-font';
import { sealError } from '../errors.ts';
import { openTrueType } from '../pades/true-type.ts';

/**
 * A TrueType font with the glyphs of a text alone, for embedding in a PDF appearance.
 * @throws PICTURE_TEXT for broken text, PICTURE_GLYPH_MISSING when the font lacks a character of it, SEALING_FONT
 */
export async function subsetTextFont(text: string, font: Uint8Array): Promise<Uint8Array> {
  if (!isWellFormed(text)) throw sealError('PICTURE_TEXT');
  const face = openTrueType(font);
  const characters = [...new Set(text)].sort();
  if (characters.some((character) => face.glyph(character.codePointAt(0) ?? 0) === 0)) {
    throw sealError('PICTURE_GLYPH_MISSING');
  }
  const subset = await subsetFont(
    Buffer.from(font.buffer, font.byteOffset, font.length),
    characters.join(''),
    {
      targetFormat: 'truetype',
      keepFeatures: [],
      noLayoutClosure: true,
    },
  );
  return new Uint8Array(subset);
}
