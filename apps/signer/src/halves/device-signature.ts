import { createPublicKey, type KeyObject, verify } from 'node:crypto';
import { RecentCache } from '@hufu/gm/node';
import { concatBytes, fromBase64, fromHex } from '@hufu/kernel';
import { phoneKeyError, type SignedRequest, signedBytes } from '@hufu/phone-key';

/** SubjectPublicKeyInfo of a point on P-256 (RFC 5480), up to the point. */
const P256_SPKI = fromHex('3059301306072a8648ce3d020106082a8648ce3d030107034200');

/** @param device 04 ‖ x ‖ y, Base64 @throws PHONE_DEVICE_SIGNATURE for bytes that are no point of the curve */
function deviceKey(device: string): KeyObject {
  try {
    const der = Buffer.from(concatBytes(P256_SPKI, fromBase64(device)));
    return createPublicKey({ key: der, format: 'der', type: 'spki' });
  } catch (cause) {
    throw phoneKeyError('PHONE_DEVICE_SIGNATURE', {}, cause);
  }
}

/** Reading a point takes about as long as checking a signature with it. */
const RECENT_DEVICES = 4096;
const deviceKeys = new RecentCache(RECENT_DEVICES, deviceKey);

/** @throws PHONE_DEVICE_SIGNATURE */
export function assertDeviceSignature(device: string, { body, signature }: SignedRequest): void {
  const key = { key: deviceKeys.get(device, device), dsaEncoding: 'ieee-p1363' } as const;
  if (!verify('sha256', signedBytes(body), key, fromBase64(signature))) {
    throw phoneKeyError('PHONE_DEVICE_SIGNATURE');
  }
}
