import { equalBytes, type RandomBytes } from '@hufu/kernel';
import { invert, mod } from '@noble/curves/abstract/modular.js';
import { gmError } from '../errors.ts';
import type { Affine } from '../points/machine.ts';
import { sm2Products } from '../points/products.ts';
import { decodePoint, encodeAffine, SM2_CURVE, toBytes32 } from '../sm2/curve.ts';
import { randomScalar } from '../sm2/keys.ts';
import { foreignScalar } from './foreign.ts';
import { jointKey } from './generate.ts';
import { type DeviceHalf, halfScalar, type VaultHalf } from './halves.ts';

const { n } = SM2_CURVE;

/** One side's part in the factor that moves the halves: d1' = d1 · a, d2' = d2 · a^-1. 32 bytes, secret. */
export const refreshContribution = (random: RandomBytes): Uint8Array => toBytes32(randomScalar(random));

export type Contributions = { readonly device: Uint8Array; readonly vault: Uint8Array };

/**
 * New halves of the same key: what was copied from one side before is worth nothing beside what the other side holds
 * after. The old half is erased by the caller, and only once both sides have stored the new one.
 *
 * @throws GM_TWO_PARTY_MESSAGE, GM_TWO_PARTY_ABORT when the public key would change
 */
export function refreshDevice(half: DeviceHalf, contributions: Contributions): DeviceHalf {
  const a = factor(contributions);
  const secret = mod(halfScalar(half.secret) * a, n);
  const vaultPoint = moved(half.vaultPoint, a);
  assertSameKey(half.publicKey, vaultPoint, secret);
  return { secret: toBytes32(secret), publicKey: half.publicKey, vaultPoint: encodeAffine(vaultPoint) };
}

/** @throws GM_TWO_PARTY_MESSAGE, GM_TWO_PARTY_ABORT */
export function refreshVault(half: VaultHalf, contributions: Contributions): VaultHalf {
  const inverse = invert(factor(contributions), n);
  const secret = mod(halfScalar(half.secret) * inverse, n);
  const devicePoint = moved(half.devicePoint, inverse);
  assertSameKey(half.publicKey, devicePoint, secret);
  return { secret: toBytes32(secret), publicKey: half.publicKey, devicePoint: encodeAffine(devicePoint) };
}

const factor = ({ device, vault }: Contributions): bigint =>
  mod(foreignScalar(device) * foreignScalar(vault), n);

const moved = (point: Uint8Array, by: bigint): Affine =>
  sm2Products().ofPoint(decodePoint(point).toAffine(), by);

function assertSameKey(publicKey: Uint8Array, other: Affine, secret: bigint): void {
  if (!equalBytes(jointKey(other, invert(secret, n)), publicKey)) {
    throw gmError('GM_TWO_PARTY_ABORT');
  }
}
