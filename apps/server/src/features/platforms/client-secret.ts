import { createHash, timingSafeEqual } from 'node:crypto';
import { type RandomBytes, toBase64Url } from '@hufu/kernel';

export type ClientSecret = { readonly secret: string; readonly sha256: string };

/** 256 random bits: nothing to guess, so that a plain digest keeps it safe at rest. */
export function newClientSecret(random: RandomBytes): ClientSecret {
  const secret = toBase64Url(random(32));
  return { secret, sha256: digestOf(secret) };
}

export const digestOf = (secret: string): string => createHash('sha256').update(secret, 'utf8').digest('hex');

/** Compares digests in constant time. */
export const isSecret = (secret: string, sha256: string): boolean =>
  timingSafeEqual(Buffer.from(digestOf(secret), 'hex'), Buffer.from(sha256, 'hex'));
