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
export { buildSignedData, type SignedDataSpec } from './cms/build-signed-data.ts';
export {
  type CmsDialect,
  DIALECT_OID,
  type DocumentAttributesSpec,
  documentAttributes,
} from './cms/document-attributes.ts';
export { type DocumentMessage, isDocumentMessage } from './cms/document-message.ts';
export type * from './cms/model.ts';
export { parseSignedData } from './cms/parse-signed-data.ts';
export {
  assembleSignedData,
  cmsAttribute,
  digestOfSignature,
  type SignedDataParts,
  signingCertificateAttribute,
} from './cms/signed-data-parts.ts';
export {
  type CmsSignatureFailure,
  type CmsSignatureQuestion,
  type CmsSignatureVerdict,
  verifySignerInfo,
} from './cms/verify-signed-data.ts';
export * from './crl/model.ts';
export { parseCrl, parseCrlInSteps } from './crl/parse-crl.ts';
export { digest } from './crypto/digest.ts';
export { pureCryptoEngine } from './crypto/pure-engine.ts';
export type { CryptoEngine, DigestAlgorithm, SignatureAlgorithm, Signer } from './crypto-engine.ts';
export { PKI_ERRORS, type PkiErrorCode } from './errors.ts';
export {
  buildOcspError,
  buildOcspResponse,
  type OcspResponseSpec,
  type OcspSingleSpec,
} from './ocsp/build-response.ts';
export {
  buildCertId,
  type CertIdSubject,
  isCertIdOf,
  isCertIdOfIssuer,
  parseCertId,
} from './ocsp/cert-id.ts';
export * from './ocsp/model.ts';
export { parseOcspResponse } from './ocsp/parse-response.ts';
export { buildOcspRequest, parseOcspRequest } from './ocsp/request.ts';
export {
  type OcspSignatureFailure,
  type OcspSignatureQuestion,
  type OcspSignatureVerdict,
  verifyOcspSignature,
} from './ocsp/verify-response.ts';
export { type AlgorithmPolicy, TRADING_ALGORITHMS } from './path/algorithm-policy.ts';
export { type CertificatePath, issuerAt, type PathIssuer } from './path/certificate-path.ts';
export type { KeyPurpose } from './path/check-key-usage.ts';
export type { ValidPath } from './path/check-path.ts';
export { type CrlCheckOptions, checkCrl } from './path/crl/check-crl.ts';
export type { CrlProfileRule } from './path/crl/crl-profile.ts';
export type { CrlStatus, CrlUnknownReason } from './path/crl/crl-status.ts';
export {
  type CheckFailure,
  PATH_FAILURE_CODES,
  type PathFailure,
  type PathFailureCode,
} from './path/failure.ts';
export { DEFAULT_LIMITS, type Limits } from './path/limits.ts';
export type {
  EndUse,
  PathObjection,
  PathRules,
  PolicyInputs,
  ValidatePathOptions,
} from './path/path-options.ts';
export type { ProfileRule } from './path/profile-lint.ts';
export {
  anchorFromCertificate,
  anchorFromKey,
  createTrustStore,
  type TrustAnchor,
  type TrustStore,
  type TrustStoreContent,
} from './path/trust-store.ts';
export { type PathVerdict, validatePath } from './path/validate-path.ts';
export { createVerifiedSignatures, type VerifiedSignatures } from './path/verified-signatures.ts';
export { enterpriseObstacle, type HolderObstacle, hasDoubtfulFacts } from './profile/eligibility.ts';
export type * from './profile/model.ts';
export { parseProfile } from './profile/profile-json.ts';
export { HOLDER_KINDS, MEDIA, readProfile } from './profile/read-profile.ts';
export { combineVerdicts } from './revocation/combine.ts';
export { type CrlGenuineness, isCrlGenuine } from './revocation/genuine-crl.ts';
export { type CrlQuestion, judgeCrls } from './revocation/judge-crl.ts';
export { judgeOcsp, type OcspQuestion } from './revocation/judge-ocsp.ts';
export {
  type Allowed,
  type AllowedAlgorithm,
  type CaPolicy,
  closedPolicy,
  type Decision,
  type Denied,
  decide,
  type GracePolicy,
  type GraceUse,
  type Suspension,
} from './revocation/policy.ts';
export { caPolicyToJson, parseCaPolicy } from './revocation/policy-json.ts';
export {
  CERTIFICATE_REFUSALS,
  type RefusalCode,
  type RefusalEntry,
  refusalDetail,
} from './revocation/refusals.ts';
export {
  type GoodVerdict,
  type RevocationEvidence,
  type RevocationSource,
  type RevocationVerdict,
  type RevokedVerdict,
  type UnknownReason,
  type UnknownVerdict,
  unknownVerdict,
} from './revocation/verdict.ts';
export { algorithmsOf } from './trust-list/allowed-algorithms.ts';
export { type Assessment, admission, assess, NO_POLICY } from './trust-list/assess.ts';
export type { ListSigner } from './trust-list/jws.ts';
export * from './trust-list/model.ts';
export {
  holdsSameAuthorities,
  type Publication,
  type PublishedTrustList,
  publishTrustList,
} from './trust-list/publish.ts';
export {
  createTrustIndex,
  type Recognition,
  type RecognitionOptions,
  type TrustIndex,
  type TrustIndexParts,
} from './trust-list/recognise.ts';
export { type TrustListExpectation, verifyTrustList } from './trust-list/verify.ts';
export { buildTimeStampRefusal, buildTimeStampResponse, type TimeStampSpec } from './tsp/build-response.ts';
export * from './tsp/model.ts';
export { parseTimeStampResponse, parseTimeStampToken } from './tsp/parse-response.ts';
export { buildTimeStampRequest, parseTimeStampRequest, type TimeStampRequestSpec } from './tsp/request.ts';
export {
  namesCertificate,
  type TimeStampQuestion,
  type TimeStampRefusal,
  type TimeStampVerdict,
  verifyTimeStampToken,
} from './tsp/verify-token.ts';
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
export { isMessageSignedBy } from './x509/message-signature.ts';
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
  PKCS9_OID,
  SIGNATURE_OID,
} from './x509/oids.ts';
export { parseCertificationRequest, verifyCertificationRequest } from './x509/request.ts';
export { isRequestOfKey } from './x509/request-of-key.ts';
export { isSignedBy } from './x509/signature.ts';
export {
  digestOfOid,
  fitsKey,
  type SignatureScheme,
  signatureScheme,
} from './x509/signature-algorithm.ts';
