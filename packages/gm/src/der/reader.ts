import { gmError } from '../errors.ts';
import { decodeString } from './strings.ts';
import { TAG } from './tags.ts';
import { decodeTime, type TimeOptions } from './time.ts';
import {
  type BitString,
  checkInteger,
  decodeBitString,
  decodeBoolean,
  decodeInteger,
  decodeNamedBits,
  decodeOid,
  decodeSmallInteger,
  type IntegerOptions,
} from './values.ts';

const MAX_DEPTH = 32;
const CONSTRUCTED = 0x20;
/** EXTERNAL, EMBEDDED PDV, SEQUENCE, SET: the universal types that are constructed in DER. */
const CONSTRUCTED_UNIVERSAL = new Set([8, 11, 16, 17]);

/**
 * A cursor over DER (X.690) in someone else's bytes. It copies nothing: contents are views of the input. It refuses
 * what is BER but not DER (indefinite or padded lengths, constructed strings), high tag numbers, elements that reach
 * beyond their parent, and deep nesting. Every reading method moves past one element; an unexpected one is DER_TAG.
 *
 * For long lists `next()` walks without making an object per element, and `enterInto()` re-uses one cursor.
 */
export class DerReader {
  readonly bytes: Uint8Array;
  /** Identifier octet of the element that `next()` read last. */
  tag = -1;
  /** Offsets in `bytes` of that element: its identifier octet, its content, and one past its end. */
  start = 0;
  contentStart = 0;
  contentEnd = 0;
  #at: number;
  #end: number;
  #depth: number;

  /** Prefer `readDer`, which also refuses surplus bytes. */
  constructor(bytes: Uint8Array, range?: { start: number; end: number; depth: number }) {
    this.bytes = bytes;
    this.#at = range?.start ?? 0;
    this.#end = range?.end ?? bytes.length;
    this.#depth = range?.depth ?? 0;
  }

  /** True when nothing is left. */
  get done(): boolean {
    return this.#at >= this.#end;
  }

  /** Offset in `bytes` of the next element. */
  get offset(): number {
    return this.#at;
  }

  /** Identifier octet of the next element, or -1 at the end. */
  peek(): number {
    return this.#at < this.#end ? this.bytes[this.#at]! : -1;
  }

