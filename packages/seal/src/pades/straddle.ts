import { sealError } from '../errors.ts';
import type { ShownBox } from './page-geometry.ts';

/** The edge of the shown pages over which the seal runs. */
export type StraddleEdge = 'left' | 'right' | 'top' | 'bottom';

/**
 * 骑缝章: one seal cut into strips along the edge of successive pages, so that no page can be exchanged. Pages beyond
 * the number of strips that stay legible begin the seal anew.
 */
export type StraddlePlacement = {
  readonly kind: 'straddle';
  readonly edge: StraddleEdge;
  /** Distance of the seal from the top of the edge, or from the left for top and bottom; millimetres. */
  readonly offset: number;
  /** First and last page, from 0; all pages when absent. */
  readonly pages?: readonly [first: number, last: number];
  /** Narrowest strip, millimetres; 2 when absent. */
  readonly narrowest?: number;
};

/** Strip `index` of `count`, counted from the seal's left, or from its top when `across` is vertical. */
export type Slice = { readonly index: number; readonly count: number; readonly across: 'x' | 'y' };

export type Strip = { readonly page: number; readonly slice: Slice; readonly box: ShownBox };

const DEFAULT_NARROWEST = 2;

type SealSize = { readonly width: number; readonly height: number };
type PageSize = (page: number) => SealSize;

/** Sizes of the groups: as few as possible, and as equal as possible, so that no page is left with a sliver. */
function groupSizes(pages: number, mostStrips: number): number[] {
  const groups = Math.ceil(pages / mostStrips);
  const small = Math.floor(pages / groups);
  return Array.from({ length: groups }, (_, i) => small + (i < pages % groups ? 1 : 0));
}

function stripBox(placement: StraddlePlacement, page: SealSize, strip: SealSize): ShownBox {
  const { edge, offset } = placement;
  if (edge === 'left' || edge === 'right') {
    return { ...strip, x: edge === 'left' ? 0 : page.width - strip.width, y: offset };
  }
  return { ...strip, x: offset, y: edge === 'top' ? 0 : page.height - strip.height };
}

/**
 * The strips of a seal of this size over pages of these sizes, all in millimetres as shown.
 * @throws SEALING_PAGE on a range outside of the document, SEALING_STRADDLE when it would not be cut at all
 */
export function cutStrips(
  placement: StraddlePlacement,
  seal: SealSize,
  document: { readonly pages: number; readonly size: PageSize },
): Strip[] {
  const [first, last] = placement.pages ?? [0, document.pages - 1];
  const isRange = Number.isInteger(first) && Number.isInteger(last) && first >= 0 && last < document.pages;
  if (!isRange || last < first) throw sealError('SEALING_PAGE', { pages: document.pages });
  const across = placement.edge === 'left' || placement.edge === 'right' ? 'x' : 'y';
  const extent = across === 'x' ? seal.width : seal.height;
  const mostStrips = Math.floor(extent / (placement.narrowest ?? DEFAULT_NARROWEST));
  const total = last - first + 1;
  const groups = mostStrips >= 2 ? groupSizes(total, mostStrips) : [];
  // A group of one page would hold the seal uncut.
  if (!groups.every((count) => count >= 2) || groups.length === 0) {
    throw sealError('SEALING_STRADDLE', { pages: total });
  }
  let page = first;
  return groups.flatMap((count) =>
    Array.from({ length: count }, (_, index) => {
      const strip =
        across === 'x'
          ? { width: seal.width / count, height: seal.height }
          : { width: seal.width, height: seal.height / count };
      const box = stripBox(placement, document.size(page), strip);
      return { page: page++, slice: { index, count, across }, box } as const;
    }),
  );
}
