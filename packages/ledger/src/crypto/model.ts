import type { Sha256 } from '../tree/hasher.ts';

/** An Ed25519 key that signs, wherever it lives. */
export type Ed25519Signer = {
  /** 32 bytes, RFC 8032. */
  readonly publicKey: Uint8Array;
  /** 64 bytes over the message itself. */
  sign(message: Uint8Array): Promise<Uint8Array>;
};

/** An SM2 key that signs with SM3 and the default ID. `Signer` of `@hufu/pki` with algorithm sm2-sm3 fits. */
export type Sm2Signer = {
  /** SubjectPublicKeyInfo, DER. */
  readonly publicKey: Uint8Array;
  /** DER signature over the message itself. */
  sign(message: Uint8Array): Promise<Uint8Array>;
};

export type SignatureCheck = {
  /** Ed25519: 32 bytes. SM2: 04 ‖ x ‖ y. */
  readonly publicKey: Uint8Array;
  readonly message: Uint8Array;
  /** Ed25519: 64 bytes. SM2: DER. */
  readonly signature: Uint8Array;
};

/** What verifying evidence asks of cryptography. False for keys and encodings that are refused; never throws. */
export type LedgerCrypto = {
  readonly sha256: Sha256;
  verifyEd25519(check: SignatureCheck): Promise<boolean>;
  verifySm2(check: SignatureCheck): Promise<boolean>;
};
