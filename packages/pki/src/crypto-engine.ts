import type { AlgorithmIdentifier, SubjectPublicKeyInfo } from './x509/model.ts';

/** Signature algorithms that this project makes. More are verified (see the algorithm policy). */
export type SignatureAlgorithm = 'sm2-sm3' | 'ecdsa-p256-sha256' | 'rsa-pkcs1-sha256';

/** Digests named by OID in the formats: SM3 1.2.156.10197.1.401, SHA-2, and SHA-1 where a format fixes it. */
export type DigestAlgorithm = 'sha1' | 'sha256' | 'sha384' | 'sha512' | 'sm3';

/**
 * The only door to cryptography for this package. Node has one on OpenSSL (`@hufu/pki/node`); a browser brings its
 * own. Verification returns false on a wrong signature and on a key or encoding that it refuses; it never throws.
 */
export type CryptoEngine = {
  verify(
    key: SubjectPublicKeyInfo,
    algorithm: AlgorithmIdentifier,
    message: Uint8Array,
    signature: Uint8Array,
  ): Promise<boolean>;
  digest(algorithm: DigestAlgorithm, message: Uint8Array): Uint8Array;
};

/** A key that can sign, wherever it lives: file, token, vault. */
export type Signer = {
  readonly algorithm: SignatureAlgorithm;
  /** SubjectPublicKeyInfo, DER. */
  readonly publicKey: Uint8Array;
  /** Signs the message (not a digest). SM2 uses the default ID 1234567812345678; ECDSA and SM2 return DER. */
  sign(message: Uint8Array): Promise<Uint8Array>;
};
