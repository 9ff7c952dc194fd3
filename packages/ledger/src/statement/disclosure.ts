import {
  canonicalJsonBytes,
  drawRandom,
  fromBase64Url,
  fromUtf8,
  type JsonValue,
  type RandomBytes,
  toBase64Url,
  utf8,
} from '@hufu/kernel';
import { sha256 } from '@noble/hashes/sha2.js';
import { ledgerError } from '../errors.ts';

/** A field that was committed to: what opens its commitment, and what it is called in the statement. */
export type Disclosure = {
  readonly name: string;
  /** base64url of the canonical JSON [salt, name, value] (the disclosure of RFC 9901, SD-JWT). Erase this. */
  readonly disclosure: string;
  /** base64url of the SHA-256 of the disclosure's text: stands in the statement for ever. */
  readonly commitment: string;
};

export type OpenedField = { readonly name: string; readonly value: JsonValue };

const SALT_BYTES = 16;
const MAX_DISCLOSURE = 64 * 1024;

/** base64url of 32 bytes, without superfluous bits. */
export const isDigestText = (value: unknown): value is string =>
  typeof value === 'string' && /^[A-Za-z0-9_-]{42}[AEIMQUYcgkosw048]$/.test(value);

/** The commitment of a disclosure (RFC 9901 §4.2.3). */
export const commitmentOf = (disclosure: string): string => toBase64Url(sha256(utf8(disclosure)));

/**
 * Commits to fields, each with a fresh salt of 128 bits: without the salt a phone number would be found by trying all
 * of them. Erasing the disclosure leaves a digest that nobody can open. @throws RANDOM_SOURCE, CANONICAL_*
 */
export function commitFields(fields: Readonly<Record<string, JsonValue>>, random: RandomBytes): Disclosure[] {
  return Object.entries(fields).map(([name, value]) => {
    const salt = toBase64Url(drawRandom(random, SALT_BYTES));
    const disclosure = toBase64Url(canonicalJsonBytes([salt, name, value]));
    return { name, disclosure, commitment: commitmentOf(disclosure) };
  });
}

/** Reads what a disclosure says. Whether a statement committed to it: look for `commitmentOf` there. @throws LEDGER_DISCLOSURE */
export function openDisclosure(disclosure: string): OpenedField {
  let content: unknown;
  try {
    content =
      disclosure.length > MAX_DISCLOSURE ? undefined : JSON.parse(fromUtf8(fromBase64Url(disclosure)));
  } catch {
    throw ledgerError('LEDGER_DISCLOSURE');
  }
  if (!Array.isArray(content) || content.length !== 3) throw ledgerError('LEDGER_DISCLOSURE');
  const [salt, name, value] = content as JsonValue[];
  if (typeof salt !== 'string' || salt.length < 22 || typeof name !== 'string')
    throw ledgerError('LEDGER_DISCLOSURE');
  return { name, value: value! };
}
