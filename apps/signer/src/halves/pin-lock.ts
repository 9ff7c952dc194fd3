import { createHash, timingSafeEqual } from 'node:crypto';
import { drawRandom, fromBase64, type RandomBytes, toBase64 } from '@hufu/kernel';
import type { Epoch } from './half-record.ts';

export type PinLock = NonNullable<Epoch['lock']>;

const digestOf = (salt: string, pinKey: string): Buffer =>
  createHash('sha256').update(fromBase64(salt)).update(fromBase64(pinKey)).digest();

/**
 * Remembers the proof of a PIN: an argon2id result that depends on a salt which never leaves the device, so that a
 * copy of the vault gives nothing to guess at.
 */
export function newPinLock(pinKey: string, random: RandomBytes): PinLock {
  const salt = toBase64(drawRandom(random, 16));
  const digest = digestOf(salt, pinKey).toString('base64');
  return { salt, digest, share: toBase64(drawRandom(random, 32)) };
}

export const opens = (lock: PinLock, pinKey: string): boolean =>
  timingSafeEqual(digestOf(lock.salt, pinKey), fromBase64(lock.digest));

/** SHA-256 of the bytes, Base64: how tokens and requests stand in the journal. */
export const sha256Text = (base64: string): string =>
  createHash('sha256').update(fromBase64(base64)).digest('base64');
