import { sealError } from '../errors.ts';
import { decodeStream } from './decode-stream.ts';
import { PdfLexer } from './lexer.ts';
import type { PdfBudget } from './limits.ts';
import { type ObjectStream, readObjectStream } from './object-stream.ts';
import { parseIndirect } from './parse-object.ts';
import {
  dictOf,
  isPdfArray,
  isPdfDict,
  isPdfRef,
  isPdfStream,
  type PdfArray,
  type PdfDict,
  type PdfRef,
  type PdfStream,
  type PdfValue,
} from './values.ts';
import type { XrefEntry, XrefSection } from './xref.ts';

type Parsed = {
  readonly num: number;
  readonly gen: number;
  readonly value: PdfValue;
  /** One past `endobj`. */
  readonly end: number;
};

/** What the views of one file share: its bytes, its sections, and what was parsed independently of any view. */
export type PdfSource = {
  readonly bytes: Uint8Array;
  readonly budget: PdfBudget;
  /** The newest first. */
  readonly sections: readonly XrefSection[];
  /** Entries of each object, oldest first, each with its section's age: 0 for the oldest. */
  readonly history: ReadonlyMap<number, readonly { readonly age: number; readonly entry: XrefEntry }[]>;
  readonly parsed: Map<number, Parsed>;
};

const NO_ENTRY: XrefEntry = { kind: 'free', gen: 0 };

/**
 * The document as one revision shows it: only the cross-reference sections up to that revision count, and no byte at
 * or after its end is read. Objects are parsed when they are asked for. Nothing is repaired: an object that is not
 * where the cross-reference says is PDF_OBJECT.
 */
export class PdfView {
  readonly trailer: PdfDict;
  /** One past the last byte that belongs to this revision. */
  readonly end: number;
  readonly #source: PdfSource;
  readonly #age: number;
  readonly #dependent = new Map<number, Parsed>();
  readonly #objectStreams = new Map<number, ObjectStream>();
  readonly #loading = new Set<number>();
  #lengthAsked = false;

  constructor(source: PdfSource, options: { readonly age: number; readonly end: number }) {
    this.#source = source;
    this.#age = options.age;
    this.end = options.end;
    this.trailer = source.sections[source.sections.length - 1 - options.age]!.trailer;
  }

  get bytes(): Uint8Array {
    return this.#source.bytes;
  }

  get budget(): PdfBudget {
    return this.#source.budget;
  }

