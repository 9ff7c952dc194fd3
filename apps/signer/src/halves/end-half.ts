import { type HalfAnswer, type HalfRequest, phoneKeyError, type SignedRequest } from '@hufu/phone-key';
import type { VaultStore } from '../store/vault-store.ts';
import { halfOf } from './check-half.ts';
import type { HalfContext } from './context.ts';
import type { HalfRecord } from './half-record.ts';

/** A device that has stored its side says so at once; a receiver may take its time. */
const ENROLLED_WAITS_MS = 15 * 60_000;
const SPLIT_WAITS_MS = 24 * 60 * 60_000;

/**
 * The device's final check failed. Counted once for each run that was answered.
 *
 * @throws PHONE_HALF_UNKNOWN, PHONE_DEVICE_SIGNATURE, PHONE_REQUEST_REPLAYED for a run that never was
 */
export async function abortRun(
  { store }: HalfContext,
  request: SignedRequest,
  { halfId, nonce }: HalfRequest<'abort'>,
): Promise<HalfAnswer<'abort'>> {
  const half = halfOf(store, halfId, request);
  if (!half.nonces.includes(nonce)) throw phoneKeyError('PHONE_REQUEST_REPLAYED');
  if (!half.abortedNonces.includes(nonce)) {
    await store.commit({ type: 'aborted', half: half.id, nonce, by: 'device' });
  }
  return {};
}

/** @throws PHONE_HALF_UNKNOWN, PHONE_DEVICE_SIGNATURE */
export async function destroyByDevice(
  { store }: HalfContext,
  request: SignedRequest,
  { halfId }: HalfRequest<'destroy'>,
): Promise<HalfAnswer<'destroy'>> {
  const half = halfOf(store, halfId, request);
  await store.commit({ type: 'destroyed', half: half.id, by: 'device' });
  return {};
}

/** Forgets halves whose device never said that it had stored its side. */
export async function purgeUnconfirmed(store: VaultStore): Promise<void> {
  const now = store.clock.now();
  const isOverdue = ({ isConfirmed, isSplit, createdAt }: HalfRecord) =>
    !isConfirmed && createdAt + (isSplit ? SPLIT_WAITS_MS : ENROLLED_WAITS_MS) <= now;
  for (const half of [...store.state.halves.values()].filter(isOverdue)) {
    await store.commit({ type: 'destroyed', half: half.id, by: 'purge' });
  }
}
