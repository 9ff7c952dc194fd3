import type { Placement } from '@hufu/contracts';
import { formatPageList, parsePageList } from './page-list.ts';
import { type Area, keepInside, type Place } from './snap.ts';

export type Mode = 'single' | 'some' | 'all' | 'straddle';
export type Edge = Extract<Placement, { kind: 'straddle' }>['edge'];

/** One place of the form: everything as it is typed. */
export type PlaceValues = {
  readonly mode: Mode;
  /** For `single`: the page; for `some`: a list such as `1,3-5`. */
  readonly pages: string;
  readonly place: Place;
  readonly edge: Edge;
  readonly offset: number;
};

/** Lower right of the text, where a signature is looked for. */
export const firstPlace = (page: Area, seal: Area, number: number): PlaceValues => ({
  mode: 'single',
  pages: String(number),
  place: keepInside({ x: page.width - seal.width - 30, y: page.height - seal.height - 40 }, page, seal),
  edge: 'right',
  offset: Math.round(page.height / 2 - seal.height / 2),
});

export function valuesOf(placement: Placement, page: Area, seal: Area): PlaceValues {
  const values = firstPlace(page, seal, 1);
  if (placement.kind === 'straddle') {
    return { ...values, mode: 'straddle', edge: placement.edge, offset: placement.offset };
  }
  const { pages, x, y } = placement;
  const place = { x, y };
  if (pages === 'all') return { ...values, mode: 'all', place };
  return { ...values, mode: pages.length === 1 ? 'single' : 'some', pages: formatPageList(pages), place };
}

/** Undefined: the list of pages is wrong. */
export function placementOf(values: PlaceValues, last: number): Placement | undefined {
  const { mode, place, edge, offset } = values;
  if (mode === 'straddle') return { kind: 'straddle', edge, offset };
  if (mode === 'all') return { kind: 'pages', pages: 'all', ...place };
  const pages = parsePageList(values.pages, last);
  if (pages === undefined || (mode === 'single' && pages.length !== 1)) return undefined;
  return { kind: 'pages', pages, ...place };
}

export const isOnPage = (values: PlaceValues, number: number, last: number): boolean => {
  const placement = placementOf(values, last);
  if (placement?.kind !== 'pages') return false;
  return placement.pages === 'all' || placement.pages.includes(number);
};
