import type { PdfRect } from '../pdf/pages.ts';

export type Rotation = 0 | 90 | 180 | 270;

/** What of a page decides where a point on the screen lies in it. */
export type PageGeometry = {
  /** Crop box inside of the media box: what is shown. */
  readonly box: PdfRect;
  /** Clockwise, when shown (§7.7.3.3, Table 31). */
  readonly rotation: Rotation;
  /** Points per user space unit. */
  readonly userUnit: number;
};

/** A box on the page as it is shown, turned upright: millimetres from its upper left corner, y downwards. */
export type ShownBox = {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
};

const POINTS_PER_MILLIMETRE = 72 / 25.4;

export const toPoints = (millimetres: number): number => millimetres * POINTS_PER_MILLIMETRE;

export const toMillimetres = (points: number): number => points / POINTS_PER_MILLIMETRE;

/** Width and height of the page as shown, millimetres. */
export function shownSize({ box, rotation, userUnit }: PageGeometry): { width: number; height: number } {
  const across = ((box[2] - box[0]) * userUnit) / POINTS_PER_MILLIMETRE;
  const along = ((box[3] - box[1]) * userUnit) / POINTS_PER_MILLIMETRE;
  return rotation % 180 === 0 ? { width: across, height: along } : { width: along, height: across };
}

/** Where a point of the shown page lies in user space; both measured from its upper left corner in user units. */
function pointInPage({ box, rotation }: PageGeometry, right: number, down: number): [x: number, y: number] {
  const [x0, y0, x1, y1] = box;
  switch (rotation) {
    case 0:
      return [x0 + right, y1 - down];
    case 90:
      return [x0 + down, y0 + right];
    case 180:
      return [x1 - right, y0 + down];
    case 270:
      return [x1 - down, y1 - right];
  }
}

/** The rectangle in user space that is shown as this box. */
export function shownToPage(geometry: PageGeometry, shown: ShownBox): PdfRect {
  const scale = POINTS_PER_MILLIMETRE / geometry.userUnit;
  const { x, y, width, height } = shown;
  const [ax, ay] = pointInPage(geometry, x * scale, y * scale);
  const [bx, by] = pointInPage(geometry, (x + width) * scale, (y + height) * scale);
  return [Math.min(ax, bx), Math.min(ay, by), Math.max(ax, bx), Math.max(ay, by)];
}

/** A box in a pdf.js viewport: CSS pixels from its upper left corner, at the viewport's `scale`. */
export type ViewportBox = ShownBox & { readonly scale: number };

/** What was dragged on the screen, in millimetres of the shown page. */
export function viewportToShown({ x, y, width, height, scale }: ViewportBox): ShownBox {
  const factor = 1 / (scale * POINTS_PER_MILLIMETRE);
  return { x: x * factor, y: y * factor, width: width * factor, height: height * factor };
}

// A seal may be dragged flush with the edge: half a point of rounding is not outside.
const SLACK_MILLIMETRES = 0.2;

export function isOnPage(geometry: PageGeometry, { x, y, width, height }: ShownBox): boolean {
  const page = shownSize(geometry);
  const slack = SLACK_MILLIMETRES;
  return (
    [x, y, width, height].every(Number.isFinite) &&
    width > 0 &&
    height > 0 &&
    x >= -slack &&
    y >= -slack &&
    x + width <= page.width + slack &&
    y + height <= page.height + slack
  );
}
