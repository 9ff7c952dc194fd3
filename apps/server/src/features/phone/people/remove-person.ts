import type { AuditOrigin } from '../../../infra/audit/audit.ts';
import { type Tx, withTransaction } from '../../../infra/database/database.ts';
import type { PhoneUser } from '../../access/index.ts';
import { personActor } from '../context.ts';
import { nowOf, type PhoneDeps } from '../deps.ts';
import { phoneError } from '../errors.ts';
import { endGrants } from '../grants/grant-store.ts';
import { HALF_QUEUE } from '../halves/half-store.ts';
import { notify } from '../messages/messages.ts';
import { phoneTables } from '../tables.ts';
import { shownAs, userById } from '../users.ts';
import { enterpriseById } from './enterprises.ts';
import { lockEnterprise, mustBelong } from './person-store.ts';
import { takeHalves } from './return-halves.ts';

type Removal = {
  readonly entityId: string;
  readonly personId: string;
  readonly user: PhoneUser;
  readonly from: AuditOrigin;
};

/**
 * The administrator removes a person, or a person leaves. Grants and halves go with them, at once.
 * @throws PHONE_UNKNOWN, PHONE_ADMIN_ONLY, PHONE_ADMIN_STAYS; PHONE_TRANSFER_OPEN of whom the counter has named
 */
export async function removePerson(
  deps: PhoneDeps,
  { entityId, personId, user, from }: Removal,
): Promise<void> {
  await withTransaction(deps.database, async (tx) => {
    await lockEnterprise(tx, entityId);
    const actor = await mustBelong(tx, { entityId, userId: user.userId });
    const person = await phoneTables(tx)
      .selectFrom('phone_person')
      .selectAll()
      .where('id', '=', personId)
      .where('entity_id', '=', entityId)
      .where('until', 'is', null)
      .executeTakeFirst();
    if (person === undefined) throw phoneError('PHONE_UNKNOWN');
    if (person.id !== actor.id && actor.role !== 'ADMIN') throw phoneError('PHONE_ADMIN_ONLY');
    if (person.role === 'ADMIN') throw phoneError('PHONE_ADMIN_STAYS');
    if (person.id !== actor.id) await mustNotBeNamed(tx, { entityId, userId: person.user_id });
    const at = nowOf(deps);
    await phoneTables(tx).updateTable('phone_person').set({ until: at }).where('id', '=', personId).execute();
    await endGrants(tx, { of: { personId }, by: user.userId, why: 'LEFT', at });
    await phoneTables(tx)
      .updateTable('phone_transfer')
      .set({ state: 'WITHDRAWN', answered_at: at })
      .where('entity_id', '=', entityId)
      .where('to_user', '=', person.user_id)
      .where('state', '=', 'OFFERED')
      .execute();
    await takeHalves(deps, tx, { entityId, userId: person.user_id });
    await deps.audit.record(tx, {
      actor: personActor(user),
      action: person.id === actor.id ? 'phone.leave' : 'phone.remove-person',
      subject: { kind: 'phone-person', id: personId },
      entity: entityId,
      origin: from,
    });
    const enterprise = (await enterpriseById(tx, entityId))!;
    const gone = (await userById(tx, person.user_id))!;
    await notify(deps, tx, {
      kind: 'LEFT',
      to: person.id === actor.id ? { administratorOf: entityId } : { userId: person.user_id },
      facts: { entityId, enterprise: enterprise.name, person: shownAs(gone) },
      once: personId,
    });
  });
  deps.outbox.poke(HALF_QUEUE);
}

/** Whom the counter has named as the next administrator, the former one does not remove. @throws PHONE_TRANSFER_OPEN */
async function mustNotBeNamed(tx: Tx, who: { readonly entityId: string; readonly userId: string }) {
  const named = await phoneTables(tx)
    .selectFrom('phone_transfer')
    .select('id')
    .where('entity_id', '=', who.entityId)
    .where('to_user', '=', who.userId)
    .where('by_desk', '=', true)
    .where('state', '=', 'OFFERED')
    .executeTakeFirst();
  if (named !== undefined) throw phoneError('PHONE_TRANSFER_OPEN');
}
