import {
  assembleSignedData,
  type Certificate,
  type CmsDialect,
  cmsAttribute,
  DIALECT_OID,
  PKCS9_OID,
  type SignatureAlgorithm,
} from '@hufu/pki';

export type DetachedSignatureSpec = {
  readonly dialect: CmsDialect;
  readonly certificate: Certificate;
  readonly algorithm: SignatureAlgorithm;
  /** Issuers' certificates to send along, DER, in any order. */
  readonly chain: readonly Uint8Array[];
  /** As `documentAttributes` made it. */
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
    type: DIALECT_OID[dialect].signedData,
    contentType: DIALECT_OID[dialect].data,
    algorithm: spec.algorithm,
    certificate,
    certificates: [certificate.der, ...chain],
    signedAttributes: spec.attributes,
    signature: spec.signature,
    unsignedAttributes: stamp,
  });
}
