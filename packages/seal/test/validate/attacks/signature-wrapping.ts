import { concatBytes } from '@hufu/kernel';
import { type Attack, BYTE_RANGE, latin1, open, patch, refused, toText } from './attack.ts';

const rangeOf = (pdf: Uint8Array): readonly [number, number, number] => {
  const [, gapStart, gapEnd, rest] = BYTE_RANGE.exec(toText(pdf))![0].match(/\d+/g)!.map(Number) as [
    number,
    number,
    number,
    number,
  ];
  return [gapStart, gapEnd, rest];
};

const withRange = (pdf: Uint8Array, numbers: readonly number[]): Uint8Array =>
  patch(pdf, BYTE_RANGE, () => `/ByteRange [${numbers.join(' ')}]`);

const EVIL = '\n11 0 obj\n<</Length 3>>\nstream\n0 g\nendstream\nendobj\n';

/** Objects between the value and the second stretch, which moves back. */
function insertedBehind(pdf: Uint8Array): Uint8Array {
  const [gapStart, gapEnd, rest] = rangeOf(pdf);
  const moved = concatBytes(pdf.subarray(0, gapEnd), latin1(EVIL), pdf.subarray(gapEnd));
  return withRange(moved, [0, gapStart, gapEnd + EVIL.length, rest]);
}

/** Objects in place of the zeros behind the value. */
function insertedInPadding(pdf: Uint8Array): Uint8Array {
  const [, gapEnd] = rangeOf(pdf);
  const entry = '>/Evil <</A 1>>/B <';
  const at = gapEnd - 1 - entry.length - 40;
  return concatBytes(pdf.subarray(0, at), latin1(entry), pdf.subarray(at + entry.length));
}

/** Data that is no zero behind the value, inside of the same string. */
function hiddenInPadding(pdf: Uint8Array): Uint8Array {
  const [, gapEnd] = rangeOf(pdf);
  const data = 'deadbeef';
  const at = gapEnd - 1 - data.length;
  return concatBytes(pdf.subarray(0, at), latin1(data), pdf.subarray(at + data.length));
}

/** The whole second stretch is kept at the end, another one stands in its place. */
function secondStretchMoved(pdf: Uint8Array): Uint8Array {
  const [gapStart, gapEnd, rest] = rangeOf(pdf);
  const second = pdf.subarray(gapEnd);
  const moved = concatBytes(pdf, latin1(EVIL), second);
  return withRange(moved, [0, gapStart, gapEnd + rest + EVIL.length, rest]);
}

/** The gap is declared wider than the value. */
function widerGap(pdf: Uint8Array, by: number): Uint8Array {
  const [gapStart, gapEnd, rest] = rangeOf(pdf);
  return withRange(pdf, [0, gapStart, gapEnd + by, rest - by]);
}

/** Signature wrapping (Mladenov et al. 2019). */
export const signatureWrapping: readonly Attack[] = [
  open('objects between the value and the second stretch', ['SIG_GAP', 'DOCUMENT_UNREADABLE'], ({ signed }) =>
    insertedBehind(signed),
  ),
  refused('a dictionary in the padding of the value', ['SIG_GAP', 'SIG_DUPLICATE_KEYS'], ({ signed }) =>
    insertedInPadding(signed),
  ),
  refused('data in the padding of the value', ['SIG_PADDING'], ({ signed }) => hiddenInPadding(signed)),
  refused('the second stretch moved to the end', ['SIG_GAP'], ({ signed }) => secondStretchMoved(signed)),
  refused('a gap that is one octet wider', ['SIG_GAP'], ({ signed }) => widerGap(signed, 1)),
  refused('a gap that is wider by a line', ['SIG_GAP'], ({ signed }) => widerGap(signed, 40)),
  refused('a second value of the same key', ['SIG_DUPLICATE_KEYS', 'SIG_GAP'], ({ signed }) =>
    patch(signed, /\/Contents <[0-9a-f]{200,}>/, (match) => `${match.slice(0, -40)}>/Contents <00>`),
  ),
];
