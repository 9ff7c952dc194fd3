import type { Certificate } from '../x509/model.ts';
import { EXTENDED_KEY_USAGE_OID } from '../x509/oids.ts';
import { type CheckFailure, refuse } from './failure.ts';
import type { EndUse } from './path-options.ts';

/** §4.2.1.12 for the end certificate: if it lists purposes, then the wanted one. */
export function checkExtendedKeyUsage(certificate: Certificate, use: EndUse): CheckFailure | undefined {
  const { extendedKeyUsage: wanted, acceptAnyExtendedKeyUsage: acceptAny = false } = use;
  return isListed(certificate, wanted, acceptAny)
    ? undefined
    : refuse('EXTENDED_KEY_USAGE_REFUSED', 'RFC 5280 §4.2.1.12', wanted);
}

/** An authority's list limits what it may issue for. RFC 5280 is silent; every validator in service reads it so. */
export const checkIssuerExtendedKeyUsage = (
  certificate: Certificate,
  wanted: string | undefined,
): CheckFailure | undefined =>
  isListed(certificate, wanted, true)
    ? undefined
    : refuse('EXTENDED_KEY_USAGE_REFUSED', 'RFC 5280 §4.2.1.12', wanted);

function isListed(certificate: Certificate, wanted: string | undefined, acceptAny: boolean): boolean {
  const listed = certificate.extendedKeyUsage;
  if (wanted === undefined || listed === undefined) return true;
  return listed.includes(wanted) || (acceptAny && listed.includes(EXTENDED_KEY_USAGE_OID.any));
}
