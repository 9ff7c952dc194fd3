import { guarded, openTrueType, readTables } from '../pades/true-type.ts';
import { type Contour, readGlyph } from './glyph-outline.ts';

/** A character as the font draws it; font units, y upwards. */
export type Glyph = {
  /** Number of the glyph in the font. */
  readonly id: number;
  readonly advance: number;
  readonly contours: readonly Contour[];
};

/** A TrueType font of which outlines are drawn: no renderer has to find a font, and none can take another one. */
export type OutlineFont = {
  readonly unitsPerEm: number;
  /** The character's glyph, or undefined when the font has none. @throws SEALING_FONT */
  glyph(character: string): Glyph | undefined;
};

/** Opens a TrueType font with `glyf` outlines. @throws SEALING_FONT */
export function openOutlineFont(font: Uint8Array): OutlineFont {
  const face = openTrueType(font);
  const table = readTables(font);
  const source = {
    glyphs: table('glyf'),
    locations: table('loca'),
    longLocations: table('head').getInt16(50) === 1,
  };
  return {
    unitsPerEm: face.unitsPerEm,
    glyph(character) {
      const id = face.glyph(character.codePointAt(0) ?? 0);
      if (id === 0) return undefined;
      return { id, advance: face.width(id), contours: guarded(() => readGlyph(source, id)) };
    },
  };
}
