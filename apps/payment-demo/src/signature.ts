import { createHash, createHmac, timingSafeEqual } from 'node:crypto';

export type Message = {
  readonly method: string;
  readonly path: string;
  /** Milliseconds since the epoch, as text. */
  readonly time: string;
  readonly body: string | Uint8Array;
};

const FRESH_MS = 5 * 60_000;

/** docs/payment-provider.md: HMAC-SHA-256 over method, path, time and the digest of the body, hexadecimal. */
export function sign(secret: string, { method, path, time, body }: Message): string {
  const digest = createHash('sha256').update(body).digest('hex');
  return createHmac('sha256', secret).update([method, path, time, digest].join('\n')).digest('hex');
}

export function isSigned(
  secret: string,
  message: Message,
  given: { signature: string; now: number },
): boolean {
  const expected = Buffer.from(sign(secret, message));
  const signature = Buffer.from(given.signature);
  const equal = signature.length === expected.length && timingSafeEqual(signature, expected);
  return equal && Math.abs(given.now - Number(message.time)) <= FRESH_MS;
}
