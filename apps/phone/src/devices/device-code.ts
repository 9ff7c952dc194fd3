import { sm3 } from '@hufu/gm';
import { concatBytes, fromBase64, utf8 } from '@hufu/kernel';

/** Keys of a device, 04 ‖ x ‖ y, base64. */
export type DeviceKeys = { readonly signingKey: string; readonly agreementKey: string };

const GROUPS = 5;

/**
 * 安全码: twenty digits of a device's own keys, the same on the device and on the one that shares a certificate with
 * it. Sixty-six bits: whoever stands between them cannot search for keys of his own that show the same digits.
 *
 * @returns five groups of four
 */
export function deviceCode({ signingKey, agreementKey }: DeviceKeys): readonly string[] {
  const hash = sm3(
    concatBytes(utf8('HUFU-DEVICE-CODE-V1'), fromBase64(signingKey), fromBase64(agreementKey)),
  );
  const view = new DataView(hash.buffer, hash.byteOffset);
  return Array.from({ length: GROUPS }, (_, at) => String(view.getUint32(at * 4) % 10_000).padStart(4, '0'));
}
