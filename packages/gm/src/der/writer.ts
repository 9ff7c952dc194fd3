import { concatBytes, isWellFormed, utf8 } from '@hufu/kernel';
import { gmError } from '../errors.ts';
import { compareDer } from './reader.ts';
import { decodeString } from './strings.ts';
import { contextTag, TAG } from './tags.ts';
import { timeDigits } from './time.ts';

function header(tag: number, length: number): Uint8Array {
  if (length < 0x80) return Uint8Array.of(tag, length);
  const octets: number[] = [];
  for (let rest = length; rest > 0; rest = Math.floor(rest / 256)) octets.unshift(rest % 256);
  return Uint8Array.of(tag, 0x80 | octets.length, ...octets);
}

/** One element: identifier octet, shortest length, contents in order. */
export function derElement(tag: number, ...contents: readonly Uint8Array[]): Uint8Array {
  const length = contents.reduce((sum, part) => sum + part.length, 0);
  return concatBytes(header(tag, length), ...contents);
}

/** SEQUENCE of encoded elements; `undefined` stands for an absent OPTIONAL one. */
export const derSequence = (...elements: readonly (Uint8Array | undefined)[]): Uint8Array =>
  derElement(TAG.sequence, ...elements.filter((element) => element !== undefined));

/** As `derSequence`, for lists too long to spread. */
export function derSequenceOf(elements: readonly Uint8Array[]): Uint8Array {
  const length = elements.reduce((sum, part) => sum + part.length, 0);
  const head = header(TAG.sequence, length);
  const out = new Uint8Array(head.length + length);
  out.set(head);
  let at = head.length;
  for (const element of elements) {
    out.set(element, at);
    at += element.length;
  }
  return out;
}

/** SET OF in the order of X.690 §11.6. */
export const derSet = (...elements: readonly Uint8Array[]): Uint8Array =>
  derElement(TAG.set, ...elements.toSorted(compareDer));

/** Content octets of an INTEGER: shortest two's complement. */
function integerContent(value: bigint): Uint8Array {
  const magnitude = value < 0n ? -value - 1n : value;
  const length = Math.floor(magnitude.toString(2).length / 8) + 1;
  const bits = BigInt.asUintN(8 * length, value);
  const hex = bits.toString(16).padStart(2 * length, '0');
  return Uint8Array.from({ length }, (_, i) => Number.parseInt(hex.slice(2 * i, 2 * i + 2), 16));
}

/** INTEGER from a number (safe integer) or a bigint. @throws DER_INTEGER */
export function derInteger(value: bigint | number): Uint8Array {
  if (typeof value === 'number' && !Number.isSafeInteger(value)) throw gmError('DER_INTEGER');
  return derElement(TAG.integer, integerContent(BigInt(value)));
}

/** INTEGER from unsigned big-endian octets of any length. */
export function derUnsigned(bytes: Uint8Array): Uint8Array {
  let start = 0;
  while (start < bytes.length - 1 && bytes[start] === 0) start++;
  const trimmed = bytes.subarray(start);
  const sign = (trimmed[0] ?? 0x80) >= 0x80 ? Uint8Array.of(0) : new Uint8Array();
  return derElement(TAG.integer, sign, trimmed);
}

export const derEnumerated = (value: number): Uint8Array => derRetag(TAG.enumerated, derInteger(value));

export const derBoolean = (value: boolean): Uint8Array => Uint8Array.of(TAG.boolean, 1, value ? 0xff : 0);

/** BIT STRING; the unused bits of the last octet must be zero. @throws DER_BIT_STRING */
export function derBitString(bytes: Uint8Array, unusedBits = 0): Uint8Array {
  const last = bytes[bytes.length - 1];
  const possible = last === undefined ? unusedBits === 0 : (last & ((1 << unusedBits) - 1)) === 0;
  if (unusedBits < 0 || unusedBits > 7 || !possible) throw gmError('DER_BIT_STRING');
  return derElement(TAG.bitString, Uint8Array.of(unusedBits), bytes);
}

