import type { RandomBytes } from '@hufu/kernel';
import { concatBytes, equalBytes } from '@hufu/kernel';
import { gmError } from '../errors.ts';
import { sm3 } from '../sm3.ts';
import { decodeSm2Cipher, encodeSm2Cipher, type Sm2Ciphertext } from './ciphertext.ts';
import { decodePoint, encodePoint, pointCoordinates, Sm2Group, type Sm2Point } from './curve.ts';
import { privateScalar, randomScalar } from './keys.ts';

/** Key derivation of GB/T 32918.4 §5.4.3. @param length bytes */
export function sm2Kdf(shared: Uint8Array, length: number): Uint8Array {
  const out = new Uint8Array(32 * Math.ceil(length / 32));
  const prefix = sm3.create().update(shared);
  const counter = new DataView(new ArrayBuffer(4));
  for (let i = 0; 32 * i < length; i++) {
    counter.setUint32(0, i + 1);
    out.set(prefix.clone().update(new Uint8Array(counter.buffer)).digest(), 32 * i);
  }
  return out.subarray(0, length);
}

const xor = (a: Uint8Array, b: Uint8Array): Uint8Array => a.map((byte, i) => byte ^ b[i]!);

/** GB/T 32918.4 §6.1 with a given k; undefined when the standard asks for another k. */
export function encryptWithNonce(
  publicKey: Sm2Point,
  plaintext: Uint8Array,
  k: bigint,
): Sm2Ciphertext | undefined {
  const { x, y } = pointCoordinates(publicKey.multiply(k));
  const mask = sm2Kdf(concatBytes(x, y), plaintext.length);
  if (mask.every((byte) => byte === 0)) return undefined;
  const hash = sm3(concatBytes(x, plaintext, y));
  return { c1: encodePoint(Sm2Group.BASE.multiply(k)), hash, masked: xor(plaintext, mask) };
}

/**
 * GB/T 32918.4-2016 public-key encryption to SM2Cipher DER.
 * @param publicKey 04 ‖ x ‖ y @param plaintext one byte or more @throws GM_SM2_PUBLIC_KEY, GM_SM2_PLAINTEXT, RANDOM_SOURCE
 */
export function encryptSm2(publicKey: Uint8Array, plaintext: Uint8Array, random: RandomBytes): Uint8Array {
  if (plaintext.length === 0) throw gmError('GM_SM2_PLAINTEXT');
  const point = decodePoint(publicKey);
  for (;;) {
    const ciphertext = encryptWithNonce(point, plaintext, randomScalar(random));
    if (ciphertext !== undefined) return encodeSm2Cipher(ciphertext);
  }
}

/** Ends a decryption when [d]C1 is known, wherever it was computed (a token, two halves). @throws GM_SM2_CIPHERTEXT */
export function openWithSharedPoint(shared: Sm2Point, ciphertext: Sm2Ciphertext): Uint8Array {
  const { x, y } = pointCoordinates(shared);
  const mask = sm2Kdf(concatBytes(x, y), ciphertext.masked.length);
  const plaintext = xor(ciphertext.masked, mask);
  const right = equalBytes(sm3(concatBytes(x, plaintext, y)), ciphertext.hash);
  if (!right || mask.every((byte) => byte === 0)) throw gmError('GM_SM2_CIPHERTEXT');
  return plaintext;
}

/** @param ciphertext SM2Cipher DER @throws GM_SM2_PRIVATE_KEY, GM_SM2_CIPHERTEXT (one code for every cause: no oracle) */
export function decryptSm2(privateKey: Uint8Array, ciphertext: Uint8Array): Uint8Array {
  const d = privateScalar(privateKey);
  const parsed = decodeSm2Cipher(ciphertext);
  return openWithSharedPoint(decodePoint(parsed.c1).multiply(d), parsed);
}
