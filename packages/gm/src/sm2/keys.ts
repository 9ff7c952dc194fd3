import { drawRandom, type RandomBytes } from '@hufu/kernel';
import { gmError } from '../errors.ts';
import { encodePoint, SM2_CURVE, Sm2Group, toBigInt, toBytes32 } from './curve.ts';

export type Sm2KeyPair = {
  /** 32 bytes, big-endian, from 1 to n - 2. */
  readonly privateKey: Uint8Array;
  /** 04 ‖ x ‖ y, 65 bytes. */
  readonly publicKey: Uint8Array;
};

/** @param privateKey 32 bytes @throws GM_SM2_PRIVATE_KEY unless it is from 1 to n - 2 (GB/T 32918.1 §6.1) */
export function privateScalar(privateKey: Uint8Array): bigint {
  const d = privateKey.length === 32 ? toBigInt(privateKey) : 0n;
  if (d < 1n || d > SM2_CURVE.n - 2n) throw gmError('GM_SM2_PRIVATE_KEY');
  return d;
}

/** Public key 04 ‖ x ‖ y of a private key. @throws GM_SM2_PRIVATE_KEY */
export const sm2PublicKey = (privateKey: Uint8Array): Uint8Array =>
  encodePoint(Sm2Group.BASE.multiply(privateScalar(privateKey)));

/** A number from 1 to n - 2, uniform to 2^-64 (FIPS 186-5 §A.2.1: 64 bits more than the order). @throws RANDOM_SOURCE */
export const randomScalar = (random: RandomBytes): bigint =>
  (toBigInt(drawRandom(random, 40)) % (SM2_CURVE.n - 2n)) + 1n;

/** @throws RANDOM_SOURCE */
export function generateSm2KeyPair(random: RandomBytes): Sm2KeyPair {
  const privateKey = toBytes32(randomScalar(random));
  return { privateKey, publicKey: sm2PublicKey(privateKey) };
}
