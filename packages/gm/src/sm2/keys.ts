import { gmError } from '../errors.ts';
import { drawRandom, type RandomBytes } from '../random.ts';
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

const MAX_DRAWS = 64;

/** A uniform number from 1 to n - 2. @throws GM_RANDOM */
export function randomScalar(random: RandomBytes): bigint {
  for (let draw = 0; draw < MAX_DRAWS; draw++) {
    const value = toBigInt(drawRandom(random, 32));
    if (value >= 1n && value <= SM2_CURVE.n - 2n) return value;
  }
  throw gmError('GM_RANDOM');
}

/** @throws GM_RANDOM */
export function generateSm2KeyPair(random: RandomBytes): Sm2KeyPair {
  const privateKey = toBytes32(randomScalar(random));
  return { privateKey, publicKey: sm2PublicKey(privateKey) };
}