/** BIT STRING with named bits: no zeros at the end (X.690 §11.2.2). */
export function derNamedBits(bits: Iterable<number>): Uint8Array {
  const set = [...bits];
  const highest = Math.max(-1, ...set);
  const bytes = new Uint8Array(Math.ceil((highest + 1) / 8));
  for (const bit of set) bytes[bit >> 3]! |= 0x80 >> (bit & 7);
  return derBitString(bytes, highest < 0 ? 0 : 7 - (highest & 7));
}

export const derOctetString = (bytes: Uint8Array): Uint8Array => derElement(TAG.octetString, bytes);

export const derNull = (): Uint8Array => Uint8Array.of(TAG.null, 0);

function arcOctets(arc: bigint): number[] {
  const octets = [Number(arc & 0x7fn)];
  for (let rest = arc >> 7n; rest > 0n; rest >>= 7n) octets.unshift(Number(rest & 0x7fn) | 0x80);
  return octets;
}

/** OBJECT IDENTIFIER from dotted form. @throws DER_OID */
export function derOid(dotted: string): Uint8Array {
  if (!/^[0-2](?:\.(?:0|[1-9]\d{0,38}))+$/.test(dotted)) throw gmError('DER_OID');
  const [top, second, ...rest] = dotted.split('.').map(BigInt) as [bigint, bigint, ...bigint[]];
  if (top < 2n && second > 39n) throw gmError('DER_OID');
  return derElement(TAG.oid, Uint8Array.from([40n * top + second, ...rest].flatMap(arcOctets)));
}

function derText(tag: number, text: string): Uint8Array {
  const bytes = utf8(text);
  decodeString(tag, bytes);
  if (!isWellFormed(text)) throw gmError('DER_STRING');
  return derElement(tag, bytes);
}

/** @throws DER_STRING on a lone surrogate */
export const derUtf8String = (text: string): Uint8Array => derText(TAG.utf8String, text);
/** @throws DER_STRING outside of the PrintableString alphabet */
export const derPrintableString = (text: string): Uint8Array => derText(TAG.printableString, text);
/** @throws DER_STRING outside of ASCII */
export const derIa5String = (text: string): Uint8Array => derText(TAG.ia5String, text);

/** GeneralizedTime without a fraction (RFC 5280 §4.1.2.5.2); milliseconds since the epoch, cut to seconds. @throws DER_TIME */
export const derGeneralizedTime = (at: number): Uint8Array =>
  derElement(TAG.generalizedTime, utf8(`${timeDigits(at)}Z`));

/** GeneralizedTime to the millisecond (RFC 3161 §2.4.2), without zeros at the end. @throws DER_TIME */
export function derFractionalTime(at: number): Uint8Array {
  const digits = timeDigits(at);
  const fraction = new Date(at)
    .toISOString()
    .slice(-5, -1)
    .replace(/\.?0+$/, '');
  return derElement(TAG.generalizedTime, utf8(`${digits}${fraction}Z`));
}

/** Time of RFC 5280 §4.1.2.5: UTCTime for 1950 to 2049, else GeneralizedTime. Milliseconds since the epoch. @throws DER_TIME */
export function derTime(at: number): Uint8Array {
  const digits = timeDigits(at);
  const year = Number(digits.slice(0, 4));
  return year >= 1950 && year < 2050
    ? derElement(TAG.utcTime, utf8(`${digits.slice(2)}Z`))
    : derGeneralizedTime(at);
}

/** EXPLICIT [n], or IMPLICIT [n] of a constructed type given by its elements. */
export const derContext = (n: number, ...elements: readonly Uint8Array[]): Uint8Array =>
  derElement(contextTag(n), ...elements);

/** The same element under another identifier octet (IMPLICIT tagging). */
export function derRetag(tag: number, element: Uint8Array): Uint8Array {
  const copy = element.slice();
  copy[0] = tag;
  return copy;
}
