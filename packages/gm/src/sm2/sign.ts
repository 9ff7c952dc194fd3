import { concatBytes, drawRandom, type RandomBytes } from '@hufu/kernel';
import { invert, mod } from '@noble/curves/abstract/modular.js';
import { hmacSm3 } from '../sm3.ts';
import { SM2_CURVE, Sm2Group, type Sm2Point, toBigInt, toBytes32 } from './curve.ts';
import { privateScalar } from './keys.ts';
import type { Sm2Signature } from './signature.ts';

const { n } = SM2_CURVE;

/** GB/T 32918.2 §6.1 A4 to A7 with a given k; undefined when the standard asks for another k. */
export function signDigestWithNonce(d: bigint, digest: Uint8Array, k: bigint): Sm2Signature | undefined {
  const r = mod(toBigInt(digest) + Sm2Group.BASE.multiply(k).toAffine().x, n);
  if (r === 0n || r + k === n) return undefined;
  const s = mod(invert(1n + d, n) * (k - r * d), n);
  return s === 0n ? undefined : { r, s };
}

/**
 * Signs a digest e = SM3(Z ‖ M). The nonce is HMAC-SM3(d, e ‖ random ‖ count): a weak random source alone neither
 * repeats a nonce for two messages nor makes it guessable (the idea of RFC 6979 §3.6).
 * @param digest 32 bytes @throws GM_SM2_PRIVATE_KEY, RANDOM_SOURCE
 */
export function signSm2Digest(privateKey: Uint8Array, digest: Uint8Array, random: RandomBytes): Sm2Signature {
  const d = privateScalar(privateKey);
  const seed = concatBytes(digest, drawRandom(random, 32));
  for (let count = 0; ; count++) {
    const k = toBigInt(hmacSm3(toBytes32(d), concatBytes(seed, Uint8Array.of(count))));
    const signature = k >= 1n && k < n ? signDigestWithNonce(d, digest, k) : undefined;
    if (signature !== undefined) return signature;
  }
}

/** GB/T 32918.2 §7.1. @param digest e, 32 bytes */
export function verifySm2Digest(publicKey: Sm2Point, digest: Uint8Array, { r, s }: Sm2Signature): boolean {
  if (r < 1n || r >= n || s < 1n || s >= n) return false;
  const t = mod(r + s, n);
  if (t === 0n) return false;
  const point = Sm2Group.BASE.mulAddUnsafe(s, publicKey, t);
  if (point.equals(Sm2Group.ZERO)) return false;
  return mod(toBigInt(digest) + point.toAffine().x, n) === r;
}
