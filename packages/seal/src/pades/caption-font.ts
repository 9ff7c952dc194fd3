import { toHex, utf8 } from '@hufu/kernel';
import { digest } from '@hufu/pki';
import { zlibSync } from 'fflate';
import type { PdfUpdate } from '../append/pdf-update.ts';
import { sealError } from '../errors.ts';
import { type PdfRef, type PdfValue, pdfArray, pdfDict, pdfName, pdfString } from '../pdf/values.ts';
import { openTrueType, type TrueType } from './true-type.ts';

export type SetLine = {
  /** Glyph numbers as hexadecimal, four digits each: what Tj shows with Identity-H. */
  readonly glyphs: string;
  /** Width at a size of 1. */
  readonly width: number;
};

/** A font for the lines beneath a seal, and which of its glyphs they use. */
export type CaptionFont = {
  /** @throws SEALING_GLYPH: a character is never shown as an empty box */
  setLine(text: string): SetLine;
  /** Writes the font with what the lines used so far need (ISO 32000-2 §9.7). */
  embed(update: PdfUpdate): PdfRef;
};

const SYMBOLIC = 4;
const THOUSAND = 1000;
/** Characters in one beginbfchar section (Adobe Technical Note 5014). */
const MAX_BFCHAR = 100;

const hex4 = (value: number): string => value.toString(16).padStart(4, '0');

const utf16Hex = (codePoint: number): string =>
  Array.from(String.fromCodePoint(codePoint).split(''), (unit) => hex4(unit.charCodeAt(0))).join('');

/** Subset tag of §9.9.2: six capitals, here from the font's digest. */
const subsetTag = (font: Uint8Array): string =>
  String.fromCharCode(
    ...digest('sha256', font)
      .subarray(0, 6)
      .map((octet) => 0x41 + (octet % 26)),
  );

/** ToUnicode (§9.10.3), so that the lines can be searched and copied. */
function toUnicode(used: ReadonlyMap<number, number>): Uint8Array {
  const rows = [...used].map(([glyph, codePoint]) => `<${hex4(glyph)}> <${utf16Hex(codePoint)}>`);
  const sections: string[] = [];
  for (let i = 0; i < rows.length; i += MAX_BFCHAR) {
    const part = rows.slice(i, i + MAX_BFCHAR);
    sections.push(`${part.length} beginbfchar\n${part.join('\n')}\nendbfchar`);
  }
  return utf8(
    [
      '/CIDInit /ProcSet findresource begin',
      '12 dict begin',
      'begincmap',
      '/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def',
      '/CMapName /Adobe-Identity-UCS def',
      '/CMapType 2 def',
      '1 begincodespacerange',
      '<0000> <ffff>',
      'endcodespacerange',
      ...sections,
      'endcmap',
      'CMapName currentdict /CMap defineresource pop',
      'end',
      'end',
    ].join('\n'),
  );
}

const deflated = (data: Uint8Array, entries: Record<string, PdfValue> = {}): PdfValue => ({
  kind: 'stream',
  dict: pdfDict({ ...entries, Filter: pdfName('FlateDecode') }),
  data: zlibSync(data),
});

function descriptor(update: PdfUpdate, face: TrueType, program: { name: string; font: Uint8Array }): PdfRef {
  const scaled = (value: number): number => Math.round((value * THOUSAND) / face.unitsPerEm);
  const file = update.add(deflated(program.font, { Length1: program.font.length }));
  return update.add(
    pdfDict({
      Type: pdfName('FontDescriptor'),
      FontName: pdfName(program.name),
      Flags: SYMBOLIC,
      FontBBox: pdfArray(face.bounds.map(scaled)),
      ItalicAngle: 0,
      Ascent: scaled(face.ascent),
      Descent: scaled(face.descent),
      CapHeight: scaled(face.ascent),
      StemV: 80,
      FontFile2: file,
    }),
  );
}

const systemInfo = pdfDict({
  Registry: pdfString(utf8('Adobe'), false),
  Ordering: pdfString(utf8('Identity'), false),
  Supplement: 0,
});

/** Opens a TrueType subset for embedding. @throws SEALING_FONT */
export function captionFont(font: Uint8Array): CaptionFont {
  const face = openTrueType(font);
  const name = `${subsetTag(font)}+SealCaption`;
  const used = new Map<number, number>();
  return {
    setLine(text) {
      let glyphs = '';
      let width = 0;
      for (const character of text) {
        const codePoint = character.codePointAt(0)!;
        const glyph = face.glyph(codePoint);
        if (glyph === 0) throw sealError('SEALING_GLYPH', { codePoint: toHex(utf8(character)) });
        used.set(glyph, codePoint);
        glyphs += hex4(glyph);
        width += face.width(glyph) / face.unitsPerEm;
      }
      return { glyphs, width };
    },
    embed(update) {
      const widths = [...used.keys()]
        .sort((a, b) => a - b)
        .flatMap((glyph) => [
          glyph,
          pdfArray([Math.round((face.width(glyph) * THOUSAND) / face.unitsPerEm)]),
        ]);
      const descendant = update.add(
        pdfDict({
          Type: pdfName('Font'),
          Subtype: pdfName('CIDFontType2'),
          BaseFont: pdfName(name),
          CIDSystemInfo: systemInfo,
          FontDescriptor: descriptor(update, face, { name, font }),
          CIDToGIDMap: pdfName('Identity'),
          W: pdfArray(widths),
        }),
      );
      return update.add(
        pdfDict({
          Type: pdfName('Font'),
          Subtype: pdfName('Type0'),
          BaseFont: pdfName(name),
          Encoding: pdfName('Identity-H'),
          DescendantFonts: pdfArray([descendant]),
          ToUnicode: update.add(deflated(toUnicode(used))),
        }),
      );
    },
  };
}
