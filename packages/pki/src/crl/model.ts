import type { AlgorithmIdentifier, Extension, GeneralName, Name } from '../x509/model.ts';

/** CRLReason (RFC 5280 §5.3.1); 7 is not used. */
export const CRL_REASONS = {
  unspecified: 0,
  keyCompromise: 1,
  cACompromise: 2,
  affiliationChanged: 3,
  superseded: 4,
  cessationOfOperation: 5,
  certificateHold: 6,
  removeFromCRL: 8,
  privilegeWithdrawn: 9,
  aACompromise: 10,
} as const;

export type CrlReason = keyof typeof CRL_REASONS;

export type IssuingDistributionPoint = {
  readonly names: readonly GeneralName[] | undefined;
  readonly onlyUserCertificates: boolean;
  readonly onlyCaCertificates: boolean;
  /** Bit numbers of ReasonFlags, undefined when all. */
  readonly onlySomeReasons: ReadonlySet<number> | undefined;
  readonly indirect: boolean;
  readonly onlyAttributeCertificates: boolean;
};

export type CrlEntry = {
  readonly serialHex: string;
  readonly revokedAt: number;
  /** `unspecified` when the entry names no reason. */
  readonly reason: CrlReason;
  readonly invalidityDate: number | undefined;
  /** Who issued the revoked certificate: the CRL's issuer, unless an indirect CRL names another. */
  readonly certificateIssuer: Name;
};

/** A parsed CRL. Its entries stay in `der`, found through a compact index. Times are milliseconds since the epoch. */
export type Crl = {
  readonly der: Uint8Array;
  /** The signed part, as it stands in `der`. */
  readonly tbs: Uint8Array;
  /** 1 or 2. */
  readonly version: number;
  readonly signatureAlgorithm: AlgorithmIdentifier;
  readonly signature: Uint8Array;
  readonly issuer: Name;
  readonly thisUpdate: number;
  readonly nextUpdate: number | undefined;
  readonly extensions: ReadonlyMap<string, Extension>;
  readonly authorityKeyIdentifier: Uint8Array | undefined;
  readonly crlNumber: bigint | undefined;
  /** Set on a delta CRL: the number of the CRL that it builds on. */
  readonly baseCrlNumber: bigint | undefined;
  readonly issuingDistributionPoint: IssuingDistributionPoint | undefined;
  /** An entry has a critical extension that this reader does not know: then no entry may be relied on (RFC 5280 §5.3). */
  readonly hasUnknownCriticalEntryExtension: boolean;
  readonly size: number;
  /**
   * The entry for a certificate, if it is listed. `serialHex` as in `Certificate.serialHex`; without
   * `certificateIssuer` the CRL's own issuer is meant. An entry that removes from the CRL yields to one that does not.
   */
  find(serialHex: string, certificateIssuer?: Name): CrlEntry | undefined;
  entries(): IterableIterator<CrlEntry>;
};
