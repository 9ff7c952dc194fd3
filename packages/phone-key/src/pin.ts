import { hmacSm3 } from '@hufu/gm';
import { concatBytes, utf8 } from '@hufu/kernel';
import { phoneKeyError } from './errors.ts';
import type { PinEntry, PinSetting } from './phone-key.ts';
import type { Stretch } from './ports.ts';

const SALT_LENGTH = 16;
const STRETCHED_LENGTH = 32;

/** 6 to 16 characters (OD-38), as the user sees them. */
function normalisedPin(pin: string): Uint8Array {
  const text = pin.normalize('NFKC');
  const { length } = [...text];
  if (length < 6 || length > 16 || /[\p{Cc}\p{Cf}\p{Cs}]/u.test(text))
    throw phoneKeyError('PHONE_PIN_POLICY');
  return utf8(text);
}

/** @throws PHONE_PIN_POLICY; PHONE_KEY_DAMAGED when the setting or the stretched PIN has a wrong length */
export async function stretched(entry: PinEntry, setting: PinSetting, stretch: Stretch): Promise<Uint8Array> {
  if (setting.salt.length !== SALT_LENGTH) throw phoneKeyError('PHONE_KEY_DAMAGED');
  const out =
    typeof entry === 'string' ? await stretch.run(normalisedPin(entry), setting.salt, setting.cost) : entry;
  if (out.length !== STRETCHED_LENGTH) throw phoneKeyError('PHONE_KEY_DAMAGED');
  return out;
}

/** What the vault is shown: of this half alone, and nothing to guess the PIN from without the salt. 32 bytes. */
export const pinKeyOf = (stretchedPin: Uint8Array, context: Uint8Array): Uint8Array =>
  derive(stretchedPin, context, 'HUFU-PHONE-PIN-V1');

/** What halves that are opened by one PIN entry have in common, 16 bytes. Whoever sees it learns nothing of the salt. */
export const pinGroupOf = ({ salt }: Pick<PinSetting, 'salt'>): Uint8Array =>
  derive(salt, new Uint8Array(), 'HUFU-PHONE-PIN-GROUP-V1').subarray(0, 16);

/** HKDF (RFC 5869) with SM3, one block: 32 bytes. */
export function derive(secret: Uint8Array, salt: Uint8Array, info: string): Uint8Array {
  return hmacSm3(hmacSm3(salt, secret), concatBytes(utf8(info), Uint8Array.of(1)));
}
