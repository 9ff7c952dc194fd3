import type { Tx } from '../../../infra/database/database.ts';
import type { EntityDeps } from '../deps.ts';
import { type AccountRow, lockAccount, updateAccount } from './account-store.ts';

/** A natural person's registration needs no letter (OD-12): the agreements were accepted in person. */
export const letterNeeded = (row: Pick<AccountRow, 'kind'>): boolean => row.kind === 'ORGANISATION';

/** LIB-BASE-04: all parts are there, in any order. */
export const isComplete = (row: AccountRow): boolean =>
  row.base_submitted_at !== null && (!letterNeeded(row) || row.letter_version !== null);

/**
 * SM-ENTITY: the last of the parts unlocks every module. The account is held by the caller's transaction.
 * @returns whether it was this change that completed the registration
 */
export async function completeIfWhole(
  deps: Pick<EntityDeps, 'audit' | 'clock'>,
  tx: Tx,
  id: string,
): Promise<boolean> {
  const row = await lockAccount(tx, id);
  if (row === undefined || row.state === 'ACTIVE' || !isComplete(row)) return false;
  const at = new Date(deps.clock.now());
  await updateAccount(tx, id, { state: 'ACTIVE', activated_at: at, at });
  await deps.audit.record(tx, {
    actor: { kind: 'system' },
    action: 'entity.complete',
    subject: { kind: 'entity', id },
    before: { state: 'REGISTERED_SIMPLE' },
    after: { state: 'ACTIVE' },
    entity: id,
  });
  return true;
}
