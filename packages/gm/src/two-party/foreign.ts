import { gmError } from '../errors.ts';
import type { Affine } from '../points/machine.ts';
import { decodePoint, SM2_CURVE, toBigInt } from '../sm2/curve.ts';

/** A point that the other side sent. @throws GM_TWO_PARTY_MESSAGE */
export function foreignPoint(bytes: Uint8Array): Affine {
  try {
    return decodePoint(bytes).toAffine();
  } catch (cause) {
    throw gmError('GM_TWO_PARTY_MESSAGE', {}, cause);
  }
}

/** A number from 1 to n - 1 that the other side sent, 32 bytes. @throws GM_TWO_PARTY_MESSAGE */
export function foreignScalar(bytes: Uint8Array): bigint {
  const value = bytes.length === 32 ? toBigInt(bytes) : 0n;
  if (value < 1n || value >= SM2_CURVE.n) throw gmError('GM_TWO_PARTY_MESSAGE');
  return value;
}
