import { createHash, createHmac, timingSafeEqual } from 'node:crypto';

/**
 * How both sides sign what they send: HMAC-SHA-256 under the merchant's secret over method, path, time and the digest of
 * the body, one per line. The time stands beside it, in milliseconds; what is older or newer than five minutes is
 * refused, so that a caught message is of no use later.
 */
export type SignedParts = {
  readonly method: string;
  readonly path: string;
  /** Milliseconds since the epoch, as text. */
  readonly time: string;
  readonly body: Uint8Array;
};

const FRESH_MS = 5 * 60_000;

export function signatureOf(secret: string, { method, path, time, body }: SignedParts): string {
  const digest = createHash('sha256').update(body).digest('hex');
  return createHmac('sha256', secret).update(`${method}\n${path}\n${time}\n${digest}`).digest('hex');
}

export function isGenuine(
  secret: string,
  parts: SignedParts,
  { signature, now }: { readonly signature: string; readonly now: number },
): boolean {
  const expected = Buffer.from(signatureOf(secret, parts), 'hex');
  const given = Buffer.from(/^[0-9a-f]{64}$/.test(signature) ? signature : '', 'hex');
  const fresh = /^\d{1,15}$/.test(parts.time) && Math.abs(now - Number(parts.time)) <= FRESH_MS;
  return given.length === expected.length && timingSafeEqual(given, expected) && fresh;
}
