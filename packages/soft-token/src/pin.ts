import { utf8 } from '@hufu/kernel';
import { softTokenError } from './errors.ts';

/** OD-38: a PIN has 6 to 16 characters, and ten wrong ones in a row lock the token. */
export const PIN_LENGTH = { minimum: 6, maximum: 16 } as const;
export const DEFAULT_MAXIMUM_ATTEMPTS = 10;

/**
 * The bytes of a PIN. Full-width forms, which Chinese input methods produce, count as their usual forms (NFKC).
 *
 * @throws CodedError SOFT_TOKEN_PIN_POLICY when it has fewer than 6 or more than 16 characters, or control characters
 */
export function pinBytes(pin: string): Uint8Array {
  const normal = pin.normalize('NFKC');
  const length = [...normal].length;
  if (length < PIN_LENGTH.minimum || length > PIN_LENGTH.maximum || /[\p{Cc}\p{Cs}]/u.test(normal)) {
    throw softTokenError('SOFT_TOKEN_PIN_POLICY');
  }
  return utf8(normal);
}