  /** Reads one header and moves past the element; `tag`, `start`, `contentStart` and `contentEnd` describe it. */
  next(expected?: number): void {
    const { bytes } = this;
    const start = this.#at;
    if (this.#end - start < 2) throw gmError('DER_TRUNCATED', { at: start });
    const tag = bytes[start]!;
    if (expected !== undefined && tag !== expected) throw gmError('DER_TAG', { at: start, tag, expected });
    this.#checkTag(tag);
    let length = bytes[start + 1]!;
    let at = start + 2;
    if (length >= 0x80) {
      const octets = length & 0x7f;
      if (octets === 0 || octets > 4) throw gmError('DER_LENGTH', { at: start });
      if (this.#end - at < octets) throw gmError('DER_TRUNCATED', { at: start });
      length = 0;
      for (const stop = at + octets; at < stop; at++) length = length * 256 + bytes[at]!;
      if (length < 0x80 || bytes[start + 2] === 0) throw gmError('DER_LENGTH', { at: start });
    }
    if (length > this.#end - at) throw gmError('DER_TRUNCATED', { at: start });
    this.tag = tag;
    this.start = start;
    this.contentStart = at;
    this.contentEnd = at + length;
    this.#at = at + length;
  }

  #checkTag(tag: number): void {
    const number = tag & 0x1f;
    const universal = tag < 0x40;
    const constructed = (tag & CONSTRUCTED) !== 0;
    const refused =
      number === 0x1f || (universal && (number === 0 || constructed !== CONSTRUCTED_UNIVERSAL.has(number)));
    if (refused) throw gmError('DER_TAG', { at: this.#at, tag });
  }

  /** Refuses anything that is left. @throws DER_TRAILING */
  finish(): void {
    if (!this.done) throw gmError('DER_TRAILING', { at: this.#at });
  }

  /** The whole next element, header included. */
  element(expected?: number): Uint8Array {
    this.next(expected);
    return this.bytes.subarray(this.start, this.contentEnd);
  }

  /** Content octets of the next element. */
  content(expected?: number): Uint8Array {
    this.next(expected);
    return this.bytes.subarray(this.contentStart, this.contentEnd);
  }

  /** A cursor over the elements inside the next element, which must be constructed. */
  enter(expected: number): DerReader {
    const depth = this.#enterable(expected);
    return new DerReader(this.bytes, { start: this.contentStart, end: this.contentEnd, depth });
  }

  /** A cursor over the same bytes that stands at the end, to be filled by `enterInto` again and again. */
  spare(): DerReader {
    return new DerReader(this.bytes, { start: this.#end, end: this.#end, depth: this.#depth });
  }

  /** As `enter`, with a cursor over the same bytes that is used again. */
  enterInto(cursor: DerReader, expected: number): void {
    if (cursor.bytes !== this.bytes) throw new TypeError('The cursor belongs to other bytes');
    cursor.#depth = this.#enterable(expected);
    cursor.#at = this.contentStart;
    cursor.#end = this.contentEnd;
  }

  #enterable(expected: number): number {
    this.next(expected);
    if ((this.tag & CONSTRUCTED) === 0) throw gmError('DER_TAG', { at: this.start, tag: this.tag });
    if (this.#depth >= MAX_DEPTH) throw gmError('DER_DEPTH', { at: this.start });
    return this.#depth + 1;
  }

  /** Reads an OPTIONAL element: `read` runs only when the next identifier octet is `tag`. */
  optional<T>(tag: number, read: (reader: DerReader) => T): T | undefined {
    return this.peek() === tag ? read(this) : undefined;
  }

  sequence(tag: number = TAG.sequence): DerReader {
    return this.enter(tag);
  }

  /** A SET OF; its elements must ascend as X.690 §11.6 asks unless `unordered` is set. @throws DER_SET_ORDER */
  set(options: { readonly tag?: number; readonly unordered?: boolean } = {}): DerReader {
    const inner = this.enter(options.tag ?? TAG.set);
    if (options.unordered !== true) inner.#checkOrder();
    return inner;
  }

  #checkOrder(): void {
    const walker = new DerReader(this.bytes, { start: this.#at, end: this.#end, depth: this.#depth });
    let previous: Uint8Array | undefined;
    while (!walker.done) {
      const element = walker.element();
      if (previous !== undefined && compareDer(previous, element) > 0) {
        throw gmError('DER_SET_ORDER', { at: walker.start });
      }
      previous = element;
    }
  }

  /** Runs `read` inside the next element and refuses anything that it leaves. */
  within<T>(tag: number, read: (reader: DerReader) => T): T {
    const inner = this.enter(tag);
    const result = read(inner);
    inner.finish();
    return result;
  }

  integer(options: IntegerOptions & { readonly tag?: number } = {}): bigint {
    return decodeInteger(this.content(options.tag ?? TAG.integer), options);
  }

  /** Content octets of an INTEGER, checked: sign octet included. */
  integerBytes(options: IntegerOptions & { readonly tag?: number } = {}): Uint8Array {
    return checkInteger(this.content(options.tag ?? TAG.integer), options);
  }

  /** 0 to 2^31 - 1. */
  smallInteger(tag: number = TAG.integer): number {
    return decodeSmallInteger(this.content(tag));
  }

  boolean(tag: number = TAG.boolean): boolean {
    return decodeBoolean(this.content(tag));
  }

  bitString(tag: number = TAG.bitString): BitString {
    return decodeBitString(this.content(tag));
  }

  /** A BIT STRING that holds whole octets (keys, signatures). @throws DER_BIT_STRING */
  bitStringBytes(tag: number = TAG.bitString): Uint8Array {
    const { unusedBits, bytes } = this.bitString(tag);
    if (unusedBits !== 0) throw gmError('DER_BIT_STRING', { at: this.start });
    return bytes;
  }

  namedBits(tag: number = TAG.bitString): ReadonlySet<number> {
    return decodeNamedBits(this.content(tag));
  }

  octetString(tag: number = TAG.octetString): Uint8Array {
    return this.content(tag);
  }

  null(tag: number = TAG.null): void {
    if (this.content(tag).length !== 0) throw gmError('DER_NULL', { at: this.start });
  }

  oid(tag: number = TAG.oid): string {
    return decodeOid(this.content(tag));
  }

  /** Any character string type, or `type` under an implicit tag: `string({ tag: primitiveContextTag(6), type: TAG.ia5String })`. */
  string(options: { readonly tag?: number; readonly type?: number } = {}): string {
    this.next(options.tag ?? options.type);
    return decodeString(options.type ?? this.tag, this.bytes.subarray(this.contentStart, this.contentEnd));
  }

  /** UTCTime or GeneralizedTime, milliseconds since the epoch. */
  time(options: TimeOptions & { readonly tag?: number } = {}): number {
    this.next(options.tag);
    return decodeTime(this.tag, this.bytes.subarray(this.contentStart, this.contentEnd), options);
  }
}

/** Order of X.690 §11.6: octet by octet, the shorter one padded with zeros. */
export function compareDer(a: Uint8Array, b: Uint8Array): number {
  const length = Math.max(a.length, b.length);
  for (let i = 0; i < length; i++) {
    const difference = (a[i] ?? 0) - (b[i] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}

/** Reads one DER element that fills `bytes` exactly. `read` gets a cursor that stands before it. @throws DER_* */
export function readDer<T>(bytes: Uint8Array, read: (reader: DerReader) => T): T {
  const reader = new DerReader(bytes);
  const result = read(reader);
  reader.finish();
  return result;
}
