import { sealError } from '../errors.ts';

/** What embedding needs to know of a TrueType font (ISO/IEC 14496-22). Lengths in font units. */
export type TrueType = {
  readonly unitsPerEm: number;
  readonly bounds: readonly [number, number, number, number];
  readonly ascent: number;
  readonly descent: number;
  /** Glyph of a code point; 0 when the font has none. */
  glyph(codePoint: number): number;
  /** Advance width of a glyph. */
  width(glyph: number): number;
};

const TRUE_TYPE_VERSIONS = [0x00010000, 0x74727565];

const refuse = (of: string): never => {
  throw sealError('SEALING_FONT', { of });
};

/** The tables of a TrueType font by tag. @throws SEALING_FONT, RangeError */
export function readTables(font: Uint8Array): (tag: string) => DataView {
  const view = new DataView(font.buffer, font.byteOffset, font.length);
  if (!TRUE_TYPE_VERSIONS.includes(view.getUint32(0))) refuse('outlines');
  const count = view.getUint16(4);
  const tables = new Map<string, DataView>();
  for (let i = 0; i < count; i++) {
    const at = 12 + 16 * i;
    const tag = String.fromCharCode(...font.subarray(at, at + 4));
    const [offset, length] = [view.getUint32(at + 8), view.getUint32(at + 12)];
    if (offset + length > font.length) refuse(tag);
    tables.set(tag, new DataView(font.buffer, font.byteOffset + offset, length));
  }
  return (tag) => tables.get(tag) ?? refuse(tag);
}

type GlyphOf = (codePoint: number) => number;

/** Format 4: segments with deltas (§5.2.1). */
function segmentMap(table: DataView): GlyphOf {
  const segments = table.getUint16(6) / 2;
  const [ends, starts] = [14, 16 + 2 * segments];
  const [deltas, ranges] = [starts + 2 * segments, starts + 4 * segments];
  return (codePoint) => {
    for (let i = 0; i < segments; i++) {
      if (table.getUint16(ends + 2 * i) < codePoint) continue;
      const start = table.getUint16(starts + 2 * i);
      if (start > codePoint) return 0;
      const delta = table.getUint16(deltas + 2 * i);
      const range = table.getUint16(ranges + 2 * i);
      if (range === 0) return (codePoint + delta) & 0xffff;
      const glyph = table.getUint16(ranges + 2 * i + range + 2 * (codePoint - start));
      return glyph === 0 ? 0 : (glyph + delta) & 0xffff;
    }
    return 0;
  };
}

/** Format 12: groups over all planes (§5.2.1). */
function groupMap(table: DataView): GlyphOf {
  const groups = table.getUint32(12);
  return (codePoint) => {
    for (let i = 0; i < groups; i++) {
      const at = 16 + 12 * i;
      const [start, end] = [table.getUint32(at), table.getUint32(at + 4)];
      if (codePoint >= start && codePoint <= end) return table.getUint32(at + 8) + codePoint - start;
    }
    return 0;
  };
}

const UNICODE_MAPS: Readonly<Record<number, (table: DataView) => GlyphOf>> = { 4: segmentMap, 12: groupMap };

/** The widest Unicode map of the font: format 12 before format 4. */
function characterMap(cmap: DataView): GlyphOf {
  const count = cmap.getUint16(2);
  const found = Array.from({ length: count }, (_, i) => {
    const [platform, encoding] = [cmap.getUint16(4 + 8 * i), cmap.getUint16(6 + 8 * i)];
    const isUnicode = platform === 0 || (platform === 3 && (encoding === 1 || encoding === 10));
    const offset = cmap.getUint32(8 + 8 * i);
    return { isUnicode, offset, format: cmap.getUint16(offset) };
  })
    .filter(({ isUnicode, format }) => isUnicode && UNICODE_MAPS[format] !== undefined)
    .sort((a, b) => b.format - a.format);
  const best = found[0] ?? refuse('cmap');
  const table = new DataView(cmap.buffer, cmap.byteOffset + best.offset, cmap.byteLength - best.offset);
  return UNICODE_MAPS[best.format]!(table);
}

function advanceWidths(table: (tag: string) => DataView): (glyph: number) => number {
  const [metrics, widths] = [table('hhea').getUint16(34), table('hmtx')];
  if (metrics === 0 || 4 * metrics > widths.byteLength) refuse('hmtx');
  return (glyph) => widths.getUint16(4 * Math.min(glyph, metrics - 1));
}

function readTrueType(font: Uint8Array): TrueType {
  const table = readTables(font);
  const [head, hhea] = [table('head'), table('hhea')];
  const unitsPerEm = head.getUint16(18);
  if (unitsPerEm < 16 || unitsPerEm > 16_384) refuse('head');
  table('glyf');
  return {
    unitsPerEm,
    bounds: [head.getInt16(36), head.getInt16(38), head.getInt16(40), head.getInt16(42)],
    ascent: hhea.getInt16(4),
    descent: hhea.getInt16(6),
    glyph: characterMap(table('cmap')),
    width: advanceWidths(table),
  };
}

/** A read past the end of a table is a damaged font. @throws SEALING_FONT */
export function guarded<T>(read: () => T): T {
  try {
    return read();
  } catch (error) {
    if (error instanceof RangeError) throw sealError('SEALING_FONT', { of: 'length' }, error);
    throw error;
  }
}

/** Reads a TrueType font, usually a subset; its methods raise the same. @throws SEALING_FONT when it is none, or damaged */
export function openTrueType(font: Uint8Array): TrueType {
  const opened = guarded(() => readTrueType(font));
  return {
    ...opened,
    glyph: (codePoint) => guarded(() => opened.glyph(codePoint)),
    width: (glyph) => guarded(() => opened.width(glyph)),
  };
}
