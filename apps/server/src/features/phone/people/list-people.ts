import type { PhonePeople } from '@hufu/contracts';
import { sql } from 'kysely';
import { nowOf, type PhoneDeps } from '../deps.ts';
import { phoneTables } from '../tables.ts';
import { nameOf, shownAs } from '../users.ts';
import { openInvitations } from './invite.ts';
import { mustBelong } from './person-store.ts';

/** 人员管理. Names stand in full for the administrator and oneself alone. @throws PHONE_UNKNOWN */
export async function listPeople(
  deps: PhoneDeps,
  { entityId, userId }: { readonly entityId: string; readonly userId: string },
): Promise<PhonePeople> {
  const { db } = deps.database;
  const me = await mustBelong(db, { entityId, userId });
  const rows = await phoneTables(db)
    .selectFrom('phone_person as p')
    .innerJoin('phone_user as u', 'u.id', 'p.user_id')
    .leftJoin('phone_transfer as t', (join) =>
      join
        .onRef('t.entity_id', '=', 'p.entity_id')
        .onRef('t.to_user', '=', 'p.user_id')
        .on('t.state', '=', 'OFFERED')
        .on('t.expires_at', '>', nowOf(deps)),
    )
    .selectAll('u')
    .select(['p.id as person_id', 'p.role', 'p.since', 't.id as transfer_id'])
    .select(
      sql<number>`(select count(*)::int from phone_grant g where g.person_id = p.id and g.revoked_at is null)`.as(
        'grants',
      ),
    )
    .where('p.entity_id', '=', entityId)
    .where('p.until', 'is', null)
    .orderBy('p.role')
    .orderBy('p.since')
    .orderBy('p.id')
    .execute();
  const isAdmin = me.role === 'ADMIN';
  return {
    people: rows.map((row) => ({
      id: row.person_id,
      name: (isAdmin || row.id === userId ? nameOf(deps.cipher, row) : null) ?? shownAs(row),
      mobileMasked: row.phone_masked,
      role: row.role,
      self: row.id === userId,
      verified: row.verified_at !== null,
      since: row.since.toISOString(),
      transferId: row.transfer_id,
      grants: row.grants,
    })),
    invitations: isAdmin ? await openInvitations(deps, db, { entityId }) : [],
  };
}
