import { type PDFDocument, PDFHexString, PDFName, type PDFRef } from '@cantoo/pdf-lib';
import { type OutlineFont, openOutlineFont } from '@hufu/seal';
import { readNotoSerif, subsetTextFont } from '@hufu/seal/node';

/** A subset of Noto Serif SC in a document, addressed by glyph. */
export type TextFont = {
  readonly ref: PDFRef;
  /** Points. */
  width(text: string, size: number): number;
  encode(text: string): PDFHexString;
  /** The same text with a box in place of what the font does not have: a name in a certificate may hold anything. */
  printable(text: string): string;
};

const STAND_IN = '□';

let whole: { readonly bytes: Uint8Array; readonly outlines: OutlineFont } | undefined;

function wholeFont() {
  if (whole === undefined) {
    const bytes = readNotoSerif(400);
    whole = { bytes, outlines: openOutlineFont(bytes) };
  }
  return whole;
}

const hex4 = (value: number): string => value.toString(16).padStart(4, '0');

/** UTF-16BE, as ToUnicode wants it (ISO 32000-2 §9.10.3). */
const utf16 = (character: string): string =>
  Array.from({ length: character.length }, (_, i) => hex4(character.charCodeAt(i))).join('');

function toUnicode(glyphs: ReadonlyMap<string, number>): string {
  const pairs = [...glyphs].map(([character, id]) => `<${hex4(id)}> <${utf16(character)}>`);
  const blocks: string[] = [];
  for (let at = 0; at < pairs.length; at += 100) {
    const part = pairs.slice(at, at + 100);
    blocks.push(`${part.length} beginbfchar\n${part.join('\n')}\nendbfchar`);
  }
  return [
    '/CIDInit /ProcSet findresource begin 12 dict begin begincmap',
    '/CMapName /Adobe-Identity-UCS def /CMapType 2 def',
    '1 begincodespacerange <0000> <ffff> endcodespacerange',
    ...blocks,
    'endcmap end end',
  ].join('\n');
}

/** Embeds the characters of these texts (ISO 32000-2 §9.7: Type 0, Identity-H, TrueType). */
export async function embedTextFont(document: PDFDocument, texts: readonly string[]): Promise<TextFont> {
  const { bytes, outlines } = wholeFont();
  const wanted = new Set([...texts.join('')].filter((character) => outlines.glyph(character) !== undefined));
  const characters = [...wanted, STAND_IN];
  const subset = await subsetTextFont(characters.join(''), bytes);
  const face = openOutlineFont(subset);
  const glyphs = new Map(characters.map((character) => [character, face.glyph(character)!.id]));
  const advances = new Map(
    characters.map((character) => [character, (face.glyph(character)!.advance * 1000) / face.unitsPerEm]),
  );
  const { context } = document;
  const name = PDFName.of('HUFUAA+NotoSerifSC');
  const file = context.register(context.flateStream(subset, { Length1: subset.length }));
  const descriptor = context.register(
    context.obj({
      Type: 'FontDescriptor',
      FontName: name,
      Flags: 4,
      FontBBox: [-1000, -300, 1500, 1200],
      ItalicAngle: 0,
      Ascent: 1151,
      Descent: -286,
      CapHeight: 700,
      StemV: 80,
      FontFile2: file,
    }),
  );
  const widths = [...glyphs].flatMap(([character, id]) => [id, [Math.round(advances.get(character)!)]]);
  const descendant = context.register(
    context.obj({
      Type: 'Font',
      Subtype: 'CIDFontType2',
      BaseFont: name,
      CIDSystemInfo: {
        Registry: PDFHexString.of(Buffer.from('Adobe').toString('hex')),
        Ordering: PDFHexString.of(Buffer.from('Identity').toString('hex')),
        Supplement: 0,
      },
      FontDescriptor: descriptor,
      DW: 1000,
      W: widths,
      CIDToGIDMap: 'Identity',
    }),
  );
  const ref = context.register(
    context.obj({
      Type: 'Font',
      Subtype: 'Type0',
      BaseFont: name,
      Encoding: 'Identity-H',
      DescendantFonts: [descendant],
      ToUnicode: context.register(context.flateStream(toUnicode(glyphs))),
    }),
  );
  return {
    ref,
    width: (text, size) =>
      ([...text].reduce((sum, character) => sum + (advances.get(character) ?? 1000), 0) * size) / 1000,
    encode: (text) =>
      PDFHexString.of([...text].map((character) => hex4(glyphs.get(character) ?? 0)).join('')),
    printable: (text) =>
      [...text].map((character) => (glyphs.has(character) ? character : STAND_IN)).join(''),
  };
}
