import { concatBytes, fromHex, toHex } from '@hufu/kernel';
import { type WeierstrassPoint, weierstrass } from '@noble/curves/abstract/weierstrass.js';
import { gmError } from '../errors.ts';

/** Recommended curve sm2p256v1 (GB/T 32918.5-2017). */
export const SM2_CURVE = {
  p: 0xfffffffeffffffffffffffffffffffffffffffff00000000ffffffffffffffffn,
  n: 0xfffffffeffffffffffffffffffffffff7203df6b21c6052b53bbf40939d54123n,
  h: 1n,
  a: 0xfffffffeffffffffffffffffffffffffffffffff00000000fffffffffffffffcn,
  b: 0x28e9fa9e9d9f5e344d5a9e4bcf6509a7f39789f515ab8f92ddbcbd414d940e93n,
  Gx: 0x32c4ae2c1f1981195f9904466a39c9948fe30bbff2660be1715a4589334c74c7n,
  Gy: 0xbc3736a2f4f6779c59bdcee36b692153d0a9877cc62a474002df32e52139f0a0n,
} as const;

export type Sm2Point = WeierstrassPoint<bigint>;

/** The group: `Sm2Group.BASE`, `Sm2Group.ZERO`, and points with add and multiply. Not constant in time (BigInt). */
export const Sm2Group = weierstrass<bigint>(SM2_CURVE);

/** 32 bytes, big-endian. */
export const toBytes32 = (value: bigint): Uint8Array => fromHex(value.toString(16).padStart(64, '0'));

export const toBigInt = (bytes: Uint8Array): bigint => BigInt(`0x${toHex(bytes) || '0'}`);

/** Affine x ‖ y, 64 bytes; the point is not at infinity. */
export function pointCoordinates(point: Sm2Point): { readonly x: Uint8Array; readonly y: Uint8Array } {
  const { x, y } = point.toAffine();
  return { x: toBytes32(x), y: toBytes32(y) };
}

/** 04 ‖ x ‖ y, 65 bytes (GB/T 32918.1 §4.2.9, uncompressed). */
export const encodePoint = (point: Sm2Point): Uint8Array => encodeAffine(point.toAffine());

/** The same of a point's coordinates. */
export const encodeAffine = ({ x, y }: { readonly x: bigint; readonly y: bigint }): Uint8Array =>
  concatBytes(Uint8Array.of(0x04), toBytes32(x), toBytes32(y));

/** Reads 04 ‖ x ‖ y and refuses everything else: other forms, coordinates from p up, points off the curve, infinity. @throws GM_SM2_PUBLIC_KEY */
export function decodePoint(bytes: Uint8Array): Sm2Point {
  if (bytes.length !== 65 || bytes[0] !== 0x04) throw gmError('GM_SM2_PUBLIC_KEY');
  const x = toBigInt(bytes.subarray(1, 33));
  const y = toBigInt(bytes.subarray(33));
  if (x >= SM2_CURVE.p || y >= SM2_CURVE.p) throw gmError('GM_SM2_PUBLIC_KEY');
  try {
    const point = Sm2Group.fromAffine({ x, y });
    point.assertValidity();
    return point;
  } catch (cause) {
    throw gmError('GM_SM2_PUBLIC_KEY', {}, cause);
  }
}
