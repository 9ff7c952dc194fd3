import { maskIdNumber, maskName, maskPhone } from '@hufu/kernel';
import type { Selectable } from 'kysely';
import type { Executor, Tx } from '../../infra/database/database.ts';
import type { FieldCipher } from '../../infra/privacy/field-cipher.ts';
import { phoneError } from './errors.ts';
import type { UserFacts, Users } from './face.ts';
import { type PhoneTables, phoneTables } from './tables.ts';

export type UserRow = Selectable<PhoneTables['phone_user']>;

type Sealed = 'phone' | 'id_no' | 'name';
const place = (column: Sealed, id: string) => `phone_user.${column}:${id}`;

export const phoneHash = (cipher: FieldCipher, mobile: string): string =>
  cipher.index(mobile, 'phone_user.phone');
const idNoHash = (cipher: FieldCipher, idNo: string): string => cipher.index(idNo, 'phone_user.id_no');

export const userById = (executor: Executor, id: string): Promise<UserRow | undefined> =>
  phoneTables(executor).selectFrom('phone_user').selectAll().where('id', '=', id).executeTakeFirst();

export const userByPhone = (executor: Executor, hash: string): Promise<UserRow | undefined> =>
  phoneTables(executor)
    .selectFrom('phone_user')
    .selectAll()
    .where('phone_hash', '=', hash)
    .executeTakeFirst();

type NewUser = { readonly id: string; readonly mobile: string; readonly at: Date };

/** Two first logins at once make one account. @returns whether this one made it */
export async function ensureUser(
  tx: Tx,
  cipher: FieldCipher,
  { id, mobile, at }: NewUser,
): Promise<{ readonly user: UserRow; readonly isNew: boolean }> {
  const hash = phoneHash(cipher, mobile);
  const made = await phoneTables(tx)
    .insertInto('phone_user')
    .values({
      id,
      phone_hash: hash,
      phone_sealed: cipher.seal(mobile, place('phone', id)),
      phone_masked: maskPhone(mobile),
      created_at: at,
      last_login_at: at,
    })
    .onConflict((conflict) => conflict.column('phone_hash').doUpdateSet({ last_login_at: at }))
    .returningAll()
    .executeTakeFirstOrThrow();
  return { user: made, isNew: made.id === id };
}

type Proved = { readonly id: string; readonly name: string; readonly idNo: string; readonly at: Date };

/**
 * One account per ID number, and one person per account: whoever proves a name again proves the same one (MOB-003).
 * @throws PHONE_REAL_NAME_OTHER, PHONE_REAL_NAME_TAKEN
 */
export async function keepRealName(
  tx: Tx,
  cipher: FieldCipher,
  { id, name, idNo, at }: Proved,
): Promise<{ readonly isNew: boolean }> {
  const user = await phoneTables(tx)
    .selectFrom('phone_user')
    .selectAll()
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirstOrThrow();
  const hash = idNoHash(cipher, idNo);
  if (user.id_no_hash !== null && user.id_no_hash !== hash) throw phoneError('PHONE_REAL_NAME_OTHER');
  const other = await phoneTables(tx)
    .selectFrom('phone_user')
    .select('id')
    .where('id_no_hash', '=', hash)
    .where('id', '<>', id)
    .executeTakeFirst();
  if (other !== undefined) throw phoneError('PHONE_REAL_NAME_TAKEN');
  await phoneTables(tx)
    .updateTable('phone_user')
    .set({
      id_no_hash: hash,
      id_no_sealed: cipher.seal(idNo, place('id_no', id)),
      id_no_masked: maskIdNumber(idNo),
      name_sealed: cipher.seal(name, place('name', id)),
      name_masked: maskName(name),
      verified_at: user.verified_at ?? at,
    })
    .where('id', '=', id)
    .execute();
  return { isNew: user.verified_at === null };
}

const opened = (cipher: FieldCipher, sealed: string | null, at: string): string | null =>
  sealed === null ? null : cipher.open(sealed, at);

/** Only for people who may see it: the user, and the administrator of the user's enterprise. */
export const nameOf = (cipher: FieldCipher, row: Pick<UserRow, 'id' | 'name_sealed'>): string | null =>
  opened(cipher, row.name_sealed, place('name', row.id));

/** What colleagues and lists show. */
export const shownAs = (row: Pick<UserRow, 'name_masked' | 'phone_masked'>): string =>
  row.name_masked ?? row.phone_masked;

export const createUsers = (cipher: FieldCipher): Users => ({
  async facts(executor, userId): Promise<UserFacts> {
    const row = await userById(executor, userId);
    if (row === undefined) throw phoneError('PHONE_UNKNOWN');
    return {
      id: row.id,
      mobile: cipher.open(row.phone_sealed, place('phone', row.id)),
      name: nameOf(cipher, row),
      idNumber: opened(cipher, row.id_no_sealed, place('id_no', row.id)),
    };
  },
});
