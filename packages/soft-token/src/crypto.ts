import type { SignatureAlgorithm } from '@hufu/pki';

/** RFC 7914 parameters. Memory is about 128·N·r bytes. */
export type ScryptCost = { readonly N: number; readonly r: number; readonly p: number };

/** About 64 MiB and a tenth of a second on a desktop of 2020. */
export const DEFAULT_COST: ScryptCost = { N: 65_536, r: 8, p: 1 };

export type Sealed = { readonly nonce: Uint8Array; readonly ciphertext: Uint8Array };

/** Cryptography that the token is built on, passed in so that the format stays free of platform code. */
export type TokenCrypto = {
  random(length: number): Uint8Array;
  /** RFC 7914, 32 bytes of output. */
  scrypt(input: { pin: Uint8Array; salt: Uint8Array; cost: ScryptCost }): Promise<Uint8Array>;
  /** AES-256-GCM with a fresh 96-bit nonce; the 128-bit tag ends the ciphertext. */
  seal(key: Uint8Array, plaintext: Uint8Array, context: Uint8Array): Sealed;
  /** Undefined when the key, the context or the data are not those that were sealed. */
  open(key: Uint8Array, sealed: Sealed, context: Uint8Array): Uint8Array | undefined;
  sha256(data: Uint8Array): Uint8Array;
  /** Undefined when the PKCS#8 cannot be read or its kind is not supported. */
  inspectKey(pkcs8: Uint8Array): InspectedKey | undefined;
};

export type InspectedKey = {
  readonly algorithm: SignatureAlgorithm;
  /** SubjectPublicKeyInfo, DER. */
  readonly publicKey: Uint8Array;
};
