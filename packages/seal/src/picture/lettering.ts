import { isWellFormed } from '@hufu/kernel';
import { sealError } from '../errors.ts';
import type { Glyph, OutlineFont } from './outline-font.ts';
import { type Frame, glyphData } from './path-data.ts';

/** A character ready to be put on a seal. */
export type Letter = {
  readonly glyph: Glyph;
  /** How much room it takes on the line: 1 for a Chinese character. */
  readonly weight: number;
  /** Font unit that comes to the middle of its room. */
  readonly centreX: number;
};

/** Ideographic em box of CJK fonts: from −0.12 to 0.88 em. */
const CENTRE_OF_EM = 0.38;
const BRACKETS = new Set('（）()〈〉《》“”"·•-－—');
const BRACKET_WEIGHT = 0.55;

function inkCentre(glyph: Glyph): number {
  const xs = glyph.contours.flat().map(({ x }) => x);
  return xs.length === 0 ? glyph.advance / 2 : (Math.min(...xs) + Math.max(...xs)) / 2;
}

function letterOf(character: string, font: OutlineFont): Letter {
  const glyph = font.glyph(character);
  // A missing glyph would print as an empty box: the seal of another name. It is refused, and not named.
  if (glyph === undefined) throw sealError('PICTURE_GLYPH_MISSING');
  if (BRACKETS.has(character)) return { glyph, weight: BRACKET_WEIGHT, centreX: inkCentre(glyph) };
  return { glyph, weight: Math.min(1, glyph.advance / font.unitsPerEm), centreX: glyph.advance / 2 };
}

/**
 * The letters of a text. @throws PICTURE_TEXT for control characters, PICTURE_GLYPH_MISSING when the font has not got
 * one of them
 */
export function lettersOf(text: string, font: OutlineFont): Letter[] {
  if (!isWellFormed(text) || /\p{C}/u.test(text)) throw sealError('PICTURE_TEXT');
  return [...text].map((character) => letterOf(character, font));
}

export const weightOf = (letters: readonly Letter[]): number =>
  letters.reduce((sum, { weight }) => sum + weight, 0);

export type LetterSize = {
  /** Size of a Chinese character's em box, mm. */
  readonly width: number;
  readonly height: number;
  readonly unitsPerEm: number;
};

/** SVG path data of a letter, its box centred on the frame's origin. */
export const letterData = (letter: Letter, size: LetterSize, frame: Frame): string =>
  glyphData(
    letter.glyph.contours,
    {
      centreX: letter.centreX,
      centreY: CENTRE_OF_EM * size.unitsPerEm,
      scaleX: size.width / size.unitsPerEm,
      scaleY: size.height / size.unitsPerEm,
    },
    frame,
  );
