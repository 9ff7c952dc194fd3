/** Typed objects of ISO 32000-2 §7.3. `null`, booleans and numbers stand for themselves. */

export type PdfName = {
  readonly kind: 'name' /** One character per byte, `#xx` decoded (§7.3.5). */;
  readonly name: string;
};

export type PdfString = {
  readonly kind: 'string';
  readonly bytes: Uint8Array;
  readonly hex: boolean;
  /** Where its delimiters stand in the bytes it was read from: first octet, and one past the last. -1 when made. */
  readonly start: number;
  readonly end: number;
};

export type PdfRef = { readonly kind: 'ref'; readonly num: number; readonly gen: number };

export type PdfArray = { readonly kind: 'array'; readonly items: readonly PdfValue[] };

export type PdfDict = {
  readonly kind: 'dict';
  readonly entries: ReadonlyMap<string, PdfValue>;
  /** Keys that occur more than once; readers disagree on which one counts, so validation refuses them. */
  readonly duplicates: readonly string[];
};

export type PdfStream = {
  readonly kind: 'stream';
  readonly dict: PdfDict;
  /** The encoded bytes: a view of the file. */
  readonly data: Uint8Array;
};

export type PdfValue =
  | null
  | boolean
  | number
  | PdfName
  | PdfString
  | PdfRef
  | PdfArray
  | PdfDict
  | PdfStream;

export const pdfName = (name: string): PdfName => ({ kind: 'name', name });

export const pdfRef = (num: number, gen = 0): PdfRef => ({ kind: 'ref', num, gen });

export const pdfString = (bytes: Uint8Array, hex = true): PdfString => ({
  kind: 'string',
  bytes,
  hex,
  start: -1,
  end: -1,
});

export const pdfArray = (items: readonly PdfValue[]): PdfArray => ({ kind: 'array', items });

/** A dictionary from pairs or a record; pairs whose value is undefined are left out. */
export function pdfDict(
  entries: ReadonlyMap<string, PdfValue> | Readonly<Record<string, PdfValue | undefined>>,
): PdfDict {
  const pairs = entries instanceof Map ? [...entries] : Object.entries(entries);
  return { kind: 'dict', entries: new Map(pairs.filter(([, value]) => value !== undefined)), duplicates: [] };
}

type Kind = Exclude<PdfValue, null | boolean | number>['kind'];

const isKind =
  <K extends Kind>(kind: K) =>
  (value: PdfValue | undefined): value is Extract<PdfValue, { kind: K }> =>
    typeof value === 'object' && value !== null && value.kind === kind;

export const isPdfName = isKind('name');
export const isPdfString = isKind('string');
export const isPdfRef = isKind('ref');
export const isPdfArray = isKind('array');
export const isPdfDict = isKind('dict');
export const isPdfStream = isKind('stream');

/** The text of a name, or undefined when the value is not a name. */
export const nameOf = (value: PdfValue | undefined): string | undefined =>
  isPdfName(value) ? value.name : undefined;

/** The dictionary of a dictionary or of a stream. */
export function dictOf(value: PdfValue | undefined): PdfDict | undefined {
  if (isPdfDict(value)) return value;
  return isPdfStream(value) ? value.dict : undefined;
}
