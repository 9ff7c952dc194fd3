import type { CertificateProfile } from '../profile/model.ts';
import type { CaPolicy } from '../revocation/policy.ts';
import type { Certificate } from '../x509/model.ts';

export const TRUST_LIST_FORMAT = 'hufu-trust-list';
export const TRUST_LIST_VERSION = 1;

/** A recognised authority as everyone may know it. Certificates are parsed; `der` is in each. */
export type TrustedAuthority = {
  readonly id: string;
  readonly name: string;
  readonly nameEn: string | undefined;
  readonly phone: string;
  readonly anchors: readonly Certificate[];
  readonly intermediates: readonly Certificate[];
  readonly profile: CertificateProfile;
  readonly policy: CaPolicy;
  /** Addresses where the authority publishes its status, and the only hosts that may be asked. */
  readonly crlAddresses: readonly string[];
  readonly ocspAddresses: readonly string[];
  readonly status: 'active' | 'suspended' | 'withdrawn';
  /** Since when the status stands, ms UTC. */
  readonly since: number;
};

/** The recognised authorities of one region at one moment. */
export type TrustList = {
  /** Administrative division code (GB/T 2260) of the region that publishes it. */
  readonly region: string;
  /** Grows by at least one with every publication. */
  readonly sequence: number;
  readonly issuedAt: number;
  readonly validUntil: number;
  /** SHA-256 of the previous document's payload, hexadecimal; undefined in the first. */
  readonly previous: string | undefined;
  readonly authorities: readonly TrustedAuthority[];
};

/** A list whose signatures held, with the hash by which the next one links to it. */
export type VerifiedTrustList = TrustList & {
  /** SHA-256 of the payload bytes, hexadecimal. */
  readonly hash: string;
  /** Key ids that signed, of those pinned. */
  readonly signedBy: readonly string[];
};

/** A key that was given by hand, never learnt from a list. */
export type PinnedKey = {
  readonly kid: string;
  readonly algorithm: 'ES256' | 'SM2';
  /** SubjectPublicKeyInfo, DER. */
  readonly publicKey: Uint8Array;
};

/** What a reader remembers of the newest list that it accepted, to notice a rollback or a fork. */
export type TrustListMemory = { readonly sequence: number; readonly hash: string };
