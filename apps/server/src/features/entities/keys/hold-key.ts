import { CodedError } from '@hufu/kernel';
import type { Tx } from '../../../infra/database/database.ts';
import type { Member } from '../../access/index.ts';
import { lockAccount } from '../accounts/account-store.ts';
import { entityError } from '../errors.ts';
import { type KeyRow, keyById, keysOf } from './key-store.ts';

export type HeldAccount = {
  /** Keys in force. */
  readonly inForce: readonly KeyRow[];
  /** The caller's own. */
  readonly own: KeyRow;
};

/**
 * The entity's keys, held until the transaction ends: two changes of them follow each other, and what counts is the
 * caller's standing now, not when the session was looked at.
 * @throws LIBRARY_SESSION_REQUIRED, LIBRARY_ENTITY_FROZEN
 */
export async function holdKeys(tx: Tx, member: Member): Promise<HeldAccount> {
  const account = await lockAccount(tx, member.entityId);
  const inForce = (await keysOf(tx, member.entityId)).filter(({ state }) => state === 'SUBMITTED');
  const own = inForce.find(({ id }) => id === member.keyId);
  if (account === undefined || own === undefined) throw new CodedError('LIBRARY_SESSION_REQUIRED');
  if (account.frozen_at !== null) throw entityError('LIBRARY_ENTITY_FROZEN');
  return { inForce, own };
}

/** The same, of a caller who must be the primary. @throws LIBRARY_PRIMARY_ONLY */
export async function holdAsPrimary(tx: Tx, member: Member): Promise<HeldAccount> {
  const held = await holdKeys(tx, member);
  if (!held.own.is_primary) throw new CodedError('LIBRARY_PRIMARY_ONLY');
  return held;
}

/** One row of the caller's entity; of another's it is as if there were none. @throws LIBRARY_UNKNOWN */
export async function holdKey(
  tx: Tx,
  { id, member, as = holdAsPrimary }: { id: string; member: Member; as?: typeof holdKeys },
): Promise<HeldAccount & { readonly row: KeyRow }> {
  const held = await as(tx, member);
  const row = await keyById(tx, id);
  if (row?.entity_id !== member.entityId) throw entityError('LIBRARY_UNKNOWN');
  return { ...held, row };
}
