import { sealError } from '../errors.ts';
import type { PdfPage } from '../pdf/pages.ts';
import type { PdfView } from '../pdf/view.ts';
import { isOnPage, type PageGeometry, type Rotation, type ShownBox, shownSize } from './page-geometry.ts';
import type { SealImage } from './seal-image.ts';
import { cutStrips, type Slice, type StraddlePlacement } from './straddle.ts';

/** The seal on one page, upright as the page is shown. */
export type PagePlacement = {
  readonly kind: 'page';
  /** From 0. */
  readonly page: number;
  /** Upper left corner of the seal, millimetres from the upper left corner of the shown page. */
  readonly x: number;
  readonly y: number;
};

export type SealPlacement = PagePlacement | StraddlePlacement;

/**
 * Lines beneath the seal: 签署单位, 时间. They stand once, beneath the first whole place, which carries the signature:
 * stamps that show more than the seal itself would count as foreign annotations against earlier signatures.
 */
export type SealCaption = {
  readonly lines: readonly string[];
  /** TrueType, holding at least the characters of the lines; embedded as it is, so a subset. */
  readonly font: Uint8Array;
  /** Points; 8 when absent. */
  readonly size?: number;
};

export type VisibleSeal = {
  readonly image: SealImage;
  /** Millimetres. */
  readonly width: number;
  readonly height: number;
  readonly placements: readonly SealPlacement[];
  readonly caption?: SealCaption;
};

/** One place of a seal, worked out: where it is shown, and which part of it. */
export type Place = {
  readonly page: number;
  readonly geometry: PageGeometry;
  readonly box: ShownBox;
  readonly slice: Slice | undefined;
  readonly captioned: boolean;
};

/** @throws PDF_STRUCTURE on a user unit that is no scale */
export function geometryOf(view: PdfView, page: PdfPage): PageGeometry {
  const unit = view.get(page.dict, 'UserUnit');
  const userUnit = typeof unit === 'number' ? unit : 1;
  if (!(userUnit > 0 && userUnit < 1e6)) throw sealError('PDF_STRUCTURE', { of: 'UserUnit' });
  return { box: page.cropBox, rotation: page.rotate as Rotation, userUnit };
}

/** What the caption needs around the seal, millimetres. */
export type CaptionRoom = { readonly width: number; readonly height: number };

/**
 * All places of a seal in the order of its placements, whole ones first: the first carries the signature.
 * @throws SEALING_PAGE, SEALING_PLACEMENT, SEALING_STRADDLE
 */
export function placesOf(seal: VisibleSeal, pages: readonly PageGeometry[], caption?: CaptionRoom): Place[] {
  if (!(seal.width > 0 && seal.height > 0)) throw sealError('SEALING_PLACEMENT');
  const geometry = (page: number): PageGeometry => {
    const found = pages[page];
    if (found === undefined) throw sealError('SEALING_PAGE', { pages: pages.length });
    return found;
  };
  const place = (page: number, box: ShownBox, more: Pick<Place, 'slice' | 'captioned'>): Place => {
    const found = geometry(page);
    if (!isOnPage(found, box)) throw sealError('SEALING_PLACEMENT', { page });
    return { page, geometry: found, box, ...more };
  };
  const whole = ({ page, x, y }: PagePlacement, index: number): Place => {
    const room = index === 0 ? caption : undefined;
    const width = Math.max(seal.width, room?.width ?? 0);
    const height = seal.height + (room?.height ?? 0);
    const box = { x: x - (width - seal.width) / 2, y, width, height };
    return place(page, box, { slice: undefined, captioned: room !== undefined });
  };
  const strips = (placement: StraddlePlacement): Place[] =>
    cutStrips(placement, seal, { pages: pages.length, size: (page) => shownSize(geometry(page)) }).map(
      ({ page, box, slice }) => place(page, box, { slice, captioned: false }),
    );
  const { placements } = seal;
  return [
    ...placements.filter((placement) => placement.kind === 'page').map(whole),
    ...placements.filter((placement) => placement.kind === 'straddle').flatMap(strips),
  ];
}
