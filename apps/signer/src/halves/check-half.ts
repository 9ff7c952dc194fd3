import { phoneKeyError, type SignedRequest } from '@hufu/phone-key';
import type { VaultStore } from '../store/vault-store.ts';
import { assertDeviceSignature } from './device-signature.ts';
import { type HalfRecord, isBroken } from './half-record.ts';

/** The half that a request is about, asked for by its own device. @throws PHONE_HALF_UNKNOWN, PHONE_DEVICE_SIGNATURE */
export function halfOf(store: VaultStore, halfId: string, request: SignedRequest): HalfRecord {
  const half = store.state.halves.get(halfId);
  if (half === undefined) throw phoneKeyError('PHONE_HALF_UNKNOWN');
  assertDeviceSignature(half.device, request);
  return half;
}

/** @throws PHONE_CLONED, PHONE_ABORTED_TOO_OFTEN, PHONE_HALF_HELD */
export function assertNotStopped(half: HalfRecord): void {
  if (half.isCopied) throw phoneKeyError('PHONE_CLONED');
  if (isBroken(half)) throw phoneKeyError('PHONE_ABORTED_TOO_OFTEN');
  if (half.isHeld) throw phoneKeyError('PHONE_HALF_HELD');
}
