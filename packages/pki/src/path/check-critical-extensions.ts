import type { Certificate } from '../x509/model.ts';
import { EXTENSION_OID } from '../x509/oids.ts';
import { type CheckFailure, refuse } from './failure.ts';

/** Extensions that validation acts on, or that bind nobody but the revocation check and the profile. */
const PROCESSED: ReadonlySet<string> = new Set([
  EXTENSION_OID.authorityInformationAccess,
  EXTENSION_OID.authorityKeyIdentifier,
  EXTENSION_OID.basicConstraints,
  EXTENSION_OID.certificatePolicies,
  EXTENSION_OID.crlDistributionPoints,
  EXTENSION_OID.extendedKeyUsage,
  EXTENSION_OID.freshestCrl,
  EXTENSION_OID.inhibitAnyPolicy,
  EXTENSION_OID.issuerAltName,
  EXTENSION_OID.keyUsage,
  EXTENSION_OID.nameConstraints,
  EXTENSION_OID.ocspNoCheck,
  EXTENSION_OID.policyConstraints,
  EXTENSION_OID.policyMappings,
  EXTENSION_OID.subjectAltName,
  EXTENSION_OID.subjectKeyIdentifier,
]);

/** §6.1.4(o) and §6.1.5(f): nothing critical that is not understood. */
export function checkCriticalExtensions(certificate: Certificate): CheckFailure | undefined {
  for (const [oid, extension] of certificate.extensions) {
    if (extension.critical && !PROCESSED.has(oid)) {
      return refuse('UNKNOWN_CRITICAL_EXTENSION', 'RFC 5280 §6.1.4(o)', oid);
    }
  }
  return undefined;
}
