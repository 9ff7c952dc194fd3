import type { Crl, CrlReason } from '../../crl/model.ts';

/** Why the lists at hand say nothing. The most telling one is reported when several lists failed. */
export type CrlUnknownReason =
  /** Signed by a key that may not sign for this issuer. */
  | 'wrong-signer'
  /** The signature is wrong. */
  | 'unsigned'
  | 'weak-algorithm'
  /** It carries something critical that is not understood, or breaks RFC 5280 §5. */
  | 'malformed'
  | 'not-yet-valid'
  /** A genuine list that has run out. */
  | 'stale'
  /** Lists there are, for other certificates or for some reasons only. */
  | 'wrong-scope'
  | 'no-source';

export type CrlStatus =
  | {
      readonly status: 'good';
      /** Lists that together cover every reason for revocation. */
      readonly crls: readonly Crl[];
      /** The earliest nextUpdate among them, ms UTC. */
      readonly nextUpdate: number;
    }
  | {
      readonly status: 'revoked';
      readonly reason: CrlReason;
      /** Since when, ms UTC. */
      readonly time: number;
      readonly crls: readonly [Crl];
    }
  | {
      readonly status: 'unknown';
      readonly reason: CrlUnknownReason;
      /** Only with `stale`: genuine lists said good until this moment, ms UTC. */
      readonly goodUntil?: number;
      readonly crls: readonly Crl[];
    };
