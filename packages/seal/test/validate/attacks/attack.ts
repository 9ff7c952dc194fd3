import { concatBytes } from '@hufu/kernel';
import type { PdfUpdate } from '../../../src/append/pdf-update.ts';
import {
  isPdfDict,
  type PdfDict,
  type PdfRef,
  type PdfStream,
  type PdfValue,
  pdfArray,
  pdfDict,
  pdfName,
  pdfRef,
  pdfString,
  type ReasonCode,
} from '../../../src/index.ts';
import { update, type World } from '../support/world.ts';

/** Honest files to start from, made once. */
export type Originals = {
  readonly world: World;
  /** One visible signature on page 1, three pages. */
  readonly signed: Uint8Array;
  /** The same with cross-reference streams. */
  readonly streamed: Uint8Array;
  /** Certified with P = 1, 2, 3. */
  readonly certified: Readonly<Record<1 | 2 | 3, Uint8Array>>;
  /** Signed over an empty, and over a filled text field. */
  readonly form: Uint8Array;
  readonly filled: Uint8Array;
};

/** One attack file and what must be said of it. */
export type Attack = {
  readonly name: string;
  /** One of these reasons must be given. */
  readonly reasons: readonly ReasonCode[];
  /** `refused` stands for invalid; `open` for at best indeterminate. */
  readonly verdict: 'refused' | 'open';
  make(originals: Originals): Uint8Array | Promise<Uint8Array>;
};

export const refused = (name: string, reasons: readonly ReasonCode[], make: Attack['make']): Attack => ({
  name,
  reasons,
  verdict: 'refused',
  make,
});

export const open = (name: string, reasons: readonly ReasonCode[], make: Attack['make']): Attack => ({
  name,
  reasons,
  verdict: 'open',
  make,
});

// Object numbers of the raw documents that are signed.
export const CATALOG = pdfRef(1);
export const PAGES = pdfRef(2);
export const FONT = pdfRef(3);
export const PAGE = pdfRef(10);
export const PAGE_CONTENT = pdfRef(11);
export const SECOND_PAGE = pdfRef(12);

export const latin1 = (text: string): Uint8Array => Uint8Array.from(text, (c) => c.charCodeAt(0));
export const toText = (bytes: Uint8Array): string => Buffer.from(bytes).toString('latin1');
export const name = pdfName;
export const literal = (text: string) => pdfString(latin1(text), false);
export const numbers = (...items: number[]) => pdfArray(items);

export const stream = (data: string, entries: Readonly<Record<string, PdfValue>> = {}): PdfStream => ({
  kind: 'stream',
  dict: pdfDict(entries),
  data: latin1(data),
});

/** Something that a reader of the page cannot miss. */
export const LURE = '1 1 1 rg 40 40 500 760 re f 0 g BT /F1 40 Tf 80 400 Td (PAY 1000000) Tj ET';

export const form = (data: string, box: readonly number[] = [0, 0, 600, 800]): PdfStream =>
  stream(data, { Type: name('XObject'), Subtype: name('Form'), BBox: pdfArray(box) });

export function dictAt(made: PdfUpdate, ref: PdfRef): PdfDict {
  const value = made.file.latest.resolve(ref);
  if (!isPdfDict(value)) throw new Error(`object ${ref.num} is no dictionary`);
  return value;
}

/** Sets entries of an existing dictionary; undefined removes one. */
export function change(
  made: PdfUpdate,
  ref: PdfRef,
  entries: Readonly<Record<string, PdfValue | undefined>>,
): void {
  const changed = new Map<string, PdfValue>(dictAt(made, ref).entries);
  for (const [key, value] of Object.entries(entries)) {
    if (value === undefined) changed.delete(key);
    else changed.set(key, value);
  }
  made.set(ref, pdfDict(changed));
}

/** Adds annotations to a page. */
export function annotate(made: PdfUpdate, page: PdfRef, ...annotations: readonly PdfValue[]): void {
  const known = made.file.latest.getArray(dictAt(made, page), 'Annots')?.items ?? [];
  change(made, page, { Annots: pdfArray([...known, ...annotations]) });
}

/** The newest signature field of the document. */
export function signatureField(made: PdfUpdate): PdfRef {
  const { latest } = made.file;
  const fields = latest.getArray(latest.getDict(latest.root, 'AcroForm'), 'Fields')?.items ?? [];
  const last = fields.at(-1);
  if (typeof last !== 'object' || last?.kind !== 'ref') throw new Error('no signature field');
  return last;
}

export function addFields(made: PdfUpdate, ...refs: readonly PdfRef[]): void {
  const { latest } = made.file;
  const known = latest.root.entries.get('AcroForm');
  const dict = latest.getDict(latest.root, 'AcroForm')!;
  const fields = latest.getArray(dict, 'Fields')?.items ?? [];
  const entries = new Map<string, PdfValue>([...dict.entries, ['Fields', pdfArray([...fields, ...refs])]]);
  if (typeof known === 'object' && known?.kind === 'ref') made.set(known, pdfDict(entries));
  else change(made, CATALOG, { AcroForm: pdfDict(entries) });
}

/** The page says something else from now on. */
export const replacePage = (pdf: Uint8Array): Uint8Array =>
  update(pdf, (made) => made.set(PAGE_CONTENT, stream(LURE)));

/** Replaces text in the file without moving anything: the replacement is padded with blanks. */
export function patch(pdf: Uint8Array, pattern: RegExp, by: (match: string) => string): Uint8Array {
  let hits = 0;
  const text = toText(pdf).replace(pattern, (match) => {
    hits++;
    const replacement = by(match);
    if (replacement.length > match.length) throw new Error('the replacement is longer');
    return replacement.padEnd(match.length);
  });
  if (hits === 0) throw new Error('nothing to replace');
  return latin1(text);
}

export const append = (pdf: Uint8Array, text: string): Uint8Array => concatBytes(pdf, latin1(text));

/** Only what an update appended. */
export const tailOf = (before: Uint8Array, after: Uint8Array): string =>
  toText(after.subarray(before.length));

export const CONTENTS = /\/Contents <[0-9a-f]{100,}>/;
export const BYTE_RANGE = /\/ByteRange \[[^\]]+\]/;
