import { formFieldsOf, type PdfField } from '../../pdf/form-fields.ts';
import { type PdfPage, pagesOf } from '../../pdf/pages.ts';
import { isPdfDict, isPdfRef, nameOf, type PdfDict, type PdfRef, type PdfValue } from '../../pdf/values.ts';
import type { PdfView } from '../../pdf/view.ts';

/** An object with a place of its own in the document: it is compared there, and links to it are compared as links. */
export type Role =
  | { readonly kind: 'catalog' }
  | { readonly kind: 'page'; readonly page: PdfPage }
  | { readonly kind: 'field'; readonly field: PdfField }
  | { readonly kind: 'annotation'; readonly subtype: string; readonly page: PdfPage };

export type Annotation = {
  readonly page: PdfPage;
  readonly value: PdfValue;
  readonly ref: PdfRef | undefined;
  readonly dict: PdfDict;
  readonly subtype: string;
};

/** One revision as a document: its pages, fields and annotations, and which object is which. */
export type DocumentModel = {
  readonly view: PdfView;
  readonly pages: readonly PdfPage[];
  readonly fields: readonly PdfField[];
  readonly annotations: readonly Annotation[];
  /** By object number. */
  readonly roles: ReadonlyMap<number, Role>;
};

const models = new WeakMap<PdfView, DocumentModel>();

function annotationsOf(view: PdfView, page: PdfPage): Annotation[] {
  return (view.getArray(page.dict, 'Annots')?.items ?? []).flatMap((value) => {
    const dict = view.resolve(value);
    if (!isPdfDict(dict)) return [];
    const subtype = nameOf(view.get(dict, 'Subtype')) ?? '';
    return [{ page, value, ref: isPdfRef(value) ? value : undefined, dict, subtype }];
  });
}

/** @throws PDF_STRUCTURE, PDF_LIMIT, PDF_* when the revision cannot be read as a document */
export function documentModel(view: PdfView): DocumentModel {
  const known = models.get(view);
  if (known !== undefined) return known;
  const pages = pagesOf(view);
  const fields = formFieldsOf(view);
  const annotations = pages.flatMap((page) => annotationsOf(view, page));
  view.budget.spend('values', pages.length + fields.length + annotations.length);
  const roles = new Map<number, Role>();
  for (const { ref, subtype, page } of annotations) {
    if (ref) roles.set(ref.num, { kind: 'annotation', subtype, page });
  }
  for (const field of fields) {
    const role: Role = { kind: 'field', field };
    for (const ref of field.parents) roles.set(ref.num, role);
    for (const { ref } of field.widgets) if (ref) roles.set(ref.num, role);
    if (field.ref) roles.set(field.ref.num, role);
  }
  for (const page of pages) roles.set(page.ref.num, { kind: 'page', page });
  const root = view.trailer.entries.get('Root');
  if (isPdfRef(root)) roles.set(root.num, { kind: 'catalog' });
  const model = { view, pages, fields, annotations, roles };
  models.set(view, model);
  return model;
}
