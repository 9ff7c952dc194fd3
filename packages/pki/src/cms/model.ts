import type { AlgorithmIdentifier, Certificate, Name } from '../x509/model.ts';

/** Attribute values by type, each value as its whole DER. */
export type CmsAttributes = ReadonlyMap<string, readonly Uint8Array[]>;

export type SignerIdentifier =
  | { readonly kind: 'issuerAndSerial'; readonly issuer: Name; readonly serialHex: string }
  | { readonly kind: 'subjectKeyIdentifier'; readonly keyIdentifier: Uint8Array };

/** SignerInfo (RFC 5652 §5.3). */
export type SignerInfo = {
  readonly sid: SignerIdentifier;
  readonly digestAlgorithm: AlgorithmIdentifier;
  /** SET OF Attribute as it was signed (identifier octet 31), undefined when the content is signed directly. */
  readonly signedAttributesDer: Uint8Array | undefined;
  readonly signedAttributes: CmsAttributes;
  readonly signatureAlgorithm: AlgorithmIdentifier;
  readonly signature: Uint8Array;
  readonly unsignedAttributes: CmsAttributes;
};

/** SignedData (RFC 5652 §5.1). */
export type SignedData = {
  readonly der: Uint8Array;
  readonly contentType: string;
  /** Absent when the signature is detached. */
  readonly content: Uint8Array | undefined;
  /** Certificates that came along; none of them is trusted by being there. */
  readonly certificates: readonly Certificate[];
  readonly signers: readonly SignerInfo[];
};
