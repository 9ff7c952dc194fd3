import { createHash } from 'node:crypto';
import { drawRandom, toBase64 } from '@hufu/kernel';
import { phoneKeyError, type SignedRequest } from '@hufu/phone-key';
import type { Opened } from '../store/events.ts';
import { assertNotStopped, halfOf } from './check-half.ts';
import type { HalfContext } from './context.ts';
import { type HalfRecord, isLocked, MAX_WRONG_PINS } from './half-record.ts';
import { newPinLock, opens, type PinLock, sha256Text } from './pin-lock.ts';

/** Members of every request that opens a half. */
export type OpeningRequest = {
  readonly halfId: string;
  readonly nonce: string;
  readonly unlock: { readonly pinKey: string; readonly ratchet: string };
};

export type OpenHalf = {
  readonly half: HalfRecord;
  /** What the answer begins with. */
  readonly answer: { readonly share: string; readonly epoch: number; readonly ratchet: string };
  /** What the journal is told of the opening. */
  readonly opened: Opened;
};

/**
 * Checks, in this order: the device's signature, that the request is new, that nothing stops the half, that the token
 * shows no second copy of the device, the PIN. A wrong PIN and a copy are on the disk before anybody is told. The
 * opening itself changes nothing yet: it counts with the event that its answer is committed with.
 *
 * @throws PHONE_HALF_UNKNOWN, PHONE_DEVICE_SIGNATURE, PHONE_REQUEST_REPLAYED, PHONE_CLONED, PHONE_ABORTED_TOO_OFTEN,
 * PHONE_PIN_LOCKED, PHONE_HALF_HELD, PHONE_HALF_PENDING, PHONE_PIN_WRONG {triesLeft}
 */
export async function openHalf(
  { store, random }: HalfContext,
  request: SignedRequest,
  { halfId, nonce, unlock }: OpeningRequest,
): Promise<OpenHalf> {
  const half = halfOf(store, halfId, request);
  if (half.nonces.includes(nonce)) throw phoneKeyError('PHONE_REQUEST_REPLAYED');
  assertNotStopped(half);
  const { lock } = half.epoch;
  if (!half.isConfirmed || lock === undefined) throw phoneKeyError('PHONE_HALF_PENDING');
  const shown = sha256Text(unlock.ratchet);
  if (!isOfThisDevice(half, shown)) {
    await store.commit({ type: 'cloned', half: half.id, nonce });
    throw phoneKeyError('PHONE_CLONED');
  }
  // A locked half does the same work as a wrong PIN: the time of a refusal does not tell whether the PIN was right.
  const isRight = opens(lock, unlock.pinKey);
  if (!isRight || isLocked(store.state.wrongPinsOf(half))) throw await wrongPin({ store }, half, nonce);
  const ratchet = toBase64(drawRandom(random, 32));
  return {
    half,
    answer: { share: lock.share, epoch: half.epoch.number, ratchet },
    opened: { half: half.id, nonce, shown, issued: sha256Text(ratchet), ...evidenceOf(request) },
  };
}

/**
 * The half as it is now must be the one that was opened: nothing has stopped or used it meanwhile. Asked right before
 * the commit. @throws PHONE_REQUEST_REPLAYED
 */
export function assertStillOpen({ store }: HalfContext, { half }: OpenHalf): void {
  if (store.state.halves.get(half.id) !== half) throw phoneKeyError('PHONE_REQUEST_REPLAYED');
}

/** The token given out last; or the one before, of a device that the last answer never reached. */
const isOfThisDevice = ({ ratchet }: HalfRecord, shown: string): boolean =>
  ratchet === null || shown === ratchet.issued || shown === ratchet.shown;

async function wrongPin(
  { store }: Pick<HalfContext, 'store'>,
  half: HalfRecord,
  nonce: string,
): Promise<Error> {
  const triesLeft = MAX_WRONG_PINS - store.state.wrongPinsOf(half) - 1;
  await store.commit({ type: 'pin-wrong', half: half.id, nonce });
  return triesLeft > 0
    ? phoneKeyError('PHONE_PIN_WRONG', { triesLeft })
    : phoneKeyError('PHONE_PIN_LOCKED', { triesLeft: 0 });
}

const evidenceOf = ({ body, signature }: SignedRequest) => ({
  request: createHash('sha256').update(body, 'utf8').digest('base64'),
  signature,
});

/** A lock for a device that has no token yet, with its first one. */
export function firstLock({ random }: HalfContext, pinKey: string): { lock: PinLock; ratchet: string } {
  return { lock: newPinLock(pinKey, random), ratchet: toBase64(drawRandom(random, 32)) };
}
