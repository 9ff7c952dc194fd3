/**
 * As JWS names them; SM2 is GB/T 32918.2 with SM3, Ed25519 that of RFC 8032, SECP256K1 is ECDSA on that curve
 * (SEC 2 §2.4.1) over Keccak-256, as Ethereum's transactions are signed.
 */
export const KEY_RING_ALGORITHMS = ['ES256', 'RS256', 'SM2', 'Ed25519', 'SECP256K1'] as const;
export type KeyRingAlgorithm = (typeof KEY_RING_ALGORITHMS)[number];

/** `next` is published and does not sign yet; `retired` verifies and signs no more. */
export const KEY_RING_STATES = ['next', 'current', 'retired'] as const;
export type KeyRingState = (typeof KEY_RING_STATES)[number];

export type KeyRingInfo = {
  readonly id: string;
  /** What it is for, e.g. `oidc`, `trust-list`. A purpose has one current key per algorithm. */
  readonly purpose: string;
  readonly algorithm: KeyRingAlgorithm;
  readonly state: KeyRingState;
  /** Milliseconds since the epoch: when it was made, and when it got its state. */
  readonly createdAt: number;
  readonly changedAt: number;
};

/** A key as it is kept: its private part is PKCS#8 DER, or for SM2 the 32 bytes of the scalar, in Base64. */
export type StoredRingKey = KeyRingInfo & { readonly privateKey: string };
