import { refreshContribution, refreshVault } from '@hufu/gm';
import { drawRandom, fromBase64, toBase64, toBase64Url } from '@hufu/kernel';
import { type HalfAnswer, type HalfRequest, phoneKeyError, type SignedRequest } from '@hufu/phone-key';
import { assertNotStopped, halfOf } from './check-half.ts';
import type { HalfContext } from './context.ts';
import { newHalf, secretsOf } from './enrol-half.ts';
import { type Epoch, type HalfRecord, ONE, vaultHalf } from './half-record.ts';
import { assertStillOpen, firstLock, openHalf } from './open-half.ts';
import { newPinLock, opens, sha256Text } from './pin-lock.ts';

/**
 * New halves of the same key, pending until the device says that it has stored its own.
 *
 * @throws what `openHalf` throws, GM_TWO_PARTY_MESSAGE, GM_TWO_PARTY_ABORT
 */
export async function renewHalf(
  context: HalfContext,
  request: SignedRequest,
  asked: HalfRequest<'renew'>,
): Promise<HalfAnswer<'renew'>> {
  const open = await openHalf(context, request, asked);
  const { half, answer, opened } = open;
  const contribution = refreshContribution(context.random);
  const moved = refreshVault(vaultHalf(half, half.epoch), {
    device: fromBase64(asked.contribution),
    vault: contribution,
  });
  const pending: Epoch = {
    // Above one that was never confirmed, too: what the device may have stored of that is not mistaken for this.
    number: Math.max(half.epoch.number, half.pending?.number ?? 0) + 1,
    ...secretsOf(moved),
    lock: newPinLock(asked.newPinKey, context.random),
  };
  assertStillOpen(context, open);
  await context.store.commit({ type: 'renewed', ...opened, pending });
  return {
    ...answer,
    contribution: toBase64(contribution),
    newShare: pending.lock?.share ?? '',
    newEpoch: pending.number,
  };
}

/**
 * d2 · a^-1 for another device, which holds d1 · a.
 *
 * @throws what `openHalf` throws, GM_TWO_PARTY_MESSAGE, GM_TWO_PARTY_ABORT
 */
export async function splitHalf(
  context: HalfContext,
  request: SignedRequest,
  asked: HalfRequest<'split'>,
): Promise<HalfAnswer<'split'>> {
  const { store, random } = context;
  const open = await openHalf(context, request, asked);
  const { half, answer, opened } = open;
  const moved = refreshVault(vaultHalf(half, half.epoch), { device: fromBase64(asked.factor), vault: ONE });
  const id = toBase64Url(drawRandom(random, 18));
  const made: HalfRecord = {
    ...newHalf({ id, usage: half.usage, device: asked.receiver, createdAt: store.clock.now() }),
    isSplit: true,
    publicKey: half.publicKey,
    epoch: { number: 1, ...secretsOf(moved) },
  };
  assertStillOpen(context, open);
  await store.commit({ type: 'split', ...opened, made });
  return { ...answer, newHalfId: id };
}

/**
 * The other device sets its PIN. Said again before `confirm`, with the same PIN, it is answered with the same share.
 *
 * @throws PHONE_HALF_UNKNOWN, PHONE_DEVICE_SIGNATURE, PHONE_HALF_HELD, PHONE_REQUEST_REPLAYED once it is confirmed
 */
export async function acceptHalf(
  context: HalfContext,
  request: SignedRequest,
  { halfId, pinKey, pinGroup }: HalfRequest<'accept'>,
): Promise<HalfAnswer<'accept'>> {
  const half = halfOf(context.store, halfId, request);
  assertNotStopped(half);
  if (half.isConfirmed || !half.isSplit) throw phoneKeyError('PHONE_REQUEST_REPLAYED');
  const first = firstLock(context, pinKey);
  const known = half.epoch.lock;
  const lock = known !== undefined && opens(known, pinKey) ? known : first.lock;
  const issued = sha256Text(first.ratchet);
  await context.store.commit({
    type: 'accepted',
    half: half.id,
    epoch: { ...half.epoch, lock },
    issued,
    ...(pinGroup === undefined ? {} : { pinGroup }),
  });
  const { publicKey, epoch } = half;
  return { publicKey, share: lock.share, epoch: epoch.number, ratchet: first.ratchet };
}

/**
 * The device has stored this epoch; only now is the one before erased. May be said again.
 *
 * @throws PHONE_HALF_UNKNOWN, PHONE_DEVICE_SIGNATURE, PHONE_HALF_PENDING for an epoch that is neither
 */
export async function confirmHalf(
  { store }: HalfContext,
  request: SignedRequest,
  { halfId, epoch }: HalfRequest<'confirm'>,
): Promise<HalfAnswer<'confirm'>> {
  const half = halfOf(store, halfId, request);
  if (half.isConfirmed && half.epoch.number === epoch) return {};
  const isCurrent = half.epoch.number === epoch && half.epoch.lock !== undefined;
  if (!isCurrent && half.pending?.number !== epoch) throw phoneKeyError('PHONE_HALF_PENDING');
  await store.commit({ type: 'confirmed', half: half.id, epoch });
  return {};
}
