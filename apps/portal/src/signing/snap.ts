export type Place = { readonly x: number; readonly y: number };
export type Area = { readonly width: number; readonly height: number };

/** Near enough to be meant, mm. */
const NEAR = 2;
/** Usual margin of a letter (GB/T 9704 gives 26 to 37 mm; a seal stands in it), mm. */
const MARGIN = 20;

const nearest = (value: number, lines: readonly number[]): number =>
  lines.find((line) => Math.abs(line - value) <= NEAR) ?? value;

const inside = (value: number, most: number): number => Math.min(Math.max(value, 0), Math.max(most, 0));

const tenth = (value: number): number => Math.round(value * 10) / 10;

/** Keeps a seal on its page. All lengths in mm, from the upper left corner. */
export const keepInside = ({ x, y }: Place, page: Area, seal: Area): Place => ({
  x: tenth(inside(x, page.width - seal.width)),
  y: tenth(inside(y, page.height - seal.height)),
});

/** Draws a dragged seal to the middle and the margins of its page when it is near them. */
export function snap(place: Place, page: Area, seal: Area): Place {
  const along = (whole: number, part: number) => [(whole - part) / 2, MARGIN, whole - part - MARGIN];
  return keepInside(
    {
      x: nearest(place.x, along(page.width, seal.width)),
      y: nearest(place.y, along(page.height, seal.height)),
    },
    page,
    seal,
  );
}
