import { type PHONE_ERRORS, SCAN_SECONDS } from '@hufu/contracts';
import { CodedError } from '@hufu/kernel';
import type { PhoneUser } from '../../access/index.ts';
import type { ScanContext } from '../context.ts';
import { scanError } from '../errors.ts';
import { idByToken, type ScanRow } from '../store.ts';
import { advanceScan } from './advance-scan.ts';
import { sha256Hex } from './open-scan.ts';

/** A phone that has proved its keys in this session. */
export type PhoneBearer = PhoneUser & { readonly deviceId: string };

/** @throws PHONE_DEVICE_REQUIRED */
export function bearerOf(user: PhoneUser): PhoneBearer {
  if (user.deviceId === null)
    throw new CodedError('PHONE_DEVICE_REQUIRED' satisfies keyof typeof PHONE_ERRORS);
  return { ...user, deviceId: user.deviceId };
}

export const isOf =
  ({ userId, deviceId }: PhoneBearer) =>
  (row: ScanRow): boolean =>
    row.user_id === userId && row.device_id === deviceId;

export type Reading = {
  readonly token: string;
  readonly bearer: PhoneBearer;
  /** The phone's own browser, when it has the page's cookie. */
  readonly browserSha256: string | undefined;
};

/**
 * A phone has read the code. The first one takes the scan; the same one may read it again.
 * @throws SCAN_UNKNOWN, SCAN_TAKEN, SCAN_EXPIRED and the other ends
 */
export async function readScan(
  context: ScanContext,
  { token, bearer, browserSha256 }: Reading,
): Promise<ScanRow> {
  const id = await idByToken(context.database.db, sha256Hex(token));
  if (id === undefined) throw scanError('SCAN_UNKNOWN');
  const now = context.clock.now();
  return advanceScan(context, {
    id,
    mine: () => true,
    take(row) {
      const isKnown = !row.code_needed || row.browser_sha256 === browserSha256;
      const event = isKnown ? 'scan-known-page' : 'scan';
      if (row.state !== 'WAITING') return { event, facts: { samePhone: isOf(bearer)(row) } };
      return {
        event,
        change: {
          user_id: bearer.userId,
          device_id: bearer.deviceId,
          code_needed: !isKnown,
          scanned_at: new Date(now),
          expires_at: new Date(now + SCAN_SECONDS.scanned * 1000),
        },
      };
    },
  });
}
