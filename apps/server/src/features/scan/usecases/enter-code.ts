import { timingSafeEqual } from 'node:crypto';
import type { ScanContext } from '../context.ts';
import { codeOf, MOST_WRONG_CODES } from '../domain/scan-code.ts';
import type { ScanRow } from '../store.ts';
import { advanceScan } from './advance-scan.ts';

export type Entry = { readonly id: string; readonly browserSha256: string; readonly code: string };

/**
 * The page shows that whoever sees the phone sits before it: a picture of the code that was carried elsewhere ends
 * here.
 * @throws SCAN_CODE_WRONG, SCAN_CODE_SPENT, SCAN_UNKNOWN, SCAN_STATE
 */
export const enterCode = (context: ScanContext, { id, browserSha256, code }: Entry): Promise<ScanRow> =>
  advanceScan(context, {
    id,
    mine: (row) => row.browser_sha256 === browserSha256,
    take(row) {
      if (timingSafeEqual(Buffer.from(code), Buffer.from(codeOf(context.cipher, row.id)))) {
        return { event: 'enter-code' };
      }
      const change = { wrong_codes: row.wrong_codes + 1 };
      return change.wrong_codes < MOST_WRONG_CODES
        ? { event: 'enter-wrong-code', change, refusal: 'SCAN_CODE_WRONG' }
        : { event: 'close', change, refusal: 'SCAN_CODE_SPENT' };
    },
  });
