import { gmError } from '../errors.ts';

export type IntegerOptions = {
  /** Negative values are refused unless this is set. */
  readonly signed?: boolean;
  /** Most content octets, sign octet included. Default 1025: an RSA modulus of 8192 bits. */
  readonly maxBytes?: number;
};

/** Checks the content of an INTEGER (X.690 §8.3: shortest two's complement) and gives it back. @throws DER_INTEGER */
export function checkInteger(content: Uint8Array, options: IntegerOptions = {}): Uint8Array {
  const first = content[0];
  const second = content[1];
  if (first === undefined || content.length > (options.maxBytes ?? 1025)) throw gmError('DER_INTEGER');
  if (second !== undefined && ((first === 0x00 && second < 0x80) || (first === 0xff && second >= 0x80))) {
    throw gmError('DER_INTEGER');
  }
  if (first >= 0x80 && options.signed !== true) throw gmError('DER_INTEGER');
  return content;
}

/** @throws DER_INTEGER */
export function decodeInteger(content: Uint8Array, options: IntegerOptions = {}): bigint {
  checkInteger(content, options);
  let value = 0n;
  for (const byte of content) value = (value << 8n) | BigInt(byte);
  return content[0]! >= 0x80 ? value - (1n << BigInt(8 * content.length)) : value;
}

/** An INTEGER from 0 to 2^31 - 1 (versions, counts). @throws DER_INTEGER */
export function decodeSmallInteger(content: Uint8Array): number {
  checkInteger(content, { maxBytes: 4 });
  let value = 0;
  for (const byte of content) value = value * 256 + byte;
  return value;
}

/** X.690 §11.1: FALSE is 00, TRUE is FF, nothing else. @throws DER_BOOLEAN */
export function decodeBoolean(content: Uint8Array): boolean {
  if (content.length !== 1 || (content[0] !== 0x00 && content[0] !== 0xff)) throw gmError('DER_BOOLEAN');
  return content[0] === 0xff;
}

export type BitString = {
  /** 0 to 7 bits at the end of the last octet that do not count; they are zero. */
  readonly unusedBits: number;
  readonly bytes: Uint8Array;
};

/** X.690 §8.6, §11.2.1. @throws DER_BIT_STRING */
export function decodeBitString(content: Uint8Array): BitString {
  const unusedBits = content[0];
  if (unusedBits === undefined || unusedBits > 7) throw gmError('DER_BIT_STRING');
  const bytes = content.subarray(1);
  if (bytes.length === 0) {
    if (unusedBits !== 0) throw gmError('DER_BIT_STRING');
  } else if ((bytes[bytes.length - 1]! & ((1 << unusedBits) - 1)) !== 0) {
    throw gmError('DER_BIT_STRING');
  }
  return { unusedBits, bytes };
}

/** Numbers of the bits that are set, for a BIT STRING with named bits (X.690 §11.2.2: no zeros at the end). @throws DER_BIT_STRING */
export function decodeNamedBits(content: Uint8Array): ReadonlySet<number> {
  const { unusedBits, bytes } = decodeBitString(content);
  const last = bytes[bytes.length - 1];
  if (last !== undefined && (last & (1 << unusedBits)) === 0) throw gmError('DER_BIT_STRING');
  const bits = new Set<number>();
  bytes.forEach((byte, index) => {
    for (let bit = 0; bit < 8; bit++) if ((byte & (0x80 >> bit)) !== 0) bits.add(8 * index + bit);
  });
  return bits;
}

const MAX_OID_BYTES = 128;
const MAX_ARC_BYTES = 19;

function decodeArc(octets: Uint8Array): string {
  if (octets.length > 7) {
    let wide = 0n;
    for (const octet of octets) wide = (wide << 7n) | BigInt(octet & 0x7f);
    return wide.toString();
  }
  let value = 0;
  for (const octet of octets) value = value * 128 + (octet & 0x7f);
  return value.toString();
}

/** X.690 §8.19 in dotted form; arcs to 128 bits (a UUID under 2.25), 128 octets in all. @throws DER_OID */
export function decodeOid(content: Uint8Array): string {
  if (content.length === 0 || content.length > MAX_OID_BYTES) throw gmError('DER_OID');
  const arcs: string[] = [];
  let start = 0;
  for (let at = 0; at < content.length; at++) {
    if (at === start && content[at] === 0x80) throw gmError('DER_OID');
    if (content[at]! >= 0x80) continue;
    if (at + 1 - start > MAX_ARC_BYTES) throw gmError('DER_OID');
    arcs.push(decodeArc(content.subarray(start, at + 1)));
    start = at + 1;
  }
  if (start !== content.length) throw gmError('DER_OID');
  const joined = BigInt(arcs[0]!);
  const top = joined < 40n ? 0n : joined < 80n ? 1n : 2n;
  return [top, joined - 40n * top, ...arcs.slice(1)].join('.');
}
