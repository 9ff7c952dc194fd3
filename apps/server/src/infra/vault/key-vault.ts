/**
 * As JWS names them; SM2 is GB/T 32918.2 with SM3, Ed25519 that of RFC 8032, SECP256K1 is ECDSA on that curve
 * (SEC 2 §2.4.1) over Keccak-256, as Ethereum's transactions are signed.
 */
export const KEY_ALGORITHMS = ['ES256', 'RS256', 'SM2', 'Ed25519', 'SECP256K1'] as const;
export type KeyAlgorithm = (typeof KEY_ALGORITHMS)[number];
/** `next` is published and does not sign yet; `retired` verifies and signs no more. */
export type KeyState = 'next' | 'current' | 'retired';

export type KeyInfo = {
  readonly id: string;
  /** What it is for, e.g. `oidc`, `trust-list`. A purpose has one current key per algorithm. */
  readonly purpose: string;
  readonly algorithm: KeyAlgorithm;
  readonly state: KeyState;
  /** Milliseconds since the epoch: when it was made, and when it got its state. */
  readonly createdAt: number;
  readonly changedAt: number;
};

/**
 * Our own keys, behind one face: private keys never leave it. An encrypted file serves now; a process of its
 * own, or a PKCS#11 module, can take its place.
 */
export type KeyVault = {
  list(purpose: string): readonly KeyInfo[];
  /** SubjectPublicKeyInfo, DER. @throws VAULT_KEY_UNKNOWN */
  publicKey(id: string): Uint8Array;
  /**
   * Signs the message, not a digest. ES256 and SM2 (default id, over SM3) answer DER, Ed25519 its 64 bytes, SECP256K1
   * r (32), s (32, the lower one) and the recovery bit (1). @throws VAULT_KEY_UNKNOWN, VAULT_KEY_RETIRED
   */
  sign(id: string, data: Uint8Array): Promise<Uint8Array>;
  /** The current key; makes it when there is none. */
  ensure(purpose: string, algorithm: KeyAlgorithm): Promise<KeyInfo>;
  /** Makes the key that will be current after the next rotation, to be published beforehand. */
  prepare(purpose: string, algorithm: KeyAlgorithm): Promise<KeyInfo>;
  /** next → current, current → retired; without a next one a fresh key takes its place. */
  rotate(purpose: string, algorithm: KeyAlgorithm): Promise<KeyInfo>;
  /** Forgets a retired key, once nothing that it signed is still accepted. */
  remove(id: string): Promise<void>;
  /** 32 bytes for symmetric work under a name, derived: the same on every call. */
  secret(name: string): Uint8Array;
  /** Called after each change of keys. @returns a way to stop that */
  onChange(listener: () => void): () => void;
};
