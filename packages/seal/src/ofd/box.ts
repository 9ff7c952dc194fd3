/** ST_Box: millimetres, origin at the upper left corner. */
export type OfdBox = {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
};

const NUMBER = /^[+-]?(?:\d{1,9}(?:\.\d{0,20})?|\.\d{1,20})$/;

/** `x y width height` of ST_Box (GB/T 33190 §7.2), sides not negative; undefined for anything else. */
export function parseBox(text: string | undefined): OfdBox | undefined {
  const parts = text?.trim().split(/\s+/) ?? [];
  if (parts.length !== 4 || !parts.every((part) => NUMBER.test(part))) return undefined;
  const [x, y, width, height] = parts.map(Number) as [number, number, number, number];
  return width < 0 || height < 0 ? undefined : { x, y, width, height };
}
