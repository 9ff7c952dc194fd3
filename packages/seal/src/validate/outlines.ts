import { intersection, type PdfPage, type PdfRect, rectOf } from '../pdf/pages.ts';
import { isPdfDict, isPdfRef, type PdfDict } from '../pdf/values.ts';
import type { PdfView } from '../pdf/view.ts';
import { documentModel } from './changes/document-model.ts';
import { pageOf, shareOfPage, showsSomething } from './changes/may-hide.ts';
import type { CheckBook } from './check-book.ts';
import type { Outline } from './model.ts';
import type { FoundSignature } from './signatures.ts';

/** A rectangle of user space as it is seen: from the upper left corner of the shown page, after its rotation. */
function outlineOf(kind: Outline['kind'], rect: PdfRect, page: PdfPage): Outline {
  const [x0, y0, x1, y1] = page.cropBox;
  const [width, height] = [x1 - x0, y1 - y0];
  const [left, bottom, right, top] = [rect[0] - x0, rect[1] - y0, rect[2] - x0, rect[3] - y0];
  const boxes: Readonly<Record<number, readonly [number, number, number, number]>> = {
    0: [left, height - top, right - left, top - bottom],
    90: [bottom, left, top - bottom, right - left],
    180: [width - right, bottom, right - left, top - bottom],
    270: [height - top, width - right, top - bottom, right - left],
  };
  const [shownLeft, shownTop, shownWidth, shownHeight] = boxes[page.rotate] ?? boxes[0]!;
  const turned = page.rotate % 180 !== 0;
  return {
    kind,
    page: page.index,
    left: shownLeft,
    top: shownTop,
    width: shownWidth,
    height: shownHeight,
    pageWidth: turned ? height : width,
    pageHeight: turned ? width : height,
  };
}

function outlined(view: PdfView, dict: PdfDict, kind: Outline['kind']): readonly Outline[] {
  const rect = rectOf(view, dict.entries.get('Rect'));
  if (rect === undefined || rect[0] === rect[2] || rect[1] === rect[3]) return [];
  const page = pageOf(view, dict, documentModel(view).pages);
  return page === undefined ? [] : [outlineOf(kind, rect, page)];
}

/** Stamps that came with the revision that a signature signs: the other places of its seal. */
function stampsOf(view: PdfView, before: PdfView | undefined): readonly Outline[] {
  const known = new Set(
    (before === undefined ? [] : documentModel(before).annotations).flatMap(({ ref }) =>
      ref ? [ref.num] : [],
    ),
  );
  return documentModel(view)
    .annotations.filter(({ subtype, ref }) => subtype === 'Stamp' && ref !== undefined && !known.has(ref.num))
    .flatMap(({ dict }) => outlined(view, dict, 'stamp'));
}

/** Where a signature is seen. `before` is the revision before the signed one, if there is one. */
export const outlinesOf = (
  found: FoundSignature,
  view: PdfView,
  before: PdfView | undefined,
): readonly Outline[] => [
  ...found.field.widgets.flatMap(({ dict }) => outlined(view, dict, 'signature')),
  ...(before === undefined ? [] : stampsOf(view, before)),
];

/** A seal larger than this is no seal: it may stand in front of what is said to be signed. */
const LARGEST_SHARE = 0.5;

/** The look of the signature itself: how much it covers, and whether another annotation lies over or under it. */
export function checkAppearance(found: FoundSignature, view: PdfView, book: CheckBook): void {
  const { pages, annotations } = documentModel(view);
  for (const { dict, ref } of found.field.widgets) {
    const share = shareOfPage(view, dict, pages);
    if (share === 0 || !showsSomething(view, dict)) continue;
    const detail = `${Math.round(share * 100)} %`;
    book.require('changes', 'appearance-size', {
      holds: share <= LARGEST_SHARE,
      reason: 'WIDGET_COVERS_PAGE',
      detail,
    });
    const rect = rectOf(view, dict.entries.get('Rect'))!;
    const page = pageOf(view, dict, pages);
    const overlapping = annotations.some((other) => {
      const same =
        other.dict === dict || (ref !== undefined && isPdfRef(other.value) && other.value.num === ref.num);
      const box = rectOf(view, other.dict.entries.get('Rect'));
      return (
        !same && other.page === page && isPdfDict(other.dict) && box && intersection(rect, box) !== undefined
      );
    });
    book.require('changes', 'appearance-overlap', { holds: !overlapping, reason: 'WIDGET_OVERLAPS' });
  }
}
