import type { PhoneEnterprise, PhoneEnterpriseDetail } from '@hufu/contracts';
import { sql } from 'kysely';
import type { Executor } from '../../../infra/database/database.ts';
import type { PhoneDeps } from '../deps.ts';
import { phoneError } from '../errors.ts';
import { phoneTables } from '../tables.ts';
import { nameOf, shownAs } from '../users.ts';
import { administratorOf } from './person-store.ts';

export type EnterpriseRow = { readonly id: string; readonly name: string; readonly uscc: string };

export const enterprisesByIds = (executor: Executor, ids: readonly string[]): Promise<EnterpriseRow[]> =>
  phoneTables(executor)
    .selectFrom('phone_enterprise as e')
    .innerJoin(sql<{ id: string; uscc: string }>`entity`.as('n'), 'n.id', 'e.entity_id')
    .select(['n.id', 'e.name', 'n.uscc'])
    .where('n.id', 'in', ids.length === 0 ? [''] : [...ids])
    .execute();

export const enterpriseById = async (executor: Executor, id: string): Promise<EnterpriseRow | undefined> =>
  (await enterprisesByIds(executor, [id]))[0];

/** Claimed and open, administered, or worked for; what one came to last stands first. */
export async function listEnterprises(deps: PhoneDeps, userId: string): Promise<PhoneEnterprise[]> {
  const { db } = deps.database;
  const people = await phoneTables(db)
    .selectFrom('phone_person')
    .selectAll()
    .where('user_id', '=', userId)
    .where('until', 'is', null)
    .execute();
  const names = new Map(
    (
      await enterprisesByIds(
        db,
        people.map((person) => person.entity_id),
      )
    ).map((row) => [row.id, row]),
  );
  const claims = await phoneTables(db)
    .selectFrom('phone_claim')
    .selectAll()
    .where('user_id', '=', userId)
    .where('state', '=', 'OPEN')
    .execute();
  const isFrozen = async (id: string) => (await deps.entity(db, id))?.frozen ?? false;
  const listed: PhoneEnterprise[] = [];
  for (const person of people) {
    listed.push({
      ...names.get(person.entity_id)!,
      standing: person.role,
      claimId: null,
      frozen: await isFrozen(person.entity_id),
      since: person.since.toISOString(),
    });
  }
  for (const claim of claims) {
    listed.push({
      id: claim.entity_id,
      name: claim.name,
      uscc: claim.uscc,
      standing: 'CLAIMED',
      claimId: claim.id,
      frozen: await isFrozen(claim.entity_id),
      since: claim.at.toISOString(),
    });
  }
  return listed.sort((a, b) => b.since.localeCompare(a.since));
}

/** 企业信息 (MOB-044). @throws PHONE_UNKNOWN */
export async function showEnterprise(
  deps: PhoneDeps,
  { entityId, userId }: { readonly entityId: string; readonly userId: string },
): Promise<PhoneEnterpriseDetail> {
  const { db } = deps.database;
  const mine = (await listEnterprises(deps, userId)).find(({ id }) => id === entityId);
  if (mine === undefined) throw phoneError('PHONE_UNKNOWN');
  const admin = await administratorOf(db, entityId);
  const user =
    admin &&
    (await phoneTables(db)
      .selectFrom('phone_user')
      .selectAll()
      .where('id', '=', admin.user_id)
      .executeTakeFirstOrThrow());
  const count = async (table: 'phone_person' | 'phone_certificate') => {
    const { counted } = await phoneTables(db)
      .selectFrom(table)
      .select(sql<number>`count(*)::int`.as('counted'))
      .where('entity_id', '=', entityId)
      .$if(table === 'phone_person', (query) => query.where(sql<boolean>`until is null`))
      .executeTakeFirstOrThrow();
    return counted;
  };
  const isClaimant = mine.standing === 'CLAIMED';
  return {
    ...mine,
    // Whoever only says to act for the enterprise is not told who does.
    administrator:
      user === undefined || isClaimant
        ? null
        : user.id === userId
          ? nameOf(deps.cipher, user)
          : shownAs(user),
    people: isClaimant ? 0 : await count('phone_person'),
    certificates: isClaimant ? 0 : await count('phone_certificate'),
  };
}
