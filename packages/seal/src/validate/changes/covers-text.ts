import { intersection, type PdfPage, type PdfRect } from '../../pdf/pages.ts';
import { dictOf, isPdfArray, isPdfStream, type PdfStream } from '../../pdf/values.ts';
import type { PdfView } from '../../pdf/view.ts';
import { readContent, readForm } from './content-walk.ts';

/** Boxes of a page's texts, kept by its first content stream: a page is read once, however many signatures stand on it. */
const known = new WeakMap<
  PdfStream,
  { readonly streams: readonly PdfStream[]; readonly texts: readonly PdfRect[] }
>();

function contentStreams(view: PdfView, page: PdfPage): readonly PdfStream[] {
  const contents = view.get(page.dict, 'Contents');
  const items = isPdfArray(contents) ? contents.items.map((item) => view.resolve(item)) : [contents];
  return items.filter(isPdfStream);
}

function textsOn(view: PdfView, page: PdfPage): readonly PdfRect[] {
  const streams = contentStreams(view, page);
  const [first] = streams;
  if (first === undefined) return [];
  const cached = known.get(first);
  const same =
    cached?.streams.length === streams.length && cached.streams.every((one, i) => one === streams[i]);
  if (cached !== undefined && same) return cached.texts;
  const { texts } = readContent(view, streams, dictOf(view.resolve(page.resources)));
  known.set(first, { streams, texts });
  return texts;
}

/** A touch at the edge hides nothing. */
const inset = ([left, bottom, right, top]: PdfRect): PdfRect => [left + 1, bottom + 1, right - 1, top - 1];

/** What an annotation draws, and where. */
type Cover = { readonly rect: PdfRect | undefined; readonly forms: readonly PdfStream[] };

/**
 * Whether something that can hide what is behind it stands in front of the page's text. Boxes of texts are rough, so this
 * opens a question and settles none.
 */
export function coversText(view: PdfView, page: PdfPage, { rect, forms }: Cover): boolean {
  if (rect === undefined || !forms.some((form) => readForm(view, form).opaque)) return false;
  const inner = inset(rect);
  return textsOn(view, page).some((text) => intersection(inner, text) !== undefined);
}
