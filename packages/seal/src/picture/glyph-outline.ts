import { sealError } from '../errors.ts';

/** A point of a TrueType outline; off the curve it is the control point of a quadratic Bézier curve. */
export type OutlinePoint = { readonly x: number; readonly y: number; readonly onCurve: boolean };
/** A closed contour. */
export type Contour = readonly OutlinePoint[];

export type GlyphSource = {
  /** The `glyf` and `loca` tables. */
  readonly glyphs: DataView;
  readonly locations: DataView;
  readonly longLocations: boolean;
};

const MAX_COMPONENT_DEPTH = 4;

// Flags of a simple glyph (OpenType, `glyf`).
const ON_CURVE = 0x01;
const X_SHORT = 0x02;
const Y_SHORT = 0x04;
const REPEAT = 0x08;
const X_SAME_OR_POSITIVE = 0x10;
const Y_SAME_OR_POSITIVE = 0x20;

// Flags of a component.
const WORDS = 0x0001;
const ARE_OFFSETS = 0x0002;
const HAS_SCALE = 0x0008;
const MORE = 0x0020;
const HAS_TWO_SCALES = 0x0040;
const HAS_MATRIX = 0x0080;

function rangeOf({ locations, longLocations }: GlyphSource, id: number): readonly [number, number] {
  const at = (index: number): number =>
    longLocations ? locations.getUint32(4 * index) : 2 * locations.getUint16(2 * index);
  return [at(id), at(id + 1)];
}

function readFlags(view: DataView, start: number, count: number): { flags: number[]; next: number } {
  const flags: number[] = [];
  let at = start;
  while (flags.length < count) {
    const flag = view.getUint8(at++);
    const repeats = (flag & REPEAT) === 0 ? 0 : view.getUint8(at++);
    for (let i = 0; i <= repeats; i++) flags.push(flag);
  }
  return { flags, next: at };
}

type Axis = { readonly short: number; readonly same: number };

function readCoordinates(view: DataView, start: number, points: { flags: readonly number[]; axis: Axis }) {
  const values: number[] = [];
  let at = start;
  let value = 0;
  for (const flag of points.flags) {
    const same = (flag & points.axis.same) !== 0;
    if ((flag & points.axis.short) !== 0) value += same ? view.getUint8(at++) : -view.getUint8(at++);
    else if (!same) {
      value += view.getInt16(at);
      at += 2;
    }
    values.push(value);
  }
  return { values, next: at };
}

function readSimple(view: DataView, at: number, contourCount: number): Contour[] {
  const ends = Array.from({ length: contourCount }, (_, i) => view.getUint16(at + 10 + 2 * i));
  const instructions = at + 10 + 2 * contourCount;
  const count = (ends.at(-1) ?? -1) + 1;
  const { flags, next } = readFlags(view, instructions + 2 + view.getUint16(instructions), count);
  const xs = readCoordinates(view, next, { flags, axis: { short: X_SHORT, same: X_SAME_OR_POSITIVE } });
  const ys = readCoordinates(view, xs.next, { flags, axis: { short: Y_SHORT, same: Y_SAME_OR_POSITIVE } });
  const points = flags.map((flag, i) => ({
    x: xs.values[i]!,
    y: ys.values[i]!,
    onCurve: (flag & ON_CURVE) !== 0,
  }));
  return ends.map((end, i) => points.slice(i === 0 ? 0 : ends[i - 1]! + 1, end + 1));
}

type Component = {
  readonly id: number;
  /** x' = a·x + c·y + dx, y' = b·x + d·y + dy. */
  readonly matrix: readonly [number, number, number, number];
  readonly dx: number;
  readonly dy: number;
};

const fixed = (view: DataView, at: number): number => view.getInt16(at) / 16384;

function readMatrix(
  view: DataView,
  at: number,
  flags: number,
): { matrix: Component['matrix']; next: number } {
  if ((flags & HAS_SCALE) !== 0) {
    const scale = fixed(view, at);
    return { matrix: [scale, 0, 0, scale], next: at + 2 };
  }
  if ((flags & HAS_TWO_SCALES) !== 0) {
    return { matrix: [fixed(view, at), 0, 0, fixed(view, at + 2)], next: at + 4 };
  }
  if ((flags & HAS_MATRIX) !== 0) {
    const [a, b, c, d] = [0, 2, 4, 6].map((offset) => fixed(view, at + offset)) as [
      number,
      number,
      number,
      number,
    ];
    return { matrix: [a, b, c, d], next: at + 8 };
  }
  return { matrix: [1, 0, 0, 1], next: at };
}

function readComponents(view: DataView, start: number): Component[] {
  const components: Component[] = [];
  for (let at = start + 10, flags = MORE; (flags & MORE) !== 0; ) {
    flags = view.getUint16(at);
    // Placing by matching points is not used by fonts of this kind.
    if ((flags & ARE_OFFSETS) === 0) throw sealError('SEALING_FONT', { of: 'glyf' });
    const words = (flags & WORDS) !== 0;
    const [dx, dy] = words
      ? [view.getInt16(at + 4), view.getInt16(at + 6)]
      : [view.getInt8(at + 4), view.getInt8(at + 5)];
    const { matrix, next } = readMatrix(view, at + (words ? 8 : 6), flags);
    components.push({ id: view.getUint16(at + 2), matrix, dx, dy });
    at = next;
  }
  return components;
}

function place({ matrix: [a, b, c, d], dx, dy }: Component, contour: Contour): Contour {
  return contour.map(({ x, y, onCurve }) => ({ x: a * x + c * y + dx, y: b * x + d * y + dy, onCurve }));
}

/** Outline of a glyph, components put together; empty for a blank. @throws SEALING_FONT, RangeError */
export function readGlyph(source: GlyphSource, id: number, depth = 0): readonly Contour[] {
  const [start, end] = rangeOf(source, id);
  if (start === end) return [];
  const contourCount = source.glyphs.getInt16(start);
  if (contourCount >= 0) return readSimple(source.glyphs, start, contourCount);
  if (depth >= MAX_COMPONENT_DEPTH) throw sealError('SEALING_FONT', { of: 'glyf' });
  return readComponents(source.glyphs, start).flatMap((component) =>
    readGlyph(source, component.id, depth + 1).map((contour) => place(component, contour)),
  );
}
