import type { SealDesign, SealKind } from '@hufu/contracts';
import {
  clearGround,
  drawRoundSeal,
  drawSquareSeal,
  judgePicture,
  ROUND_SEAL_MM,
  SQUARE_SEAL_MM,
  writePng,
} from '@hufu/seal';
import { decodePicture, notoSealFont, rasteriseSeal } from '@hufu/seal/node';
import { signingError } from '../errors.ts';

/** Side or diameter on paper, mm. */
export const SEAL_MM: Readonly<Record<SealKind, number>> = {
  ENTERPRISE: ROUND_SEAL_MM,
  LEGAL_REPRESENTATIVE: SQUARE_SEAL_MM,
};

export type Drawing = {
  readonly design: Pick<SealDesign, 'kind' | 'word' | 'code'>;
  /** Registered name of the unit, or name of its legal representative. */
  readonly name: string;
  /** Draws the mark 样章 across. */
  readonly sample: boolean;
};

/**
 * The picture of a seal, drawn from the record (SIGN-012). PNG.
 * @throws SEAL_WORD_MISPLACED, PICTURE_TEXT, PICTURE_GLYPH_MISSING
 */
export function drawSeal({ design, name, sample }: Drawing): Uint8Array {
  const { kind, word, code } = design;
  const font = notoSealFont();
  if (kind === 'ENTERPRISE') {
    const spec = { name, sample, ...(word !== null && { kind: word }), ...(code !== null && { code }) };
    return rasteriseSeal(drawRoundSeal(spec, font)).png;
  }
  if (word !== null || code !== null) throw signingError('SEAL_WORD_MISPLACED');
  return rasteriseSeal(drawSquareSeal({ name, sample }, font)).png;
}

/**
 * An uploaded picture, cut to the seal and freed from its paper (SIGN-012: it must be clear). PNG.
 * @throws SEAL_PICTURE_UNCLEAR with all reasons, PICTURE_FORMAT, PICTURE_LIMIT
 */
export function cleanPicture(bytes: Uint8Array, kind: SealKind): Uint8Array {
  const pixels = decodePicture(bytes);
  const side = SEAL_MM[kind];
  const outline = kind === 'ENTERPRISE' ? 'round' : 'square';
  const { reasons } = judgePicture(pixels, { width: side, height: side, outline, red: true });
  if (reasons.length > 0) throw signingError('SEAL_PICTURE_UNCLEAR', { reasons });
  return writePng(clearGround(pixels));
}
