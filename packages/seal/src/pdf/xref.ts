import type { PdfDict } from './values.ts';

/** Where an object is found: in the file, or inside an object stream; `free` when it is deleted or never was. */
export type XrefEntry =
  | { readonly kind: 'free'; readonly gen: number }
  | { readonly kind: 'offset'; readonly offset: number; readonly gen: number }
  | { readonly kind: 'compressed'; readonly stream: number; readonly index: number };

/** One section of the cross-reference chain (ISO 32000-2 §7.5.4, §7.5.8). */
export type XrefSection = {
  readonly kind: 'table' | 'stream';
  /** What startxref or Prev says: the offset of `xref` or of the stream object. */
  readonly offset: number;
  /** One past the trailer dictionary or the stream's `endobj`. */
  readonly end: number;
  readonly trailer: PdfDict;
  readonly entries: ReadonlyMap<number, XrefEntry>;
  /** A table with XRefStm: readers that know no streams see other objects. */
  readonly hybrid: boolean;
};
