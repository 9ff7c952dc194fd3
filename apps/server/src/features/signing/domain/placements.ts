import type { Placement } from '@hufu/contracts';
import { cutStrips, isOnPage, type PageGeometry, type SealPlacement, shownSize } from '@hufu/seal';
import { signingError } from '../errors.ts';

export type SealSize = { readonly width: number; readonly height: number };

/** Places as the user chose them, page by page as the signature writes them. Pages are counted from 0 from here on. */
export function placementsOf(placements: readonly Placement[], pages: number): SealPlacement[] {
  return placements.flatMap((placement): SealPlacement[] => {
    if (placement.kind === 'straddle') {
      const { edge, offset } = placement;
      const range = placement.pages && ([placement.pages[0] - 1, placement.pages[1] - 1] as const);
      return [{ kind: 'straddle', edge, offset, ...(range && { pages: range }) }];
    }
    const { x, y } = placement;
    const chosen =
      placement.pages === 'all' ? Array.from({ length: pages }, (_, i) => i + 1) : placement.pages;
    return [...new Set(chosen)].map((page) => ({ kind: 'page', page: page - 1, x, y }));
  });
}

/**
 * Whether the seal lies on the pages everywhere. Told before a PIN is asked for.
 * @throws SEALING_PAGE, SEALING_PLACEMENT with the page, SEALING_STRADDLE
 */
export function checkPlacements(
  placements: readonly SealPlacement[],
  seal: SealSize,
  pages: readonly PageGeometry[],
): void {
  const geometry = (page: number): PageGeometry => {
    const found = pages[page];
    if (found === undefined) throw signingError('SEALING_PAGE', { pages: pages.length });
    return found;
  };
  for (const placement of placements) {
    const boxes =
      placement.kind === 'page'
        ? [{ page: placement.page, box: { x: placement.x, y: placement.y, ...seal } }]
        : cutStrips(placement, seal, { pages: pages.length, size: (page) => shownSize(geometry(page)) });
    for (const { page, box } of boxes) {
      if (!isOnPage(geometry(page), box)) throw signingError('SEALING_PLACEMENT', { page: page + 1 });
    }
  }
}
