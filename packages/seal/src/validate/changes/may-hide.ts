import { latin1 } from '../../pdf/characters.ts';
import { intersection, type PdfPage, type PdfRect, rectOf } from '../../pdf/pages.ts';
import {
  isPdfDict,
  isPdfRef,
  isPdfStream,
  type PdfDict,
  type PdfStream,
  type PdfValue,
} from '../../pdf/values.ts';
import type { PdfView } from '../../pdf/view.ts';
import { attempt } from '../evidence.ts';
import { coversText } from './covers-text.ts';

/** A seal of 45 mm takes 3 % of an A4 page; what takes more than this may well stand in front of something. */
const LARGEST_SHARE = 0.12;

const area = ([left, bottom, right, top]: PdfRect): number => (right - left) * (top - bottom);

/** Annotation flags (ISO 32000-2 §12.5.3). What is not viewed may still be printed. */
const HIDDEN = 2;
const PRINT = 4;
const NO_VIEW = 32;

const isUnseen = (flags: PdfValue): boolean =>
  typeof flags === 'number' && ((flags & HIDDEN) !== 0 || ((flags & NO_VIEW) !== 0 && (flags & PRINT) === 0));

/** Normal appearances of an annotation: one, or one for each of its states (§12.5.5). */
export function appearancesOf(view: PdfView, annotation: PdfDict): readonly PdfStream[] {
  const normal = view.get(view.getDict(annotation, 'AP'), 'N');
  const all = isPdfDict(normal) ? [...normal.entries.values()].map((value) => view.resolve(value)) : [normal];
  return all.filter(isPdfStream);
}

/** Whether an appearance has any operator but saving and restoring the state: an empty field's has none. */
function draws(view: PdfView, form: PdfStream): boolean {
  const data = attempt(() => view.decode(form));
  if (data === undefined) return true;
  const operators = latin1(data).replace(/%[^\r\n]*/g, ' ');
  return !/^[\s\0]*([qQ][\s\0]+)*[qQ]?[\s\0]*$/.test(operators);
}

/** Whether an annotation has an appearance and room to show it. */
export function showsSomething(view: PdfView, annotation: PdfDict): boolean {
  const rect = rectOf(view, annotation.entries.get('Rect'));
  if (rect === undefined || area(rect) === 0 || isUnseen(view.get(annotation, 'F'))) return false;
  return appearancesOf(view, annotation).some((form) => draws(view, form));
}

/** The page on which an annotation is listed. */
export const pageOf = (
  view: PdfView,
  annotation: PdfDict,
  pages: readonly PdfPage[],
): PdfPage | undefined => {
  const named = annotation.entries.get('P');
  const lists = (page: PdfPage): boolean =>
    (view.getArray(page.dict, 'Annots')?.items ?? []).some((item) => view.resolve(item) === annotation);
  const likely = isPdfRef(named) ? pages.find(({ ref }) => ref.num === named.num) : undefined;
  return likely !== undefined && lists(likely) ? likely : pages.find(lists);
};

/** Share of the page that is seen which an annotation covers; 0 when it is nowhere. */
export function shareOfPage(view: PdfView, annotation: PdfDict, pages: readonly PdfPage[]): number {
  const rect = rectOf(view, annotation.entries.get('Rect'));
  const page = pageOf(view, annotation, pages);
  const shown = rect && page && intersection(rect, page.cropBox);
  return shown ? area(shown) / area(page.cropBox) : 0;
}

/** Whether one of an annotation's appearances can hide what is behind it, and stands in front of the page's text. */
export const standsBeforeText = (view: PdfView, annotation: PdfDict, page: PdfPage): boolean =>
  coversText(view, page, {
    rect: rectOf(view, annotation.entries.get('Rect')),
    forms: appearancesOf(view, annotation),
  });

/** Whether an appearance is so large, or stands so in front of text, that it may hide what is behind it. */
export function mayHide(view: PdfView, annotation: PdfDict, pages: readonly PdfPage[]): boolean {
  if (shareOfPage(view, annotation, pages) > LARGEST_SHARE) return true;
  const page = pageOf(view, annotation, pages);
  return page !== undefined && standsBeforeText(view, annotation, page);
}
