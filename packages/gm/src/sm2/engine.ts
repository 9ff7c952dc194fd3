import type { RandomBytes } from '@hufu/kernel';
import { decodePoint } from './curve.ts';
import { sm2Digest } from './digest.ts';
import { decryptSm2, encryptSm2 } from './encrypt.ts';
import { sm2PublicKey } from './keys.ts';
import { signSm2Digest, verifySm2Digest } from './sign.ts';
import { decodeSm2Signature, encodeSm2Signature } from './signature.ts';

/**
 * SM2 over messages. Private keys are 32 bytes, public keys 04 ‖ x ‖ y, signatures and ciphertexts DER
 * (GB/T 35276 §7); the ID is 1234567812345678 unless given.
 */
export type Sm2Engine = {
  /** @throws GM_SM2_PRIVATE_KEY, GM_SM2_ID, RANDOM_SOURCE */
  sign(privateKey: Uint8Array, message: Uint8Array, id?: Uint8Array): Uint8Array;
  /** False for a wrong signature and for any key or encoding that is refused; never throws on hostile input. */
  verify(publicKey: Uint8Array, message: Uint8Array, signature: Uint8Array, id?: Uint8Array): boolean;
  /** @throws GM_SM2_PUBLIC_KEY, GM_SM2_PLAINTEXT, RANDOM_SOURCE */
  encrypt(publicKey: Uint8Array, plaintext: Uint8Array): Uint8Array;
  /** @throws GM_SM2_PRIVATE_KEY, GM_SM2_CIPHERTEXT */
  decrypt(privateKey: Uint8Array, ciphertext: Uint8Array): Uint8Array;
};

/** The portable engine: browser, tests, and what OpenSSL does not offer in Node. Not constant in time (BigInt). */
export function nobleSm2(random: RandomBytes): Sm2Engine {
  return {
    sign(privateKey, message, id) {
      const digest = sm2Digest(sm2PublicKey(privateKey), message, id);
      return encodeSm2Signature(signSm2Digest(privateKey, digest, random));
    },
    verify(publicKey, message, signature, id) {
      try {
        const point = decodePoint(publicKey);
        return verifySm2Digest(point, sm2Digest(publicKey, message, id), decodeSm2Signature(signature));
      } catch {
        return false;
      }
    },
    encrypt: (publicKey, plaintext) => encryptSm2(publicKey, plaintext, random),
    decrypt: decryptSm2,
  };
}
