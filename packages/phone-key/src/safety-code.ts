import { sm3 } from '@hufu/gm';
import { concatBytes, equalBytes, utf8 } from '@hufu/kernel';
import { phoneKeyError } from './errors.ts';
import type { ReceiverKeys } from './phone-key.ts';

/**
 * Six digits that two devices show before a key is handed over. The sender commits to its nonce before it sees the
 * receiver's keys, and the receiver sends its keys and nonce before it sees the sender's: whoever sits between them
 * has one guess in a million, and cannot search for keys that show the same digits.
 */
export const commitToNonce = (nonce: Uint8Array): Uint8Array =>
  sm3(concatBytes(utf8('HUFU-HANDOVER-V1'), nonce));

export type Handover = {
  /** 32 bytes each. */
  readonly senderNonce: Uint8Array;
  readonly receiverNonce: Uint8Array;
  readonly receiver: ReceiverKeys;
  /** What the sender sent first. */
  readonly commitment: Uint8Array;
};

/** @returns six digits @throws PHONE_PARCEL_INVALID when the nonce is not the one that the sender had committed to */
export function safetyCode({ senderNonce, receiverNonce, receiver, commitment }: Handover): string {
  const whole = senderNonce.length === 32 && receiverNonce.length === 32;
  if (!whole || !equalBytes(commitToNonce(senderNonce), commitment)) {
    throw phoneKeyError('PHONE_PARCEL_INVALID', { reason: 'commitment' });
  }
  const keys = concatBytes(receiver.signingKey, receiver.agreementKey);
  const hash = sm3(concatBytes(utf8('HUFU-HANDOVER-CODE-V1'), senderNonce, receiverNonce, keys));
  return String(new DataView(hash.buffer, hash.byteOffset).getUint32(0) % 1_000_000).padStart(6, '0');
}
