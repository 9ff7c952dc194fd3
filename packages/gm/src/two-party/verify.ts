import { mod } from '@noble/curves/abstract/modular.js';
import type { Affine } from '../points/machine.ts';
import { sm2Products } from '../points/products.ts';
import { SM2_CURVE } from '../sm2/curve.ts';
import type { Sm2Signature } from '../sm2/signature.ts';

const { n } = SM2_CURVE;

/** GB/T 32918.2 §7.1. @param e below 2^256 */
export function verifiesUnder(publicKey: Affine, e: bigint, { r, s }: Sm2Signature): boolean {
  if (r < 1n || r >= n || s < 1n || s >= n) return false;
  const t = mod(r + s, n);
  if (t === 0n) return false;
  const point = sm2Products().joint(publicKey, { s, t });
  return point !== undefined && mod(e + point.x, n) === r;
}
