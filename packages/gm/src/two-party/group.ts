import type { RandomBytes } from '@hufu/kernel';
import { invert, mod } from '@noble/curves/abstract/modular.js';
import { gmError } from '../errors.ts';
import { decodePoint, encodePoint, SM2_CURVE, Sm2Group, toBigInt, toBytes32 } from '../sm2/curve.ts';
import { randomScalar } from '../sm2/keys.ts';
import { verifySm2Digest } from '../sm2/sign.ts';
import { sm3 } from '../sm3.ts';

const { n, p, a } = SM2_CURVE;

/**
 * The three operations that the vault's side of a signature spends its time on. Points are 04 ‖ x ‖ y. Node's own
 * OpenSSL offers them several times faster than the portable arithmetic (`nativeTwoPartyGroup`).
 */
export type TwoPartyGroup = {
  /** A fresh u and [u]G. @throws RANDOM_SOURCE */
  ephemeral(): { readonly scalar: bigint; readonly point: Uint8Array };
  /** A fresh k and the x coordinate of [k]P; P is on the curve and not at infinity. @throws RANDOM_SOURCE */
  multiplyByFresh(point: Uint8Array): { readonly scalar: bigint; readonly x: bigint };
  /** Whether (r, s) is an SM2 signature by P over e = SM3(message), without the user ID's Z. */
  verifyRaw(
    point: Uint8Array,
    message: Uint8Array,
    signature: { readonly r: bigint; readonly s: bigint },
  ): boolean;
};

/** Portable; not constant in time (BigInt). */
export function portableTwoPartyGroup(random: RandomBytes): TwoPartyGroup {
  return {
    ephemeral() {
      const scalar = randomScalar(random);
      return { scalar, point: encodePoint(Sm2Group.BASE.multiply(scalar)) };
    },
    multiplyByFresh(point) {
      const scalar = randomScalar(random);
      return { scalar, x: decodePoint(point).multiply(scalar).toAffine().x };
    },
    verifyRaw: (point, message, signature) => verifySm2Digest(decodePoint(point), sm3(message), signature),
  };
}

/** P + Q in affine coordinates; undefined when the sum is at infinity. */
export function addPoints(left: Uint8Array, right: Uint8Array): Uint8Array | undefined {
  const [x1, y1] = coordinates(left);
  const [x2, y2] = coordinates(right);
  if (x1 === x2 && mod(y1 + y2, p) === 0n) return undefined;
  const slope =
    x1 === x2 ? (3n * x1 * x1 + a) * invert(mod(2n * y1, p), p) : (y2 - y1) * invert(mod(x2 - x1, p), p);
  const x = mod(slope * slope - x1 - x2, p);
  const y = mod(slope * (x1 - x) - y1, p);
  const sum = new Uint8Array(65);
  sum[0] = 0x04;
  sum.set(toBytes32(x), 1);
  sum.set(toBytes32(y), 33);
  return sum;
}

const coordinates = (point: Uint8Array): readonly [bigint, bigint] => [
  toBigInt(point.subarray(1, 33)),
  toBigInt(point.subarray(33)),
];

/** A point that the other side sent. @throws GM_TWO_PARTY_MESSAGE */
export function foreignPoint(bytes: Uint8Array): Uint8Array {
  try {
    decodePoint(bytes);
    return new Uint8Array(bytes);
  } catch (cause) {
    throw gmError('GM_TWO_PARTY_MESSAGE', {}, cause);
  }
}

/** A number from 1 to n - 1 that the other side sent, 32 bytes. @throws GM_TWO_PARTY_MESSAGE */
export function foreignScalar(bytes: Uint8Array): bigint {
  const value = bytes.length === 32 ? toBigInt(bytes) : 0n;
  if (value < 1n || value >= n) throw gmError('GM_TWO_PARTY_MESSAGE');
  return value;
}
