import type { TrustAnchor } from '@hufu/pki';

/** The configured time-stamp service (RFC 3161), as sealing uses it. */
export type TimeStamper = {
  /** Whom to trust for its tokens. */
  readonly anchors: readonly TrustAnchor[];
  /** TimeStampToken over a signature value, DER; undefined when the service cannot be had now: the seal is made without. */
  stamp(signature: Uint8Array): Promise<Uint8Array | undefined>;
};
