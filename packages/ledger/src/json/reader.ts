import { fromHex, type JsonValue } from '@hufu/kernel';
import { decodeStrictBase64 } from './base64.ts';
import { parseTimeText } from './time-text.ts';

export type JsonMembers = { readonly [name: string]: JsonValue };

export type TextRule = { readonly pattern?: RegExp; readonly max: number };

/** Reads an untrusted JSON document value by value; whatever is not as the format says raises the document's error. */
export type JsonReader = {
  /** The document itself, at most `max` characters. */
  document(text: string, max: number): JsonValue;
  /** Exactly these members, no more and no fewer. */
  object(value: JsonValue | undefined, names: readonly string[]): JsonMembers;
  list<T>(value: JsonValue | undefined, max: number, read: (item: JsonValue) => T): T[];
  text(value: JsonValue | undefined, rule: TextRule): string;
  /** A whole number from `least`. */
  integer(value: JsonValue | undefined, least: number): number;
  /** RFC 3339, UTC, milliseconds; in ms since the epoch. */
  time(value: JsonValue | undefined): number;
  /** Lower-case hexadecimal of exactly so many bytes. */
  hex(value: JsonValue | undefined, bytes: number): Uint8Array;
  base64(value: JsonValue | undefined, maxBytes: number): Uint8Array;
};

const isObject = (value: JsonValue | undefined): value is JsonMembers =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** @param refusal makes the error of the document, with the name of what is wrong in it */
export function jsonReader(refusal: (of: string) => Error): JsonReader {
  function must<T>(value: T | undefined | false, of: string): T {
    if (value === undefined || value === false) throw refusal(of);
    return value;
  }

  function parse(text: string): JsonValue {
    try {
      return JSON.parse(text) as JsonValue;
    } catch {
      throw refusal('json');
    }
  }

  const reader: JsonReader = {
    document(text, max) {
      if (text.length > max) throw refusal('length');
      return parse(text);
    },
    object(value, names) {
      if (!isObject(value)) throw refusal('object');
      const found = Object.keys(value).sort().join();
      if (found !== [...names].sort().join()) throw refusal('members');
      return value;
    },
    list(value, max, read) {
      if (!Array.isArray(value) || value.length > max) throw refusal('list');
      return value.map(read);
    },
    text(value, { pattern, max }) {
      if (typeof value !== 'string' || value.length > max) throw refusal('text');
      if (pattern !== undefined && !pattern.test(value)) throw refusal('text');
      return value;
    },
    integer(value, least) {
      const whole = typeof value === 'number' && Number.isSafeInteger(value) && value >= least;
      return must(whole && value, 'number');
    },
    time: (value) => must(parseTimeText(value), 'time'),
    hex(value, bytes) {
      const text = reader.text(value, { pattern: /^(?:[0-9a-f]{2})*$/, max: 2 * bytes });
      return must(text.length === 2 * bytes && fromHex(text), 'hex');
    },
    base64(value, maxBytes) {
      const text = reader.text(value, { max: Math.ceil(maxBytes / 3) * 4 });
      return must(decodeStrictBase64(text), 'base64');
    },
  };
  return reader;
}
