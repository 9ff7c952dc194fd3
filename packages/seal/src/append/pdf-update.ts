import { concatBytes, utf8 } from '@hufu/kernel';
import { digest } from '@hufu/pki';
import { sealError } from '../errors.ts';
import type { PdfFile } from '../pdf/open-pdf.ts';
import {
  isPdfArray,
  isPdfRef,
  isPdfString,
  type PdfRef,
  type PdfValue,
  pdfArray,
  pdfRef,
  pdfString,
} from '../pdf/values.ts';
import { writeObject } from '../pdf/write-object.ts';
import { type NewSection, writeXrefStream, writeXrefTable } from './write-xref.ts';

/** What is to be appended, and where each of its objects begins in it. */
export type UpdateBytes = { readonly tail: Uint8Array; readonly offsets: ReadonlyMap<number, number> };

type Changed = { readonly gen: number; readonly value: PdfValue };

const LF = 0x0a;
const CR = 0x0d;
const ID_BYTES = 16;

/**
 * An incremental update (ISO 32000-2 §7.5.6): new and replaced objects with a cross-reference section of the kind that
 * the newest one has. The bytes before it are only ever read, so every earlier signature stays what it is.
 */
export class PdfUpdate {
  readonly file: PdfFile;
  readonly #changed = new Map<number, Changed>();
  #next: number;

  /** @throws SEALING_ENCRYPTED: strings of an update would have to be encrypted, and no sealed file needs to be */
  constructor(file: PdfFile) {
    if (file.encrypted) throw sealError('SEALING_ENCRYPTED');
    this.file = file;
    this.#next = file.latest.nextObjectNumber;
  }

  /** A reference for an object that is set later. */
  allocate(): PdfRef {
    return pdfRef(this.#next++);
  }

  /** Sets a new object, or replaces one that the file has. */
  set(ref: PdfRef, value: PdfValue): void {
    this.#changed.set(ref.num, { gen: ref.gen, value });
  }

  add(value: PdfValue): PdfRef {
    const ref = this.allocate();
    this.set(ref, value);
    return ref;
  }

  /** The catalog's reference. @throws PDF_STRUCTURE */
  get rootRef(): PdfRef {
    const root = this.file.latest.trailer.entries.get('Root');
    if (!isPdfRef(root)) throw sealError('PDF_STRUCTURE', { of: 'Root' });
    return root;
  }

  build(): UpdateBytes {
    const { bytes } = this.file;
    const last = bytes[bytes.length - 1];
    const parts: Uint8Array[] = last === LF || last === CR ? [] : [Uint8Array.of(LF)];
    let length = parts.length;
    const offsets = new Map<number, number>();
    for (const [num, { gen, value }] of [...this.#changed].sort(([a], [b]) => a - b)) {
      const object = concatBytes(utf8(`${num} ${gen} obj\n`), writeObject(value), utf8('\nendobj\n'));
      offsets.set(num, length);
      parts.push(object);
      length += object.length;
    }
    const body = concatBytes(...parts);
    return { tail: concatBytes(body, this.#section(body, offsets)), offsets };
  }

  #section(body: Uint8Array, offsets: ReadonlyMap<number, number>): Uint8Array {
    const { bytes, sections } = this.file;
    const newest = sections[0]!;
    const section: NewSection = {
      offset: bytes.length + body.length,
      entries: [...offsets].map(([num, offset]) => ({
        num,
        gen: this.#changed.get(num)!.gen,
        offset: bytes.length + offset,
      })),
      size: this.#next,
      trailer: this.#trailer(body, newest.offset),
    };
    return newest.kind === 'table' ? writeXrefTable(section) : writeXrefStream(section);
  }

  #trailer(body: Uint8Array, previous: number): Map<string, PdfValue> {
    const { entries } = this.file.latest.trailer;
    const trailer = new Map<string, PdfValue>([['Root', this.rootRef]]);
    const info = entries.get('Info');
    if (isPdfRef(info)) trailer.set('Info', info);
    const id = this.file.latest.resolve(entries.get('ID'));
    if (isPdfArray(id) && isPdfString(id.items[0])) {
      // §14.4: the first part stays, the second belongs to this revision.
      trailer.set('ID', pdfArray([id.items[0], pdfString(digest('sha256', body).subarray(0, ID_BYTES))]));
    }
    trailer.set('Prev', previous);
    return trailer;
  }
}
