import type { Crl } from '../../crl/model.ts';
import { EXTENSION_OID } from '../../x509/oids.ts';

/** Demands of RFC 5280 §5.2.3 on revocation lists; waived by name like those on certificates. */
export type CrlProfileRule = 'crl-number-present' | 'crl-number-not-critical';

const PROCESSED: ReadonlySet<string> = new Set([
  EXTENSION_OID.authorityKeyIdentifier,
  EXTENSION_OID.crlNumber,
  EXTENSION_OID.deltaCrlIndicator,
  EXTENSION_OID.freshestCrl,
  EXTENSION_OID.issuerAltName,
  EXTENSION_OID.issuingDistributionPoint,
]);

/** §5.2, §5.3: a list with something critical that is not understood decides about no certificate. */
export function isUnderstood(crl: Crl): boolean {
  if (crl.hasUnknownCriticalEntryExtension) return false;
  for (const [oid, extension] of crl.extensions) {
    if (extension.critical && !PROCESSED.has(oid)) return false;
  }
  return true;
}

export function keepsProfile(crl: Crl, waived: ReadonlySet<string> | 'all'): boolean {
  if (waived === 'all') return true;
  const number = crl.extensions.get(EXTENSION_OID.crlNumber);
  if (number === undefined) return waived.has('crl-number-present');
  return !number.critical || waived.has('crl-number-not-critical');
}
