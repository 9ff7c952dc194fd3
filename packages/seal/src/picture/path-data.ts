import type { Contour, OutlinePoint } from './glyph-outline.ts';

/** Where a glyph is put: mm on the picture, y downwards. `right` is a unit vector along the line of writing. */
export type Frame = {
  readonly x: number;
  readonly y: number;
  readonly right: readonly [number, number];
};

/** Which point of the glyph comes to the frame's origin, and how many mm a font unit becomes. */
export type GlyphScale = {
  readonly centreX: number;
  readonly centreY: number;
  readonly scaleX: number;
  readonly scaleY: number;
};

/** Micrometres are finer than any printer, and hide what floating point does differently elsewhere. */
export const format = (value: number): string => {
  const rounded = Math.round(value * 1000) / 1000;
  return String(Object.is(rounded, -0) ? 0 : rounded);
};

type Project = (point: OutlinePoint) => string;

const middle = (a: OutlinePoint, b: OutlinePoint): OutlinePoint => ({
  x: (a.x + b.x) / 2,
  y: (a.y + b.y) / 2,
  onCurve: true,
});

/** Between two control points TrueType implies a point on the curve half way. */
function withImpliedPoints(contour: Contour): OutlinePoint[] {
  const points = contour.flatMap((point, i) => {
    const next = contour[(i + 1) % contour.length]!;
    return point.onCurve || next.onCurve ? [point] : [point, middle(point, next)];
  });
  const first = points.findIndex(({ onCurve }) => onCurve);
  return [...points.slice(first), ...points.slice(0, first)];
}

function contourData(contour: Contour, project: Project): string {
  if (contour.length < 2) return '';
  const [start, ...rest] = withImpliedPoints(contour);
  let data = `M${project(start!)}`;
  for (let i = 0; i < rest.length; i++) {
    const point = rest[i]!;
    if (point.onCurve) data += `L${project(point)}`;
    else {
      data += `Q${project(point)} ${project(rest[i + 1] ?? start!)}`;
      i++;
    }
  }
  return `${data}Z`;
}

/** SVG path data of a glyph's contours in a frame. */
export function glyphData(contours: readonly Contour[], scale: GlyphScale, frame: Frame): string {
  const [rx, ry] = frame.right;
  const project: Project = ({ x, y }) => {
    const along = (x - scale.centreX) * scale.scaleX;
    const up = (y - scale.centreY) * scale.scaleY;
    return `${format(frame.x + along * rx + up * ry)} ${format(frame.y + along * ry - up * rx)}`;
  };
  return contours.map((contour) => contourData(contour, project)).join('');
}
