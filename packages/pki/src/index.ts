export type { CryptoEngine, DigestAlgorithm, SignatureAlgorithm, Signer } from './crypto-engine.ts';
export { PKI_ERRORS, type PkiErrorCode } from './errors.ts';
export { parseCertificate, serialToHex } from './x509/certificate.ts';
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
