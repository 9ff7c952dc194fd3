import { derOctetString, derOid, derSet } from '@hufu/gm';
import { digest } from '../crypto/digest.ts';
import type { SignatureAlgorithm } from '../crypto-engine.ts';
import type { Certificate } from '../x509/model.ts';
import { CONTENT_OID, PKCS9_OID } from '../x509/oids.ts';
import { cmsAttribute, digestOfSignature, signingCertificateAttribute } from './signed-data-parts.ts';

/** `cades`: RFC 5652 and ETSI EN 319 122-1. `gm`: the same structure under the OIDs of GM/T 0010 (GB/T 35275). */
export type CmsDialect = 'cades' | 'gm';

export const DIALECT_OID = {
  cades: { signedData: CONTENT_OID.signedData, data: CONTENT_OID.data },
  gm: { signedData: CONTENT_OID.gmSignedData, data: CONTENT_OID.gmData },
} as const satisfies Record<CmsDialect, unknown>;

export type DocumentAttributesSpec = {
  readonly dialect: CmsDialect;
  readonly certificate: Certificate;
  readonly algorithm: SignatureAlgorithm;
  /** 32 bytes: SHA-256, or SM3 when the key is SM2, of the bytes that are signed. */
  readonly documentDigest: Uint8Array;
};

/**
 * SET OF Attribute to be signed for a document: content type, message digest and the signer's certificate. The claimed
 * time stands in the signature dictionary, so the signing-time attribute must be absent (ETSI EN 319 142-1 §5.3,
 * table 1). Whoever holds the key can make the same bytes again from the digest: they hold nothing else.
 */
export function documentAttributes(spec: DocumentAttributesSpec): Uint8Array {
  return derSet(
    cmsAttribute(PKCS9_OID.contentType, derOid(DIALECT_OID[spec.dialect].data)),
    cmsAttribute(PKCS9_OID.messageDigest, derOctetString(spec.documentDigest)),
    signingCertificateAttribute(spec.certificate, digestOfSignature(spec.algorithm), { digest }),
  );
}
