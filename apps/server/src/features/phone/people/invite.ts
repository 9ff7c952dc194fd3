import type { PhoneInvitation } from '@hufu/contracts';
import { maskPhone } from '@hufu/kernel';
import type { AuditOrigin } from '../../../infra/audit/audit.ts';
import { type Executor, withTransaction } from '../../../infra/database/database.ts';
import type { PhoneUser } from '../../access/index.ts';
import { personActor } from '../context.ts';
import { nowOf, type PhoneDeps } from '../deps.ts';
import { phoneError } from '../errors.ts';
import { HALF_QUEUE } from '../halves/half-store.ts';
import { notify } from '../messages/messages.ts';
import { phoneTables } from '../tables.ts';
import { phoneHash, shownAs, userById, userByPhone } from '../users.ts';
import { enterpriseById } from './enterprises.ts';
import { livePerson, lockEnterprise, mustAdminister } from './person-store.ts';
import { returnHalves } from './return-halves.ts';

const LIFE_MS = 7 * 86_400_000;

const invitations = (executor: Executor) =>
  phoneTables(executor)
    .selectFrom('phone_invitation as i')
    .innerJoin('phone_user as u', 'u.id', 'i.invited_by')
    .selectAll('i')
    .select(['u.name_masked', 'u.phone_masked as inviter_phone']);

type Row = Awaited<ReturnType<ReturnType<typeof invitations>['execute']>>[number];

async function viewOf(executor: Executor, row: Row): Promise<PhoneInvitation> {
  return {
    id: row.id,
    enterprise: (await enterpriseById(executor, row.entity_id))!,
    mobileMasked: row.phone_masked,
    invitedBy: row.name_masked ?? row.inviter_phone,
    at: row.at.toISOString(),
    expiresAt: row.expires_at.toISOString(),
  };
}

export async function openInvitations(
  deps: Pick<PhoneDeps, 'clock'>,
  executor: Executor,
  of: { readonly entityId: string } | { readonly phoneHash: string },
): Promise<PhoneInvitation[]> {
  const rows = await invitations(executor)
    .where('i.state', '=', 'OFFERED')
    .where('i.expires_at', '>', nowOf(deps))
    .$if('entityId' in of, (query) => query.where('i.entity_id', '=', (of as { entityId: string }).entityId))
    .$if('phoneHash' in of, (query) =>
      query.where('i.phone_hash', '=', (of as { phoneHash: string }).phoneHash),
    )
    .orderBy('i.at', 'desc')
    .execute();
  return Promise.all(rows.map((row) => viewOf(executor, row)));
}

type Step = { readonly id: string; readonly user: PhoneUser; readonly from: AuditOrigin };

/**
 * Invites by phone number. Whether the number has an account is not told; whoever has or gets one finds the
 * invitation there.
 * @throws PHONE_ADMIN_ONLY, PHONE_PERSON_ALREADY
 */
export async function invite(
  deps: PhoneDeps,
  { id: entityId, user, from, mobile }: Step & { readonly mobile: string },
): Promise<PhoneInvitation> {
  return withTransaction(deps.database, async (tx) => {
    await mustAdminister(tx, { entityId, userId: user.userId });
    const hash = phoneHash(deps.cipher, mobile);
    const invited = await userByPhone(tx, hash);
    if (invited !== undefined && (await livePerson(tx, { entityId, userId: invited.id })) !== undefined) {
      throw phoneError('PHONE_PERSON_ALREADY');
    }
    const at = nowOf(deps);
    await phoneTables(tx)
      .updateTable('phone_invitation')
      .set({ state: 'EXPIRED', answered_at: at })
      .where('entity_id', '=', entityId)
      .where('state', '=', 'OFFERED')
      .where('expires_at', '<=', at)
      .execute();
    const id = deps.newId();
    const made = await phoneTables(tx)
      .insertInto('phone_invitation')
      .values({
        id,
        entity_id: entityId,
        phone_hash: hash,
        phone_masked: maskPhone(mobile),
        invited_by: user.userId,
        state: 'OFFERED',
        at,
        expires_at: new Date(at.getTime() + LIFE_MS),
      })
      .onConflict((conflict) =>
        conflict.columns(['entity_id', 'phone_hash']).where('state', '=', 'OFFERED').doNothing(),
      )
      .returning('id')
      .executeTakeFirst();
    if (made === undefined) throw phoneError('PHONE_PERSON_ALREADY');
    const enterprise = (await enterpriseById(tx, entityId))!;
    await deps.audit.record(tx, {
      actor: personActor(user),
      action: 'phone.invite',
      subject: { kind: 'phone-invitation', id },
      entity: entityId,
      origin: from,
    });
    if (invited !== undefined) {
      await notify(deps, tx, {
        kind: 'INVITED',
        to: { userId: invited.id },
        facts: { invitationId: id, enterprise: enterprise.name },
        once: id,
      });
    }
    const row = await invitations(tx).where('i.id', '=', id).executeTakeFirstOrThrow();
    return viewOf(tx, row);
  });
}