  /** Where this revision finds an object. */
  entry(num: number): XrefEntry {
    const history = this.#source.history.get(num) ?? [];
    for (let i = history.length - 1; i >= 0; i--) if (history[i]!.age <= this.#age) return history[i]!.entry;
    return NO_ENTRY;
  }

  /** Numbers of the objects that this revision lists, in no order. */
  *numbers(): IterableIterator<number> {
    for (const [num, history] of this.#source.history) if (history[0]!.age <= this.#age) yield num;
  }

  /** A text that is equal in two views exactly when both read the object from the same bytes. */
  identity(num: number): string {
    const entry = this.entry(num);
    if (entry.kind === 'offset') return `${entry.offset}:${entry.gen}`;
    return entry.kind === 'free' ? '' : `${this.identity(entry.stream)}/${entry.index}`;
  }

  /** The object of a reference; a deleted or missing one, and one of another generation, is null (ISO 32000-2 §7.3.10). */
  load(ref: PdfRef): PdfValue {
    const entry = this.entry(ref.num);
    switch (entry.kind) {
      case 'free':
        return null;
      case 'offset':
        return entry.gen === ref.gen ? this.#loadAt(entry.offset, ref) : null;
      case 'compressed':
        return ref.gen === 0 ? this.#objectStream(entry.stream).value(entry.index, ref.num) : null;
    }
  }

  #loadAt(offset: number, ref: PdfRef): PdfValue {
    const known = this.#source.parsed.get(offset) ?? this.#dependent.get(offset) ?? this.#parseAt(offset);
    const sound = known.num === ref.num && known.gen === ref.gen && known.end <= this.end;
    if (!sound) throw sealError('PDF_OBJECT', { num: ref.num });
    return known.value;
  }

  #parseAt(offset: number): Parsed {
    if (offset === 0 || offset >= this.end) throw sealError('PDF_OBJECT', { at: offset });
    const lexer = new PdfLexer(this.bytes, offset, this.end);
    this.#lengthAsked = false;
    const object = parseIndirect(lexer, this.budget, (ref) => this.#lengthOf(ref));
    const streamed = isPdfStream(object.value) ? object.value.data.length : 0;
    this.budget.spend('values', (lexer.at - offset - streamed) >> 3);
    const parsed = { ...object, end: lexer.at };
    // A length that stands elsewhere may be another one in another revision.
    (this.#lengthAsked ? this.#dependent : this.#source.parsed).set(offset, parsed);
    this.#lengthAsked = false;
    return parsed;
  }

  #lengthOf(ref: PdfRef): number {
    if (this.#loading.has(ref.num)) throw sealError('PDF_STREAM_LENGTH', { num: ref.num });
    this.#loading.add(ref.num);
    try {
      const length = this.resolve(ref);
      if (typeof length !== 'number') throw sealError('PDF_STREAM_LENGTH', { num: ref.num });
      return length;
    } finally {
      this.#loading.delete(ref.num);
      this.#lengthAsked = true;
    }
  }

  #objectStream(num: number): ObjectStream {
    const known = this.#objectStreams.get(num);
    if (known !== undefined) return known;
    const entry = this.entry(num);
    // §7.5.7: an object stream is not itself in one.
    if (entry.kind !== 'offset') throw sealError('PDF_OBJECT', { num });
    const stream = this.#loadAt(entry.offset, { kind: 'ref', num, gen: entry.gen });
    if (!isPdfStream(stream)) throw sealError('PDF_OBJECT', { num });
    const opened = readObjectStream(stream, this.decode(stream), this.budget);
    this.#objectStreams.set(num, opened);
    return opened;
  }

  /** Follows references to a value that is none. @throws PDF_LIMIT when they run in a circle */
  resolve(value: PdfValue | undefined): PdfValue {
    let found = value ?? null;
    for (let steps = 0; isPdfRef(found); steps++) {
      if (steps > this.budget.limits.depth) throw sealError('PDF_LIMIT', { limit: 'depth' });
      found = this.load(found);
    }
    return found;
  }

  /** The resolved value of a key; null when it is absent. */
  get(dict: PdfDict | undefined, key: string): PdfValue {
    return this.resolve(dict?.entries.get(key));
  }

  getDict(dict: PdfDict | undefined, key: string): PdfDict | undefined {
    return dictOf(this.get(dict, key));
  }

  getArray(dict: PdfDict | undefined, key: string): PdfArray | undefined {
    const value = this.get(dict, key);
    return isPdfArray(value) ? value : undefined;
  }

  /** The decoded bytes of a structure stream. @throws PDF_FILTER, PDF_STREAM_DATA, PDF_LIMIT */
  decode(stream: PdfStream): Uint8Array {
    return decodeStream(stream, { budget: this.budget, resolve: (value) => this.resolve(value) });
  }

  /** The catalog. @throws PDF_STRUCTURE */
  get root(): PdfDict {
    const root = this.resolve(this.trailer.entries.get('Root'));
    if (!isPdfDict(root)) throw sealError('PDF_STRUCTURE', { of: 'Root' });
    return root;
  }

  /** A number that no object of this revision has. */
  get nextObjectNumber(): number {
    const size = this.get(this.trailer, 'Size');
    let next = typeof size === 'number' && Number.isInteger(size) ? size : 1;
    for (const num of this.numbers()) if (num >= next) next = num + 1;
    return next;
  }
}
