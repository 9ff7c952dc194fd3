import { utf8 } from '@hufu/kernel';
import type { PdfUpdate } from '../append/pdf-update.ts';
import type { PdfField } from '../pdf/form-fields.ts';
import type { PdfPage } from '../pdf/pages.ts';
import {
  isPdfRef,
  type PdfDict,
  type PdfRef,
  type PdfValue,
  pdfArray,
  pdfDict,
  pdfName,
  pdfString,
} from '../pdf/values.ts';
import { rounded, type SealAppearances } from './appearance.ts';
import { shownToPage } from './page-geometry.ts';
import { pdfTextString } from './text-values.ts';
import type { Place } from './visible-seal.ts';

/** Annotation flags (ISO 32000-2 §12.5.3, Table 167). */
const PRINT = 4;
const READ_ONLY = 64;
const LOCKED = 128;
const LOCKED_CONTENTS = 512;

/** SigFlags (§12.7.3, Table 225): signatures exist, and only updates may be appended. */
const SIGNATURES_EXIST_APPEND_ONLY = 3;

/** A name that no field at the top of the form has. */
export function freeFieldName(fields: readonly PdfField[], prefix: string): string {
  const taken = new Set(fields.map(({ name }) => name.split('.')[0]));
  let number = 1;
  while (taken.has(`${prefix}${number}`)) number++;
  return `${prefix}${number}`;
}

export type FieldSpec = {
  readonly name: string;
  /** What a screen reader says. */
  readonly label: string;
  readonly signature: PdfRef;
  /** Empty for a signature that is not seen. */
  readonly places: readonly Place[];
  readonly appearances: SealAppearances | undefined;
  readonly pages: readonly PdfPage[];
};

type Entries = Readonly<Record<string, PdfValue>>;

function annotation(spec: FieldSpec, place: Place, entries: Entries): PdfDict {
  const rect = shownToPage(place.geometry, place.box).map(rounded);
  return pdfDict({
    Type: pdfName('Annot'),
    ...entries,
    Rect: pdfArray(rect),
    P: spec.pages[place.page]!.ref,
    AP: spec.appearances && pdfDict({ N: spec.appearances.at(place) }),
  });
}

const fieldEntries = (spec: FieldSpec): Entries => ({
  Subtype: pdfName('Widget'),
  FT: pdfName('Sig'),
  T: pdfTextString(spec.name),
  TU: pdfTextString(spec.label),
  V: spec.signature,
  F: PRINT | LOCKED,
});

const stampEntries = (spec: FieldSpec, index: number): Entries => ({
  Subtype: pdfName('Stamp'),
  Name: pdfName('Seal'),
  NM: pdfString(utf8(`${spec.name}.${index}`), false),
  Contents: pdfTextString(spec.label),
  F: PRINT | READ_ONLY | LOCKED | LOCKED_CONTENTS,
});

const hidden = (spec: FieldSpec): PdfDict =>
  pdfDict({
    Type: pdfName('Annot'),
    ...fieldEntries(spec),
    Rect: pdfArray([0, 0, 0, 0]),
    P: spec.pages[0]!.ref,
  });

/** Only /Annots of the page changes: its content is never touched. */
function addToPages(
  update: PdfUpdate,
  pages: readonly PdfPage[],
  added: ReadonlyMap<number, PdfRef[]>,
): void {
  const view = update.file.latest;
  for (const [index, refs] of added) {
    const page = pages[index]!;
    const annotations = view.getArray(page.dict, 'Annots')?.items ?? [];
    const entries = new Map([...page.dict.entries, ['Annots', pdfArray([...annotations, ...refs])]]);
    update.set(page.ref, pdfDict(entries as Map<string, PdfValue>));
  }
}

/** The form with one more field; the catalog when it has to point to it. */
function addToForm(update: PdfUpdate, field: PdfRef): PdfDict | undefined {
  const view = update.file.latest;
  const known = view.root.entries.get('AcroForm');
  const form = view.getDict(view.root, 'AcroForm');
  const flags = view.get(form, 'SigFlags');
  const entries = new Map<string, PdfValue>([
    ...(form?.entries ?? []),
    ['Fields', pdfArray([...(view.getArray(form, 'Fields')?.items ?? []), field])],
    ['SigFlags', (typeof flags === 'number' ? flags : 0) | SIGNATURES_EXIST_APPEND_ONLY],
  ]);
  if (isPdfRef(known) && form !== undefined) {
    update.set(known, pdfDict(entries));
    return undefined;
  }
  const ref = update.add(pdfDict(entries));
  return pdfDict(new Map([...view.root.entries, ['AcroForm', ref]]) as Map<string, PdfValue>);
}

/**
 * Adds one signature field with its widget, and the seal's other places as locked stamps beside it: several widgets of
 * one field are what readers disagree on. Returns the changed catalog, if it changes.
 */
export function addSignatureField(update: PdfUpdate, spec: FieldSpec): PdfDict | undefined {
  const added = new Map<number, PdfRef[]>();
  const put = (page: number, value: PdfDict): PdfRef => {
    const ref = update.add(value);
    const refs = added.get(page);
    if (refs === undefined) added.set(page, [ref]);
    else refs.push(ref);
    return ref;
  };
  const [first, ...others] = spec.places;
  const field =
    first === undefined ? put(0, hidden(spec)) : put(first.page, annotation(spec, first, fieldEntries(spec)));
  others.forEach((place, i) => {
    put(place.page, annotation(spec, place, stampEntries(spec, i + 1)));
  });
  addToPages(update, spec.pages, added);
  return addToForm(update, field);
}
