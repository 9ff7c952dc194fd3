import type { Insertable, Selectable } from 'kysely';
import type { Executor, Tx } from '../../../infra/database/database.ts';
import type { FieldCipher } from '../../../infra/privacy/field-cipher.ts';
import { type EntityTables, entityTables } from '../tables.ts';

export type DelegationRow = Selectable<EntityTables['library_delegation']>;
export type Person = { readonly name: string; readonly idNo: string };

const place = (id: string): string => `library_delegation.person:${id}`;

export const sealPerson = (cipher: FieldCipher, id: string, person: Person): string =>
  cipher.seal(JSON.stringify(person), place(id));

/** Sealed by ourselves and bound to this row: the shape is ours. */
export const personOf = (cipher: Pick<FieldCipher, 'open'>, row: DelegationRow): Person =>
  JSON.parse(cipher.open(row.person_sealed, place(row.id))) as Person;

/** @returns false when the person holds one of this entity already */
export async function insertDelegation(
  tx: Tx,
  row: Insertable<EntityTables['library_delegation']>,
): Promise<boolean> {
  const inserted = await entityTables(tx)
    .insertInto('library_delegation')
    .values(row)
    .onConflict((conflict) => conflict.doNothing())
    .returning('id')
    .executeTakeFirst();
  return inserted !== undefined;
}

export const delegationById = (executor: Executor, id: string): Promise<DelegationRow | undefined> =>
  entityTables(executor).selectFrom('library_delegation').selectAll().where('id', '=', id).executeTakeFirst();

export const delegationsOf = (executor: Executor, entityId: string): Promise<DelegationRow[]> =>
  entityTables(executor)
    .selectFrom('library_delegation')
    .selectAll()
    .where('entity_id', '=', entityId)
    .orderBy('granted_at', 'desc')
    .orderBy('id')
    .limit(500)
    .execute();

/** What a person may act by now, of entities that are not merged away. */
export const livingDelegationsOf = (
  executor: Executor,
  { personHash, now }: { personHash: string; now: Date },
) =>
  entityTables(executor)
    .selectFrom('library_delegation')
    .innerJoin('library_entity', 'library_entity.id', 'library_delegation.entity_id')
    .selectAll('library_delegation')
    .select('library_entity.name_masked as entity_name')
    .where('person_hash', '=', personHash)
    .where('revoked_at', 'is', null)
    .where('expires_at', '>', now)
    .where('library_entity.merged_into', 'is', null)
    .orderBy('granted_at')
    .limit(50)
    .execute();

/** @returns false when it was revoked already */
export async function revoke(
  tx: Tx,
  { id, reason, at }: { id: string; reason: string; at: Date },
): Promise<boolean> {
  const revoked = await entityTables(tx)
    .updateTable('library_delegation')
    .set({ revoked_at: at, revoked_reason: reason })
    .where('id', '=', id)
    .where('revoked_at', 'is', null)
    .returning('id')
    .executeTakeFirst();
  return revoked !== undefined;
}

export async function touchDelegation(tx: Tx, { id, at }: { id: string; at: Date }): Promise<boolean> {
  const touched = await entityTables(tx)
    .updateTable('library_delegation')
    .set({ last_used_at: at })
    .where('id', '=', id)
    .where('revoked_at', 'is', null)
    .where('expires_at', '>', at)
    .returning('id')
    .executeTakeFirst();
  return touched !== undefined;
}

/** Those that have run out make room for new ones. */
export async function closeExpired(tx: Tx, { entityId, at }: { entityId: string; at: Date }): Promise<void> {
  await entityTables(tx)
    .updateTable('library_delegation')
    .set(({ ref }) => ({ revoked_at: ref('expires_at'), revoked_reason: '到期' }))
    .where('entity_id', '=', entityId)
    .where('revoked_at', 'is', null)
    .where('expires_at', '<=', at)
    .execute();
}
