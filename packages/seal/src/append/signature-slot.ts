import { toHex, utf8 } from '@hufu/kernel';
import { type DocumentDigest, digestParts, type StartDigest } from '../cms/document-digest.ts';
import { sealError } from '../errors.ts';
import { latin1 } from '../pdf/characters.ts';
import { type PdfRef, type PdfValue, pdfArray, pdfDict, pdfString } from '../pdf/values.ts';
import type { PdfUpdate } from './pdf-update.ts';

/** Four numbers of ISO 32000-2 §12.8.1: two stretches that leave out exactly the value of /Contents. */
export type ByteRange = readonly [from: number, length: number, second: number, secondLength: number];

/** An update with an empty /Contents in it, and the digest of everything around that. */
export type SignatureSlot = {
  readonly tail: Uint8Array;
  /** Where the value of /Contents begins in `tail`: its `<`. */
  readonly contentsAt: number;
  /** Octets that fit into it. */
  readonly capacity: number;
  readonly byteRange: ByteRange;
  readonly digestAlgorithm: DocumentDigest;
  readonly documentDigest: Uint8Array;
};

export type SlotSpec = {
  readonly ref: PdfRef;
  /** The signature dictionary without Contents and ByteRange. */
  readonly entries: ReadonlyMap<string, PdfValue>;
  readonly capacity: number;
  readonly digestAlgorithm: DocumentDigest;
};

/** Wider than any offset that a table can hold, so that the real numbers fit in its place. */
const WIDEST = 9_999_999_999;
const RANGE_PLACE = `[0 ${WIDEST} ${WIDEST} ${WIDEST}]`;

// Both come first in the dictionary, so that no text of the signer's can be taken for them.
const withPlaces = ({ entries, capacity }: SlotSpec): Map<string, PdfValue> =>
  new Map<string, PdfValue>([
    ['Contents', pdfString(new Uint8Array(capacity))],
    ['ByteRange', pdfArray([0, WIDEST, WIDEST, WIDEST])],
    ...entries,
  ]);

/** Finishes an update with a signature dictionary, and hashes the document around its /Contents in chunks. */
export function openSlot(update: PdfUpdate, spec: SlotSpec, start: StartDigest): SignatureSlot {
  const { ref, capacity, digestAlgorithm } = spec;
  update.set(ref, pdfDict(withPlaces(spec)));
  const { tail, offsets } = update.build();
  const base = update.file.bytes;
  const objectAt = offsets.get(ref.num)!;
  const head = latin1(tail.subarray(objectAt, objectAt + 64));
  const contentsAt = objectAt + head.indexOf('<0');
  const contentsEnd = contentsAt + 2 * capacity + 2;
  const range = [0, base.length + contentsAt, base.length + contentsEnd, tail.length - contentsEnd] as const;
  const behind = latin1(tail.subarray(contentsEnd, contentsEnd + 64 + RANGE_PLACE.length));
  const written = `[${range.join(' ')}`.padEnd(RANGE_PLACE.length - 1);
  tail.set(utf8(`${written}]`), contentsEnd + behind.indexOf(RANGE_PLACE));
  const parts = [base, tail.subarray(0, contentsAt), tail.subarray(contentsEnd)];
  const documentDigest = digestParts(start, digestAlgorithm, parts);
  return { tail, contentsAt, capacity, byteRange: range, digestAlgorithm, documentDigest };
}

/** The bytes to append, with `der` in the slot. @throws SEALING_CAPACITY */
export function fillSlot({ tail, contentsAt, capacity }: SignatureSlot, der: Uint8Array): Uint8Array {
  if (der.length > capacity) throw sealError('SEALING_CAPACITY', { capacity, needed: der.length });
  const filled = tail.slice();
  filled.set(utf8(toHex(der)), contentsAt + 1);
  return filled;
}

/** Whether `base` is still the file that the slot was made for: asks before bytes are appended in a later request. */
export function isSlotOf(slot: SignatureSlot, base: Uint8Array, start: StartDigest): boolean {
  const { tail, contentsAt, capacity, byteRange, digestAlgorithm, documentDigest } = slot;
  if (base.length !== byteRange[1] - contentsAt) return false;
  const parts = [base, tail.subarray(0, contentsAt), tail.subarray(contentsAt + 2 * capacity + 2)];
  const found = digestParts(start, digestAlgorithm, parts);
  return found.every((octet, i) => octet === documentDigest[i]);
}
