/**
 * Electronic seals and seal signatures as values. V1 is GM/T 0031-2014, V4 is GB/T 38540-2020, V5 is GM/T 0031-2025.
 * All times are milliseconds since the epoch, all lengths millimetres, all bytes views of the parsed DER.
 */
export type SesVersion = 1 | 4 | 5;

/** Digest of a certificate that may sign with the seal; `type` is the vendor's name of the digest, usually `SM3`. */
export type CertificateDigest = { readonly type: string; readonly value: Uint8Array };

/** Who may sign with the seal (SES_CertList): whole certificates in DER, or their digests. */
export type SealSigners =
  | { readonly kind: 'certificates'; readonly certificates: readonly Uint8Array[] }
  | { readonly kind: 'digests'; readonly digests: readonly CertificateDigest[] };

/** SES_ESPropertyInfo. */
export type SealProperty = {
  /** Registry's number of the kind of seal. */
  readonly type: number;
  readonly name: string;
  readonly signers: SealSigners;
  readonly createdAt: number;
  readonly validFrom: number;
  readonly validTo: number;
};

/** SES_ESPictrueInfo. */
export type SealPicture = {
  /** Format in the maker's words: `PNG`, `GIF`, `ofd`, … */
  readonly type: string;
  readonly data: Uint8Array;
  readonly width: number;
  readonly height: number;
};

/** ExtData. `critical` is undefined when the encoding leaves the DEFAULT out. */
export type SealExtension = {
  readonly oid: string;
  readonly critical: boolean | undefined;
  readonly value: Uint8Array;
};

/** ExtensionDatas of a seal. Field samples write it bare; some texts put it under [0]. Both are read and kept. */
export type SealExtensions = {
  readonly tagged: boolean;
  readonly items: readonly SealExtension[];
};

/** SES_SealInfo: what the seal maker signs. */
export type SealInfo = {
  /** SES_Header.version as written. */
  readonly headerVersion: number;
  /** SES_Header.Vid: the vendor's identifier. */
  readonly vendor: string;
  /** esID: the seal's own number. */
  readonly id: string;
  readonly property: SealProperty;
  readonly picture: SealPicture;
  readonly extensions: SealExtensions | undefined;
};

/** SESeal. */
export type ElectronicSeal = {
  readonly version: SesVersion;
  readonly der: Uint8Array;
  readonly info: SealInfo;
  /** The message that the maker signed: eSealInfo alone, in V1 with certificate and algorithm. */
  readonly signed: Uint8Array;
  /** The seal maker's certificate, DER as found. */
  readonly makerCertificate: Uint8Array;
  readonly signatureOid: string;
  readonly signature: Uint8Array;
  /** V5 only: time-stamp token over the signature, as found. */
  readonly timeStamp: Uint8Array | undefined;
};

/** SES_Signature. */
export type SesSignature = {
  readonly version: SesVersion;
  readonly der: Uint8Array;
  /** TBS_Sign in DER: the message that the holder signed. */
  readonly signed: Uint8Array;
  /** TBS_Sign.version as written. */
  readonly statedVersion: number;
  readonly seal: ElectronicSeal;
  /** Signing time by the signer's own word; undefined when a V1 file holds another form. */
  readonly signedAt: number | undefined;
  /** V1 only: content of the timeInfo BIT STRING. */
  readonly timeInfo: Uint8Array | undefined;
  readonly dataHash: Uint8Array;
  /** What was hashed, in the maker's words: in OFD the path of Signature.xml. */
  readonly propertyInfo: string;
  readonly extensions: readonly SealExtension[] | undefined;
  /** The signer's certificate, DER as found. */
  readonly signerCertificate: Uint8Array;
  readonly signatureOid: string;
  readonly signature: Uint8Array;
  /** Time-stamp token over the signature, as found. */
  readonly timeStamp: Uint8Array | undefined;
};
