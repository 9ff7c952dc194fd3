import type { Selectable } from 'kysely';
import type { Executor, Tx } from '../../../infra/database/database.ts';
import { phoneError } from '../errors.ts';
import { type PhoneTables, phoneTables } from '../tables.ts';

export type PersonRow = Selectable<PhoneTables['phone_person']>;

export const administratorOf = (executor: Executor, entityId: string): Promise<PersonRow | undefined> =>
  phoneTables(executor)
    .selectFrom('phone_person')
    .selectAll()
    .where('entity_id', '=', entityId)
    .where('role', '=', 'ADMIN')
    .where('until', 'is', null)
    .executeTakeFirst();

type Who = { readonly entityId: string; readonly userId: string };

export const livePerson = (executor: Executor, { entityId, userId }: Who): Promise<PersonRow | undefined> =>
  phoneTables(executor)
    .selectFrom('phone_person')
    .selectAll()
    .where('entity_id', '=', entityId)
    .where('user_id', '=', userId)
    .where('until', 'is', null)
    .executeTakeFirst();

export const livePeople = (executor: Executor, entityId: string): Promise<PersonRow[]> =>
  phoneTables(executor)
    .selectFrom('phone_person')
    .selectAll()
    .where('entity_id', '=', entityId)
    .where('until', 'is', null)
    .orderBy('role')
    .orderBy('since')
    .orderBy('id')
    .execute();

/** Whoever does not belong to an enterprise learns nothing of it. @throws PHONE_UNKNOWN */
export async function mustBelong(executor: Executor, who: Who): Promise<PersonRow> {
  const person = await livePerson(executor, who);
  if (person === undefined) throw phoneError('PHONE_UNKNOWN');
  return person;
}

/** Changes of an enterprise's people wait for each other: the administrator of now is the one of the commit. */
export async function lockEnterprise(tx: Tx, entityId: string): Promise<void> {
  await phoneTables(tx)
    .selectFrom('phone_enterprise')
    .select('entity_id')
    .where('entity_id', '=', entityId)
    .forUpdate()
    .execute();
}

/** @throws PHONE_UNKNOWN, PHONE_ADMIN_ONLY */
export async function mustAdminister(tx: Tx, who: Who): Promise<PersonRow> {
  await lockEnterprise(tx, who.entityId);
  const person = await mustBelong(tx, who);
  if (person.role !== 'ADMIN') throw phoneError('PHONE_ADMIN_ONLY');
  return person;
}
