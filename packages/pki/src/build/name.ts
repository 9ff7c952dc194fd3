import {
  derElement,
  derIa5String,
  derOid,
  derPrintableString,
  derSequence,
  derSet,
  derUtf8String,
  TAG,
} from '@hufu/gm';
import { pkiError } from '../errors.ts';
import { ATTRIBUTE_OID } from '../x509/oids.ts';

export type NamePart = { readonly oid: string; readonly text: string };

const PRINTABLE = new Set<string>([ATTRIBUTE_OID.country, ATTRIBUTE_OID.serialNumber]);

function encodeText({ oid, text }: NamePart): Uint8Array {
  if (oid === ATTRIBUTE_OID.email) return derIa5String(text);
  return PRINTABLE.has(oid) ? derPrintableString(text) : derUtf8String(text);
}

/**
 * A Name with one attribute per relative name, in this order: UTF8String except where RFC 5280 appendix A fixes
 * another type (country, serialNumber, e-mail). @throws BUILD_NAME when it is empty or an attribute is, DER_STRING
 */
export function buildName(parts: readonly NamePart[]): Uint8Array {
  if (parts.length === 0 || parts.some((part) => part.text === '')) throw pkiError('BUILD_NAME');
  const rdns = parts.map((part) => derSet(derSequence(derOid(part.oid), encodeText(part))));
  return derElement(TAG.sequence, ...rdns);
}
