import type { EntityRole } from '@hufu/contracts';
import { maskName, normaliseUnitName } from '@hufu/kernel';
import type { Selectable } from 'kysely';
import type { Executor, Tx } from '../../../infra/database/database.ts';
import type { FieldCipher } from '../../../infra/privacy/field-cipher.ts';
import { type EntityTables, entityTables, type LoginMethod } from '../tables.ts';

export type AccountRow = Selectable<EntityTables['library_entity']> & { readonly uscc: string | null };

const accounts = (executor: Executor) =>
  entityTables(executor)
    .selectFrom('library_entity')
    .innerJoin('entity', 'entity.id', 'library_entity.id')
    .selectAll('library_entity')
    .select('entity.uscc as uscc');

export const accountById = (executor: Executor, id: string): Promise<AccountRow | undefined> =>
  accounts(executor).where('library_entity.id', '=', id).executeTakeFirst();

export const accountByUscc = (executor: Executor, uscc: string): Promise<AccountRow | undefined> =>
  accounts(executor).where('entity.uscc', '=', uscc).executeTakeFirst();

export const accountsByUscc = (executor: Executor, usccs: readonly string[]): Promise<AccountRow[]> =>
  usccs.length === 0 ? Promise.resolve([]) : accounts(executor).where('entity.uscc', 'in', usccs).execute();

export const accountByIdNo = (executor: Executor, hash: string): Promise<AccountRow | undefined> =>
  accounts(executor).where('entity.id_no_hash', '=', hash).executeTakeFirst();

/** Two at most: more than one is as good as none (OD-14). */
export const accountsByName = (executor: Executor, unitName: string): Promise<AccountRow[]> =>
  accounts(executor)
    .where('library_entity.name_key', '=', normaliseUnitName(unitName))
    .where('library_entity.merged_into', 'is', null)
    .limit(2)
    .execute();

/** Held until the transaction ends, so that changes of one entity's keys follow each other. */
export async function lockAccount(tx: Tx, id: string): Promise<AccountRow | undefined> {
  const held = await entityTables(tx)
    .selectFrom('library_entity')
    .select('id')
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirst();
  return held && accountById(tx, id);
}

export type Applicant = { readonly name: string; readonly phone: string; readonly idNo: string };

export type NewAccount = {
  readonly id: string;
  readonly who:
    | { readonly kind: 'ORGANISATION'; readonly name: string; readonly roles: readonly EntityRole[] }
    | { readonly kind: 'NATURAL_PERSON'; readonly name: string; readonly idNo: string };
  readonly registeredBy: LoginMethod;
  readonly applicant: Applicant | undefined;
  readonly at: Date;
};

/** Where a sealed value belongs: it cannot be moved to another column or entity. */
const place = (column: 'name' | 'id_no' | 'applicant', id: string): string =>
  `library_entity.${column}:${id}`;

/** @returns false when somebody of the same entity was faster */
export async function insertAccount(
  tx: Tx,
  cipher: FieldCipher,
  { id, who, registeredBy, applicant, at }: NewAccount,
): Promise<boolean> {
  const isPerson = who.kind === 'NATURAL_PERSON';
  const inserted = await entityTables(tx)
    .insertInto('library_entity')
    .values({
      id,
      kind: who.kind,
      name: isPerson ? null : who.name,
      name_sealed: isPerson ? cipher.seal(who.name, place('name', id)) : null,
      name_masked: isPerson ? maskName(who.name) : who.name,
      name_key: isPerson ? null : normaliseUnitName(who.name),
      id_no_sealed: isPerson ? cipher.seal(who.idNo, place('id_no', id)) : null,
      roles: JSON.stringify(isPerson ? [] : [...new Set(who.roles)]),
      state: 'REGISTERED_SIMPLE',
      frozen_at: null,
      frozen_reason: null,
      merged_into: null,
      registered_by: registeredBy,
      applicant_sealed: applicant ? cipher.seal(JSON.stringify(applicant), place('applicant', id)) : null,
      base_submitted_at: null,
      letter_version: null,
      letter_signed_at: null,
      activated_at: null,
      created_at: at,
      updated_at: at,
      last_login_at: at,
    })
    .onConflict((conflict) => conflict.doNothing())
    .returning('id')
    .executeTakeFirst();
  return inserted !== undefined;
}

/** The whole name; of a person only for the person and for what they sign. */
export function nameOf(cipher: Pick<FieldCipher, 'open'>, row: AccountRow): string {
  return row.name_sealed === null ? row.name_masked : cipher.open(row.name_sealed, place('name', row.id));
}

export function idNoOf(cipher: Pick<FieldCipher, 'open'>, row: AccountRow): string | null {
  return row.id_no_sealed === null ? null : cipher.open(row.id_no_sealed, place('id_no', row.id));
}

export function applicantOf(cipher: Pick<FieldCipher, 'open'>, row: AccountRow): Applicant | null {
  if (row.applicant_sealed === null) return null;
  // Sealed by ourselves and bound to this account: the shape is ours.
  return JSON.parse(cipher.open(row.applicant_sealed, place('applicant', row.id))) as Applicant;
}

export async function updateAccount(
  tx: Tx,
  id: string,
  change: Partial<
    Pick<
      AccountRow,
      | 'state'
      | 'activated_at'
      | 'base_submitted_at'
      | 'letter_version'
      | 'letter_signed_at'
      | 'frozen_at'
      | 'frozen_reason'
      | 'merged_into'
      | 'last_login_at'
    >
  > & { readonly roles?: readonly EntityRole[]; readonly at: Date },
): Promise<void> {
  const { roles, at, ...columns } = change;
  await entityTables(tx)
    .updateTable('library_entity')
    .set((eb) => ({
      ...columns,
      ...(roles === undefined ? {} : { roles: JSON.stringify([...new Set(roles)]) }),
      updated_at: at,
      version: eb('version', '+', 1),
    }))
    .where('id', '=', id)
    .execute();
}
