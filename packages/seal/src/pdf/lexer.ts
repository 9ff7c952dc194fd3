import { sealError } from '../errors.ts';
import {
  CR,
  endsWord,
  hexValue,
  isDigit,
  isWhiteSpace,
  LF,
  latin1,
  PERCENT,
  standsAt,
} from './characters.ts';
import type { PdfName, PdfString } from './values.ts';

/** Words longer than any number, keyword or name that ISO 32000-2 Annex C knows. */
const MAX_WORD = 1024;
const MAX_SAFE_DIGITS = 15;

const ESCAPES: ReadonlyMap<number, number> = new Map([
  [0x6e, LF],
  [0x72, CR],
  [0x74, 9],
  [0x62, 8],
  [0x66, 12],
]);

/**
 * A cursor that reads tokens of ISO 32000-2 §7.2 and §7.3 from someone else's bytes, never past `end`. It repairs
 * nothing: what the syntax does not allow is PDF_SYNTAX.
 */
export class PdfLexer {
  readonly bytes: Uint8Array;
  readonly end: number;
  at: number;

  constructor(bytes: Uint8Array, at = 0, end = bytes.length) {
    this.bytes = bytes;
    this.at = at;
    this.end = Math.min(end, bytes.length);
  }

  refuse(of: string): never {
    throw sealError('PDF_SYNTAX', { of, at: this.at });
  }

  /** The octet under the cursor, undefined at the end. */
  peek(ahead = 0): number | undefined {
    const at = this.at + ahead;
    return at < this.end ? this.bytes[at] : undefined;
  }

  /** Passes white space and comments. */
  skip(): void {
    for (;;) {
      while (isWhiteSpace(this.peek())) this.at++;
      if (this.peek() !== PERCENT) return;
      while (this.at < this.end && this.bytes[this.at] !== LF && this.bytes[this.at] !== CR) this.at++;
    }
  }

  /** Octets up to the next white space or delimiter, as text; empty when there is none. */
  word(): string {
    const start = this.at;
    while (!endsWord(this.peek())) this.at++;
    if (this.at - start > MAX_WORD) this.refuse('word');
    return String.fromCharCode(...this.bytes.subarray(start, this.at));
  }

  /** Passes white space and a keyword that must stand there. */
  keyword(expected: string): void {
    this.skip();
    if (!standsAt(this.bytes, this.at, expected) || this.at + expected.length > this.end)
      this.refuse(expected);
    this.at += expected.length;
    if (!endsWord(this.peek())) this.refuse(expected);
  }

  /** An unsigned integer without sign or point, as in offsets and object numbers. */
  unsigned(): number {
    this.skip();
    return this.tryUnsigned() ?? this.refuse('integer');
  }

  /** The unsigned integer that starts here and ends a word, or undefined with the cursor unmoved. */
  tryUnsigned(): number | undefined {
    const start = this.at;
    let value = 0;
    while (isDigit(this.peek())) value = value * 10 + (this.bytes[this.at++]! - 0x30);
    const digits = this.at - start;
    if (digits > 0 && digits <= MAX_SAFE_DIGITS && endsWord(this.peek())) return value;
    this.at = start;
    return undefined;
  }

  /** A name; the cursor stands on its solidus (§7.3.5). */
  name(): PdfName {
    this.at++;
    const start = this.at;
    let escaped = false;
    while (!endsWord(this.peek())) {
      if (this.bytes[this.at] === 0x23) escaped = true;
      this.at++;
    }
    if (this.at - start > MAX_WORD) this.refuse('name');
    const raw = String.fromCharCode(...this.bytes.subarray(start, this.at));
    if (!escaped) return { kind: 'name', name: raw };
    const name = raw.replace(/#([0-9A-Fa-f]{2})/g, (_, hex: string) =>
      String.fromCharCode(parseInt(hex, 16)),
    );
    return { kind: 'name', name };
  }

  /** A literal string; the cursor stands on its parenthesis (§7.3.4.2). */
  literalString(): PdfString {
    const start = this.at++;
    const out: number[] = [];
    for (let open = 1; ; ) {
      const octet = this.peek() ?? this.refuse('string');
      this.at++;
      if (octet === 0x28) open++;
      if (octet === 0x29 && --open === 0) break;
      if (octet === 0x5c) this.#escape(out);
      else if (octet === CR) {
        if (this.peek() === LF) this.at++;
        out.push(LF);
      } else out.push(octet);
    }
    return { kind: 'string', bytes: new Uint8Array(out), hex: false, start, end: this.at };
  }

  #escape(out: number[]): void {
    const octet = this.peek() ?? this.refuse('string');
    this.at++;
    if (octet === LF) return;
    if (octet === CR) {
      if (this.peek() === LF) this.at++;
      return;
    }
    const octal = (digit: number | undefined): digit is number =>
      digit !== undefined && digit >= 0x30 && digit <= 0x37;
    if (!octal(octet)) {
      out.push(ESCAPES.get(octet) ?? octet);
      return;
    }
    let value = octet - 0x30;
    for (let more = 0; more < 2 && octal(this.peek()); more++)
      value = value * 8 + this.bytes[this.at++]! - 0x30;
    out.push(value & 0xff);
  }

  /** A hexadecimal string; the cursor stands on its bracket (§7.3.4.3). */
  hexString(): PdfString {
    const start = this.at++;
    const close = this.bytes.indexOf(0x3e, this.at);
    if (close < 0 || close >= this.end) this.refuse('hex string');
    const { bytes } = this;
    const out = new Uint8Array((close - this.at + 1) >> 1);
    let digits = 0;
    for (let at = this.at; at < close; at++) {
      const value = hexValue(bytes[at]!);
      if (value < 0) {
        if (!isWhiteSpace(bytes[at])) this.refuse('hex string');
        continue;
      }
      // An odd number of digits ends as if a zero followed.
      if ((digits & 1) === 0) out[digits >> 1] = value << 4;
      else out[digits >> 1]! |= value;
      digits++;
    }
    this.at = close + 1;
    return { kind: 'string', bytes: out.subarray(0, (digits + 1) >> 1), hex: true, start, end: this.at };
  }

  /** A number, `true`, `false` or `null`. */
  atom(): number | boolean | null {
    const start = this.at;
    const word = this.word();
    if (/^[+-]?(\d+\.?\d*|\.\d+)$/.test(word) && word.length <= 64) return Number(word);
    if (word === 'true') return true;
    if (word === 'false') return false;
    if (word === 'null') return null;
    this.at = start;
    return this.refuse('value');
  }

  /** Text of at most `length` octets from here on, for looking ahead. */
  ahead(length: number): string {
    return latin1(this.bytes.subarray(this.at, Math.min(this.at + length, this.end)));
  }
}
