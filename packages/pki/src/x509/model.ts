/** Parsed forms of RFC 5280 structures. All times are milliseconds since the epoch; all bytes are DER unless said. */

export type AlgorithmIdentifier = {
  readonly der: Uint8Array;
  readonly oid: string;
  /** Absent parameters and NULL are different things (RFC 4055 §2.1), so the encoded value is kept. */
  readonly parameters: Uint8Array | undefined;
};

export type KeyKind = 'sm2' | 'p256' | 'p384' | 'p521' | 'rsa' | 'ed25519' | 'dsa' | 'unknown';

export type SubjectPublicKeyInfo = {
  readonly der: Uint8Array;
  readonly algorithm: AlgorithmIdentifier;
  /** Content of the BIT STRING, without the unused-bits octet. */
  readonly publicKey: Uint8Array;
  readonly kind: KeyKind;
  /** RSA: modulus length. Curves: field size. 0 when unknown. */
  readonly bits: number;
};

export type NameAttribute = {
  readonly oid: string;
  /** Decoded text, or undefined when the value is not one of the string types. */
  readonly text: string | undefined;
  readonly tag: number;
  readonly value: Uint8Array;
};

export type Name = {
  readonly der: Uint8Array;
  readonly rdns: readonly (readonly NameAttribute[])[];
  /** Canonical text of each relative name, in order: one name lies below another when its keys begin with the other's. */
  readonly rdnKeys: readonly string[];
  /** Canonical text for comparison (RFC 5280 §7.1): equal names have equal keys. */
  readonly key: string;
};

export type GeneralName =
  | { readonly kind: 'email' | 'dns' | 'uri'; readonly text: string }
  | { readonly kind: 'dn'; readonly name: Name }
  | { readonly kind: 'ip'; readonly address: Uint8Array }
  | { readonly kind: 'other' | 'x400' | 'edi' | 'rid'; readonly der: Uint8Array };

export type Extension = { readonly oid: string; readonly critical: boolean; readonly value: Uint8Array };

export type BasicConstraints = { readonly ca: boolean; readonly pathLength: number | undefined };

export type GeneralSubtree = GeneralName;
export type NameConstraints = {
  readonly permitted: readonly GeneralSubtree[];
  readonly excluded: readonly GeneralSubtree[];
};

/** Bit names of RFC 5280 §4.2.1.3. */
export type KeyUsageBit =
  | 'digitalSignature'
  | 'nonRepudiation'
  | 'keyEncipherment'
  | 'dataEncipherment'
  | 'keyAgreement'
  | 'keyCertSign'
  | 'cRLSign'
  | 'encipherOnly'
  | 'decipherOnly';

export type DistributionPoint = {
  /** Full names, or names made from the issuer and a relative name. */
  readonly names: readonly GeneralName[] | undefined;
  /** Bit numbers of ReasonFlags (RFC 5280 §4.2.1.13), undefined when all. */
  readonly reasons: ReadonlySet<number> | undefined;
  readonly crlIssuer: readonly GeneralName[] | undefined;
};

export type CertificationRequest = {
  readonly der: Uint8Array;
  /** The signed part, as it stands in `der`. */
  readonly info: Uint8Array;
  readonly subject: Name;
  readonly spki: SubjectPublicKeyInfo;
  /** What the extensionRequest attribute asks for; empty when it is absent. */
  readonly requestedExtensions: ReadonlyMap<string, Extension>;
  readonly signatureAlgorithm: AlgorithmIdentifier;
  readonly signature: Uint8Array;
};

export type PolicyConstraints = {
  readonly requireExplicitPolicy: number | undefined;
  readonly inhibitPolicyMapping: number | undefined;
};

export type Certificate = {
  readonly der: Uint8Array;
  /** The signed part, as it stands in `der`. */
  readonly tbs: Uint8Array;
  /** 1, 2 or 3. */
  readonly version: number;
  /** Content octets of the INTEGER, sign octet included. */
  readonly serial: Uint8Array;
  /** Lower case hexadecimal without a leading sign octet. */
  readonly serialHex: string;
  readonly signatureAlgorithm: AlgorithmIdentifier;
  readonly signature: Uint8Array;
  readonly issuer: Name;
  readonly subject: Name;
  readonly notBefore: number;
  readonly notAfter: number;
  readonly spki: SubjectPublicKeyInfo;
  readonly extensions: ReadonlyMap<string, Extension>;

  readonly basicConstraints: BasicConstraints | undefined;
  readonly keyUsage: ReadonlySet<KeyUsageBit> | undefined;
  readonly extendedKeyUsage: readonly string[] | undefined;
  readonly subjectKeyIdentifier: Uint8Array | undefined;
  readonly authorityKeyIdentifier: Uint8Array | undefined;
  readonly subjectAlternativeNames: readonly GeneralName[] | undefined;
  readonly nameConstraints: NameConstraints | undefined;
  readonly policies: readonly string[] | undefined;
  readonly policyMappings: readonly { readonly issuer: string; readonly subject: string }[] | undefined;
  readonly policyConstraints: PolicyConstraints | undefined;
  readonly inhibitAnyPolicy: number | undefined;
  readonly crlDistributionPoints: readonly DistributionPoint[] | undefined;
  /** Addresses of id-ad-ocsp in the authority information access extension. */
  readonly ocspAddresses: readonly string[];
  /** Addresses of id-ad-caIssuers in the same extension. */
  readonly issuerAddresses: readonly string[];
};
