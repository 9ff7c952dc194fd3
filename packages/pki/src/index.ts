export { buildCertificate, type CertificateSpec } from './build/certificate.ts';
export { buildCrl, type CrlEntrySpec, type CrlSpec } from './build/crl.ts';
export {
  authorityInformationAccess,
  authorityKeyIdentifier,
  basicConstraints,
  buildExtension,
  buildGeneralName,
  certificatePolicies,
  crlDistributionPoints,
  type ExtensionSpec,
  extendedKeyUsage,
  type GeneralNameSpec,
  issuingDistributionPoint,
  keyUsage,
  ocspNoCheck,
  subjectAltName,
  subjectKeyIdentifier,
} from './build/extensions.ts';
export { buildName, type NamePart } from './build/name.ts';
export { buildCertificationRequest } from './build/request.ts';
export { signatureIdentifier, signDer } from './build/signed.ts';
export type * from './cms/model.ts';
export * from './crl/model.ts';
export { parseCrl, parseCrlInSteps } from './crl/parse-crl.ts';
export { digest } from './crypto/digest.ts';
export type { CryptoEngine, DigestAlgorithm, SignatureAlgorithm, Signer } from './crypto-engine.ts';
export { PKI_ERRORS, type PkiErrorCode } from './errors.ts';
export * from './ocsp/model.ts';
export * from './tsp/model.ts';
export { parseCertificate, serialToHex } from './x509/certificate.ts';
export {
  type CertificateIdentity,
  certificateFingerprint,
  certificateIdentity,
  identityText,
  keyIdentifier,
  publicKeyHash,
} from './x509/identity.ts';
export { parsePublicKeyInfo } from './x509/key.ts';
export type * from './x509/model.ts';
export { canonicalText, nameTexts } from './x509/name.ts';
export {
  ACCESS_OID,
  ATTRIBUTE_OID,
  CONTENT_OID,
  CURVE_OID,
  DIGEST_OID,
  EXTENDED_KEY_USAGE_OID,
  EXTENSION_OID,
  KEY_OID,
  SIGNATURE_OID,
} from './x509/oids.ts';
export { parseCertificationRequest, verifyCertificationRequest } from './x509/request.ts';
export { isSignedBy } from './x509/signature.ts';
export {
  digestOfOid,
  fitsKey,
  type SignatureScheme,
  signatureScheme,
} from './x509/signature-algorithm.ts';
