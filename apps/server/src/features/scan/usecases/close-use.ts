import type { Tx } from '../../../infra/database/database.ts';
import type { ScanContext } from '../context.ts';
import type { ScanRow } from '../store.ts';

/** A use that was begun for a scan ends with it. */
export const closeUse =
  (
    { phones }: Pick<ScanContext, 'phones'>,
    { use_id: useId }: Pick<ScanRow, 'use_id'>,
    outcome: 'DONE' | 'REFUSED' | 'EXPIRED' | 'FAILED',
  ) =>
  async (tx: Tx): Promise<void> => {
    if (useId !== null) await phones.uses.close(tx, { useId, outcome });
  };
