import type { KeyRingAlgorithm, KeyRingInfo, KeyRingState } from '@hufu/pki/node';
import type { SecretName } from './secret-names.ts';

export type KeyAlgorithm = KeyRingAlgorithm;
export type KeyInfo = KeyRingInfo;
export type KeyState = KeyRingState;

/**
 * Our own keys, behind one face: private keys never leave it. A process of its own holds them (`remote-vault.ts`), or an
 * encrypted file.
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
  secret(name: SecretName): Uint8Array;
  /** Called after each change of keys. @returns a way to stop that */
  onChange(listener: () => void): () => void;
};
