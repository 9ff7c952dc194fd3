import { CodedError } from '@hufu/kernel';
import type { PdfFile, PdfRevision } from '../pdf/open-pdf.ts';
import { isPdfArray, isPdfName, isPdfString } from '../pdf/values.ts';
import type { XrefSection } from '../pdf/xref.ts';
import { documentModel } from './changes/document-model.ts';
import type { CheckBook } from './check-book.ts';
import type { ReasonCode } from './reasons.ts';
import { contentsStart, type FoundSignature, signaturesOf } from './signatures.ts';
import type { CheckCode } from './titles.ts';

/** What a signature covers: `[0, gapStart)` and `[gapEnd, end)` of the file. */
export type SignedRange = {
  readonly gapStart: number;
  readonly gapEnd: number;
  readonly end: number;
  readonly revision: PdfRevision;
  /** Decoded /Contents, padding included. */
  readonly contents: Uint8Array;
};

type Format = { readonly file: PdfFile; readonly found: FoundSignature; readonly book: CheckBook };

function requireFormat(
  format: Format,
  check: CheckCode,
  finding: { holds: boolean; reason: ReasonCode; detail?: string },
) {
  return format.book.require('format', check, finding);
}

/** The dictionary: its own type, no key twice, in plain sight. */
function checkDictionary(format: Format): boolean {
  const { file, found } = format;
  const { dict, field, ref } = found;
  const type = file.latest.get(dict, 'Type');
  const named = type === null || (isPdfName(type) && (type.name === 'Sig' || type.name === 'DocTimeStamp'));
  const duplicates = [...dict.duplicates, ...field.dict.duplicates];
  const holder = ref ?? field.ref;
  const compressed = holder !== undefined && file.latest.entry(holder.num).kind === 'compressed';
  return [
    requireFormat(format, 'signature-dictionary', {
      holds: named && isPdfName(file.latest.get(dict, 'Filter')),
      reason: 'SIG_DICTIONARY',
    }),
    requireFormat(format, 'no-duplicate-keys', {
      holds: duplicates.length === 0,
      reason: 'SIG_DUPLICATE_KEYS',
    }),
    requireFormat(format, 'not-in-object-stream', { holds: !compressed, reason: 'SIG_COMPRESSED' }),
  ].every(Boolean);
}

/** Four whole numbers that begin at 0, leave a gap and stay inside the file (ISO 32000-2 §12.8.1). */
function readByteRange({ file, found }: Format): readonly [number, number, number] | undefined {
  const range = found.dict.entries.get('ByteRange');
  if (!isPdfArray(range) || range.items.length !== 4) return undefined;
  const [from, gapStart, gapEnd, rest] = range.items;
  const whole = [from, gapStart, gapEnd, rest].every((n) => Number.isInteger(n) && (n as number) >= 0);
  if (!whole) return undefined;
  const numbers = [gapStart, gapEnd, (gapEnd as number) + (rest as number)] as [number, number, number];
  const ordered = from === 0 && numbers[0] > 0 && numbers[1] > numbers[0] && numbers[2] > numbers[1];
  return ordered && numbers[2] <= file.bytes.length ? numbers : undefined;
}

const largestOffsets = new WeakMap<XrefSection, number>();

function largestOffset(section: XrefSection): number {
  let largest = largestOffsets.get(section);
  if (largest === undefined) {
    largest = section.offset;
    for (const entry of section.entries.values()) {
      if (entry.kind === 'offset' && entry.offset > largest) largest = entry.offset;
    }
    largestOffsets.set(section, largest);
  }
  return largest;
}

/**
 * The signed revision must be a document of its own that holds this very signature: what a signer saw is what the
 * signed bytes say, and not what later bytes make of them.
 */
function checkRevision(format: Format, revision: PdfRevision): boolean {
  const { file, found } = format;
  const oldest = file.sections.findIndex(({ offset }) => offset === revision.startxref);
  const inside = file.sections.slice(oldest).every((section) => largestOffset(section) < revision.end);
  const start = contentsStart(found.dict);
  let holds = false;
  try {
    holds = signaturesOf(revision.view).some(
      ({ field, dict }) => field.name === found.field.name && contentsStart(dict) === start,
    );
    documentModel(revision.view);
  } catch (error) {
    if (!(error instanceof CodedError) || error.code === 'PDF_LIMIT') throw error;
    return requireFormat(format, 'signed-revision-readable', {
      holds: false,
      reason: 'SIG_REVISION_UNREADABLE',
      detail: error.code,
    });
  }
  return [
    requireFormat(format, 'signed-revision-closed', { holds: inside, reason: 'SIG_XREF_OUTSIDE' }),
    requireFormat(format, 'signature-in-its-revision', { holds, reason: 'SIG_NOT_IN_REVISION' }),
  ].every(Boolean);
}

/**
 * Format checking of one signature (ETSI EN 319 102-1 §5.2.2, ISO 32000-2 §12.8.1, ETSI EN 319 142-1 §5.1): the byte
 * range covers a whole revision but for exactly the value of /Contents.
 */
export function checkFormat(file: PdfFile, found: FoundSignature, book: CheckBook): SignedRange | undefined {
  const format: Format = { file, found, book };
  const sound = checkDictionary(format);
  const contents = found.dict.entries.get('Contents');
  const hex = isPdfString(contents) && contents.hex && contents.bytes.length > 2;
  requireFormat(format, 'contents', { holds: hex, reason: 'SIG_CONTENTS' });
  const range = readByteRange(format);
  requireFormat(format, 'byte-range', { holds: range !== undefined, reason: 'SIG_BYTE_RANGE' });
  if (range === undefined || !hex || !sound) return undefined;
  const [gapStart, gapEnd, end] = range;
  const exact = contents.start === gapStart && contents.end === gapEnd;
  if (!requireFormat(format, 'gap-is-contents', { holds: exact, reason: 'SIG_GAP' })) return undefined;
  const revision = file.revisionEndingAt(end);
  requireFormat(format, 'range-ends-with-revision', {
    holds: revision !== undefined,
    reason: 'SIG_REVISION_END',
  });
  if (revision === undefined || !checkRevision(format, revision)) return undefined;
  return { gapStart, gapEnd, end, revision, contents: contents.bytes };
}

export type RangedSignature = { readonly found: FoundSignature; readonly range: SignedRange | undefined };

/** Every signature covers all that the ones before it cover, their values included; one value serves one field. */
export function relationReason(
  one: RangedSignature,
  all: readonly RangedSignature[],
): ReasonCode | undefined {
  const start = contentsStart(one.found.dict);
  const others = all.filter((other) => other !== one);
  if (
    others.some(
      ({ found }) => found.dict === one.found.dict || (start >= 0 && contentsStart(found.dict) === start),
    )
  ) {
    return 'SIG_SHARED';
  }
  const { range } = one;
  if (range === undefined) return undefined;
  const crosses = others.some(
    ({ range: other }) => other !== undefined && other.end <= range.end && range.gapStart < other.end,
  );
  return crosses ? 'SIG_RANGE_OVERLAP' : undefined;
}
