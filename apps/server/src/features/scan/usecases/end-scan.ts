import { CodedError } from '@hufu/kernel';
import type { ScanContext } from '../context.ts';
import { overdueScans, type ScanRow } from '../store.ts';
import { advanceScan } from './advance-scan.ts';
import { closeUse } from './close-use.ts';
import { isOf, type PhoneBearer } from './read-scan.ts';

/** @throws SCAN_UNKNOWN */
export const cancelScan = (
  context: ScanContext,
  { id, browserSha256 }: { readonly id: string; readonly browserSha256: string },
): Promise<ScanRow> =>
  advanceScan(context, {
    id,
    mine: (row) => row.browser_sha256 === browserSha256,
    take: (row) => ({ event: 'cancel', also: closeUse(context, row, 'FAILED') }),
  });

/** @throws SCAN_UNKNOWN, SCAN_STATE */
export const refuseScan = (
  context: ScanContext,
  { id, bearer }: { readonly id: string; readonly bearer: PhoneBearer },
): Promise<ScanRow> =>
  advanceScan(context, {
    id,
    mine: isOf(bearer),
    take: (row) => ({ event: 'refuse', also: closeUse(context, row, 'REFUSED') }),
  });

/** A scan whose time is over; anybody may notice. */
export const expireScan = (context: ScanContext, id: string): Promise<unknown> =>
  advanceScan(context, { id, mine: () => true, take: () => ({ event: 'expire' }) }).catch(isOver);

/** Those that nobody came back to. */
export async function expireScans(context: ScanContext): Promise<void> {
  const overdue = await overdueScans(context.database.db, new Date(context.clock.now()));
  for (const { id } of overdue) await expireScan(context, id);
}

/** It had ended in another way, or expired just now. */
function isOver(error: unknown): void {
  if (!(error instanceof CodedError)) throw error;
}
