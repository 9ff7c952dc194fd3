import { derOctetString, derOid, derSet } from '@hufu/gm';
import {
  assembleSignedData,
  type Certificate,
  CONTENT_OID,
  cmsAttribute,
  digest,
  digestOfSignature,
  PKCS9_OID,
  type SignatureAlgorithm,
  signingCertificateAttribute,
} from '@hufu/pki';

/** `cades`: RFC 5652 and ETSI EN 319 122-1. `gm`: the same structure under the OIDs of GM/T 0010 (GB/T 35275). */
export type CmsDialect = 'cades' | 'gm';

const TYPES = {
  cades: { signedData: CONTENT_OID.signedData, data: CONTENT_OID.data },
  gm: { signedData: CONTENT_OID.gmSignedData, data: CONTENT_OID.gmData },
} as const satisfies Record<CmsDialect, unknown>;

export type SignedAttributesSpec = {
  readonly dialect: CmsDialect;
  readonly certificate: Certificate;
  readonly algorithm: SignatureAlgorithm;
  /** 32 bytes: SHA-256, or SM3 when the key is SM2, of the bytes that are signed. */
  readonly documentDigest: Uint8Array;
};

/**
 * SET OF Attribute to be signed: content type, message digest and the signer's certificate. The claimed time stands in
 * the signature dictionary, so the signing-time attribute must be absent (ETSI EN 319 142-1 §5.3, table 1).
 */
export function signedAttributes(spec: SignedAttributesSpec): Uint8Array {
  return derSet(
    cmsAttribute(PKCS9_OID.contentType, derOid(TYPES[spec.dialect].data)),
    cmsAttribute(PKCS9_OID.messageDigest, derOctetString(spec.documentDigest)),
    signingCertificateAttribute(spec.certificate, digestOfSignature(spec.algorithm), { digest }),
  );
}

export type DetachedSignatureSpec = {
  readonly dialect: CmsDialect;
  readonly certificate: Certificate;
  readonly algorithm: SignatureAlgorithm;
  /** Issuers' certificates to send along, DER, in any order. */
  readonly chain: readonly Uint8Array[];
  /** As `signedAttributes` made it. */
  readonly attributes: Uint8Array;
  /** DER of the pair for ECDSA and SM2. */
  readonly signature: Uint8Array;
  /** TimeStampToken over the signature value (RFC 3161 appendix A). */
  readonly timeStampToken?: Uint8Array | undefined;
};

/** Detached ContentInfo with SignedData of one signer: what stands in /Contents. */
export function detachedSignature(spec: DetachedSignatureSpec): Uint8Array {
  const { dialect, certificate, chain, timeStampToken } = spec;
  const stamp =
    timeStampToken === undefined ? [] : [cmsAttribute(PKCS9_OID.signatureTimeStamp, timeStampToken)];
  return assembleSignedData({
    type: TYPES[dialect].signedData,
    contentType: TYPES[dialect].data,
    algorithm: spec.algorithm,
    certificate,
    certificates: [certificate.der, ...chain],
    signedAttributes: spec.attributes,
    signature: spec.signature,
    unsignedAttributes: stamp,
  });
}
