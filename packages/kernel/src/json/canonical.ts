import { utf8 } from '../bytes/bytes.ts';
import { isWellFormed } from '../bytes/well-formed.ts';
import { kernelError } from '../errors.ts';

export type JsonValue =
  | null
  | boolean
  | number
  | string
  | readonly JsonValue[]
  | { readonly [name: string]: JsonValue };

const MAX_DEPTH = 64;

/** Characters that stand for themselves between quotation marks: none that is escaped, no half of a pair. */
const AS_IT_IS = /^[\x20\x21\x23-\x5b\x5d-\ud7ff\ue000-\uffff]*$/;

function text(value: string): string {
  if (AS_IT_IS.test(value)) return `"${value}"`;
  const json = JSON.stringify(value);
  // A lone surrogate is written as an escape (ECMA-262 §25.5.4.3); whoever has none is asked no further.
  if (json.includes('\\ud') && !isWellFormed(value)) throw kernelError('CANONICAL_TEXT');
  return json;
}

function number(value: number): string {
  if (!Number.isFinite(value)) throw kernelError('CANONICAL_NUMBER');
  return JSON.stringify(value);
}

function isPlainObject(value: object): value is Record<string, unknown> {
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}

function object(value: object, depth: number): string {
  if (!isPlainObject(value)) throw kernelError('CANONICAL_VALUE');
  // The default order of sort() is that of UTF-16 code units, as RFC 8785 §3.2.3 asks.
  const names = Object.keys(value).sort();
  let written = '';
  for (const name of names) {
    written += `${written === '' ? '' : ','}${text(name)}:${write(value[name], depth + 1)}`;
  }
  return `{${written}}`;
}

function array(items: readonly unknown[], depth: number): string {
  let written = '';
  // By place: what is missing from a sparse array is refused like undefined.
  for (let i = 0; i < items.length; i += 1) {
    written += `${i === 0 ? '' : ','}${write(items[i], depth + 1)}`;
  }
  return `[${written}]`;
}

function write(value: unknown, depth: number): string {
  if (depth > MAX_DEPTH) throw kernelError('CANONICAL_DEPTH');
  if (value === null || typeof value === 'boolean') return String(value);
  if (typeof value === 'string') return text(value);
  if (typeof value === 'number') return number(value);
  if (Array.isArray(value)) return array(value, depth);
  if (typeof value === 'object') return object(value, depth);
  throw kernelError('CANONICAL_VALUE');
}

/**
 * JSON Canonicalization Scheme (RFC 8785) for I-JSON values. What has no canonical form is refused, never dropped:
 * undefined, NaN, infinities, lone surrogates, bigint, dates and other classes. @throws CANONICAL_*
 */
export const canonicalJson = (value: JsonValue): string => write(value, 0);

/** UTF-8 of `canonicalJson`: what is hashed and signed. @throws CANONICAL_* */
export const canonicalJsonBytes = (value: JsonValue): Uint8Array => utf8(canonicalJson(value));