/** @throws PHONE_UNKNOWN, PHONE_ADMIN_ONLY, PHONE_ANSWERED */
export async function withdrawInvitation(deps: PhoneDeps, { id, user, from }: Step): Promise<void> {
  await withTransaction(deps.database, async (tx) => {
    const row = await invitations(tx).where('i.id', '=', id).executeTakeFirst();
    if (row === undefined) throw phoneError('PHONE_UNKNOWN');
    await mustAdminister(tx, { entityId: row.entity_id, userId: user.userId });
    const { numUpdatedRows } = await phoneTables(tx)
      .updateTable('phone_invitation')
      .set({ state: 'WITHDRAWN', answered_at: nowOf(deps) })
      .where('id', '=', id)
      .where('state', '=', 'OFFERED')
      .executeTakeFirst();
    if (numUpdatedRows === 0n) throw phoneError('PHONE_ANSWERED');
    await deps.audit.record(tx, {
      actor: personActor(user),
      action: 'phone.withdraw-invitation',
      subject: { kind: 'phone-invitation', id },
      entity: row.entity_id,
      origin: from,
    });
  });
}

/** Whoever holds the invited number joins as 办事人员, or not. @throws PHONE_UNKNOWN, PHONE_ANSWERED */
export async function answerInvitation(
  deps: PhoneDeps,
  { id, user, from, accept }: Step & { readonly accept: boolean },
): Promise<void> {
  await withTransaction(deps.database, async (tx) => {
    const me = (await userById(tx, user.userId))!;
    const row = await invitations(tx)
      .where('i.id', '=', id)
      .where('i.phone_hash', '=', me.phone_hash)
      .executeTakeFirst();
    if (row === undefined) throw phoneError('PHONE_UNKNOWN');
    await lockEnterprise(tx, row.entity_id);
    const at = nowOf(deps);
    const { numUpdatedRows } = await phoneTables(tx)
      .updateTable('phone_invitation')
      .set({ state: accept ? 'ACCEPTED' : 'DECLINED', answered_at: at })
      .where('id', '=', id)
      .where('state', '=', 'OFFERED')
      .where('expires_at', '>', at)
      .executeTakeFirst();
    if (numUpdatedRows === 0n) throw phoneError('PHONE_ANSWERED');
    const enterprise = (await enterpriseById(tx, row.entity_id))!;
    const personId = deps.newId();
    if (accept) {
      await phoneTables(tx)
        .insertInto('phone_person')
        .values({
          id: personId,
          entity_id: row.entity_id,
          user_id: user.userId,
          role: 'OPERATOR',
          since: at,
        })
        .execute();
      await returnHalves(deps, tx, { entityId: row.entity_id, userId: user.userId });
    }
    await deps.audit.record(tx, {
      actor: personActor(user),
      action: accept ? 'phone.join' : 'phone.decline-invitation',
      subject: accept ? { kind: 'phone-person', id: personId } : { kind: 'phone-invitation', id },
      entity: row.entity_id,
      origin: from,
    });
    if (accept) {
      await notify(deps, tx, {
        kind: 'JOINED',
        to: { administratorOf: row.entity_id },
        facts: {
          entityId: row.entity_id,
          enterprise: enterprise.name,
          person: shownAs(me),
          role: 'OPERATOR',
        },
        once: personId,
      });
    }
  });
  deps.outbox.poke(HALF_QUEUE);
}
