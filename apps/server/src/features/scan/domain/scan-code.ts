import { SCAN_CODE_DIGITS } from '@hufu/contracts';
import type { FieldCipher } from '../../../infra/privacy/field-cipher.ts';

/** Wrong ones; the next closes the scan. */
export const MOST_WRONG_CODES = 3;

/** The code of a scan: drawn from its id under a key of the installation, and so kept nowhere. */
export function codeOf(cipher: Pick<FieldCipher, 'index'>, scanId: string): string {
  const digest = Buffer.from(cipher.index(scanId, 'scan_session.code'), 'base64url');
  return String(digest.readUInt32BE(0) % 10 ** SCAN_CODE_DIGITS).padStart(SCAN_CODE_DIGITS, '0');
}
