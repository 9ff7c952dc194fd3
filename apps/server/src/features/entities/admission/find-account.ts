import { isSameUnitName } from '@hufu/kernel';
import type { Executor } from '../../../infra/database/database.ts';
import {
  type AccountRow,
  accountById,
  accountByIdNo,
  accountByUscc,
  accountsByName,
} from '../accounts/account-store.ts';
import type { Bearer } from '../accounts/bearer.ts';
import { entityError } from '../errors.ts';

/**
 * Whose account a certificate belongs to (OD-14): by the code in it; without one by the name, if exactly one account
 * bears it. A code that matches with another name is refused, not matched.
 * @throws LIBRARY_NAME_MISMATCH, LIBRARY_ENTITY_MERGED
 */
export async function findAccount(executor: Executor, bearer: Bearer): Promise<AccountRow | undefined> {
  const found = await look(executor, bearer);
  if (found !== undefined && found.merged_into !== null) throw entityError('LIBRARY_ENTITY_MERGED');
  return found;
}

async function look(executor: Executor, bearer: Bearer): Promise<AccountRow | undefined> {
  if (bearer.kind === 'NATURAL_PERSON') return accountByIdNo(executor, bearer.idNoHash);
  if (bearer.uscc !== null) {
    const found = await accountByUscc(executor, bearer.uscc);
    if (found !== undefined && !isSameUnitName(found.name!, bearer.unitName)) {
      throw entityError('LIBRARY_NAME_MISMATCH');
    }
    return found;
  }
  const [only, second] = await accountsByName(executor, bearer.unitName);
  return second === undefined ? only : undefined;
}

/** @throws LIBRARY_UNKNOWN, LIBRARY_OTHER_HOLDER unless the certificate is one of this entity's own */
export async function mustBelongTo(executor: Executor, bearer: Bearer, entityId: string): Promise<void> {
  const row = await accountById(executor, entityId);
  if (row === undefined) throw entityError('LIBRARY_UNKNOWN');
  const found = await look(executor, bearer);
  const sameName = bearer.kind === 'NATURAL_PERSON' || isSameUnitName(row.name ?? '', bearer.unitName);
  const codeAgrees = bearer.kind === 'NATURAL_PERSON' || bearer.uscc === null || bearer.uscc === row.uscc;
  // Without a code the name alone decides, and the primary, whose session it is, has read the certificate.
  const owner = bearer.kind === 'ORGANISATION' && bearer.uscc === null ? row : found;
  if (owner?.id !== entityId || !sameName || !codeAgrees) throw entityError('LIBRARY_OTHER_HOLDER');
}

/** @throws LIBRARY_UNKNOWN, LIBRARY_ENTITY_MERGED */
export function mustBeOpen(account: AccountRow | undefined): AccountRow {
  if (account === undefined) throw entityError('LIBRARY_UNKNOWN');
  if (account.merged_into !== null) throw entityError('LIBRARY_ENTITY_MERGED');
  return account;
}
