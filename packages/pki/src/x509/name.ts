import { type DerReader, decodeString, derRetag, derSequence, isStringTag, readDer, TAG } from '@hufu/gm';
import { CodedError, toHex } from '@hufu/kernel';
import { pkiError } from '../errors.ts';
import type { Name, NameAttribute } from './model.ts';

const MAX_RDNS = 64;
// RFC 4518 §2.2: soft hyphens, joiners, variation selectors, object replacement and control codes count for nothing.
const MAPPED_TO_NOTHING = /\p{Default_Ignorable_Code_Point}|[\u1806\uFFFC]|(?![\t\n\v\f\r\u0085])\p{Cc}/gu;
const SPACES = /[\s\u0085]+/gu;

/** Text as it is compared (RFC 5280 §7.1, RFC 4518 §2): folded case, NFKC, inner spaces to one, outer spaces gone. */
export function canonicalText(text: string): string {
  const mapped = text.replaceAll(MAPPED_TO_NOTHING, '').normalize('NFKC');
  // Upper case first: it expands what lower case alone leaves different (ß, ligatures), as full case folding does.
  const folded = mapped.toUpperCase().toLowerCase().normalize('NFKC');
  return folded.replaceAll(SPACES, ' ').trim();
}

/** A string type may hold characters that it does not allow: then the value is compared octet by octet. */
function textOf(tag: number, value: Uint8Array): string | undefined {
  if (!isStringTag(tag)) return undefined;
  try {
    return decodeString(tag, value);
  } catch (error) {
    if (error instanceof CodedError) return undefined;
    throw error;
  }
}

function readAttribute(reader: DerReader): NameAttribute {
  return reader.within(TAG.sequence, (attribute) => {
    const oid = attribute.oid();
    attribute.next();
    const { tag } = attribute;
    const value = attribute.bytes.subarray(attribute.contentStart, attribute.contentEnd);
    return { oid, tag, value, text: textOf(tag, value) };
  });
}

const attributeKey = (attribute: NameAttribute): string =>
  attribute.text === undefined
    ? `${attribute.oid}#${attribute.tag}:${toHex(attribute.value)}`
    : `${attribute.oid}=${canonicalText(attribute.text)}`;

/** One key per relative name: equal ones have equal keys, whatever the order or string type of their attributes. */
const rdnKey = (rdn: readonly NameAttribute[]): string => JSON.stringify(rdn.map(attributeKey).sort());

function readRdn(reader: DerReader): NameAttribute[] {
  const set = reader.set();
  const rdn: NameAttribute[] = [];
  while (!set.done) rdn.push(readAttribute(set));
  if (rdn.length === 0) throw pkiError('CERT_NAME');
  return rdn;
}

function nameOf(der: Uint8Array, rdns: readonly (readonly NameAttribute[])[]): Name {
  const rdnKeys = rdns.map(rdnKey);
  return { der, rdns, rdnKeys, key: JSON.stringify(rdnKeys) };
}

/** Name (RFC 5280 §4.1.2.4). @throws CERT_NAME, DER_* */
export function readName(reader: DerReader): Name {
  const sequence = reader.sequence();
  const der = reader.bytes.subarray(reader.start, reader.contentEnd);
  const rdns: NameAttribute[][] = [];
  while (!sequence.done) {
    if (rdns.length === MAX_RDNS) throw pkiError('CERT_NAME', { rdns: MAX_RDNS });
    rdns.push(readRdn(sequence));
  }
  return nameOf(der, rdns);
}

/** The name that a relative name, a SET under some implicit tag, makes behind `base` (RFC 5280 §4.2.1.13). */
export function readRelativeName(reader: DerReader, tag: number, base: Name): Name {
  const rdn = derRetag(TAG.set, reader.element(tag));
  const head = readDer(base.der, (name) => name.content(TAG.sequence));
  return readDer(derSequence(head, rdn), readName);
}

/** Texts of all attributes of this type, in the order of the name. */
export const nameTexts = (name: Name, oid: string): string[] =>
  name.rdns.flatMap((rdn) => rdn.filter((a) => a.oid === oid).flatMap((a) => a.text ?? []));
