import { gmError } from '../errors.ts';
import { SM2_CURVE, toBigInt } from '../sm2/curve.ts';

/**
 * The private key d is never in one place: (1 + d)^-1 = d1 · d2 mod n, d1 with the device, d2 in the vault
 * (docs/two-party-sm2.md). Secrets are 32 bytes, big-endian; points 04 ‖ x ‖ y.
 */
export type DeviceHalf = {
  readonly secret: Uint8Array;
  readonly publicKey: Uint8Array;
  /** P2 = [d2^-1]G: what the public key is checked against after a refresh. */
  readonly vaultPoint: Uint8Array;
};

export type VaultHalf = {
  readonly secret: Uint8Array;
  readonly publicKey: Uint8Array;
  /** P1 = [d1^-1]G. */
  readonly devicePoint: Uint8Array;
};

/** At least this many bytes, and never the same twice: the caller's store sees to that. */
export const SESSION_LENGTH = 16;

export function assertSession(session: Uint8Array): void {
  if (session.length < SESSION_LENGTH || session.length > 64) throw gmError('GM_TWO_PARTY_SESSION');
}

/** @throws GM_SM2_PRIVATE_KEY */
export function halfScalar(secret: Uint8Array): bigint {
  const value = secret.length === 32 ? toBigInt(secret) : 0n;
  if (value < 1n || value > SM2_CURVE.n - 2n) throw gmError('GM_SM2_PRIVATE_KEY');
  return value;
}
