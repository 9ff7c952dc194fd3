import type { PhoneEnterprise } from '@hufu/contracts';
import { isSameUnitName } from '@hufu/kernel';
import type { AuditOrigin } from '../../../infra/audit/audit.ts';
import { type Tx, withTransaction } from '../../../infra/database/database.ts';
import type { PhoneUser } from '../../access/index.ts';
import { personActor } from '../context.ts';
import { nowOf, type PhoneDeps } from '../deps.ts';
import { phoneError } from '../errors.ts';
import { notify } from '../messages/messages.ts';
import { phoneTables } from '../tables.ts';
import { administratorOf, lockEnterprise } from './person-store.ts';

type Claiming = {
  readonly user: PhoneUser;
  readonly form: { readonly name: string; readonly uscc: string };
  readonly from: AuditOrigin;
};

/**
 * 认领企业 (MOB-011). It gives no right by itself; whoever's order is approved first becomes the administrator. The
 * name must be the one under which hub or library know the code.
 * @throws PHONE_ENTERPRISE_TAKEN, PHONE_NAME_MISMATCH, PHONE_ENTERPRISE_FROZEN
 */
export async function claimEnterprise(
  deps: PhoneDeps,
  { user, form, from }: Claiming,
): Promise<PhoneEnterprise> {
  return withTransaction(deps.database, async (tx) => {
    const at = nowOf(deps);
    const entityId = await deps.identities.organisation(tx, { uscc: form.uscc, at });
    const known = await deps.entity(tx, entityId);
    if (known?.frozen) throw phoneError('PHONE_ENTERPRISE_FROZEN');
    if (known !== undefined && !isSameUnitName(known.name, form.name))
      throw phoneError('PHONE_NAME_MISMATCH');
    if ((await administratorOf(tx, entityId)) !== undefined) throw phoneError('PHONE_ENTERPRISE_TAKEN');
    const name = known?.name ?? form.name;
    const id = deps.newId();
    const claim = await phoneTables(tx)
      .insertInto('phone_claim')
      .values({ id, entity_id: entityId, user_id: user.userId, uscc: form.uscc, name, state: 'OPEN', at })
      // Said again, perhaps with the name put right.
      .onConflict((conflict) =>
        conflict.columns(['user_id', 'entity_id']).where('state', '=', 'OPEN').doUpdateSet({ name }),
      )
      .returningAll()
      .executeTakeFirstOrThrow();
    if (claim.id === id) {
      await deps.audit.record(tx, {
        actor: personActor(user),
        action: 'phone.claim',
        subject: { kind: 'phone-claim', id },
        after: { uscc: form.uscc, name },
        entity: entityId,
        origin: from,
      });
    }
    return {
      id: entityId,
      name,
      uscc: form.uscc,
      standing: 'CLAIMED',
      claimId: claim.id,
      frozen: false,
      since: claim.at.toISOString(),
    };
  });
}

/** @throws PHONE_UNKNOWN */
export async function dropClaim(
  deps: PhoneDeps,
  { id, user, from }: { readonly id: string; readonly user: PhoneUser; readonly from: AuditOrigin },
): Promise<void> {
  await withTransaction(deps.database, async (tx) => {
    const dropped = await phoneTables(tx)
      .updateTable('phone_claim')
      .set({ state: 'DROPPED', decided_at: nowOf(deps) })
      .where('id', '=', id)
      .where('user_id', '=', user.userId)
      .where('state', '=', 'OPEN')
      .returning('entity_id')
      .executeTakeFirst();
    if (dropped === undefined) throw phoneError('PHONE_UNKNOWN');
    await deps.audit.record(tx, {
      actor: personActor(user),
      action: 'phone.drop-claim',
      subject: { kind: 'phone-claim', id },
      entity: dropped.entity_id,
      origin: from,
    });
  });
}

type Approval = {
  readonly entityId: string;
  readonly userId: string;
  readonly orderId: string;
  readonly from?: AuditOrigin;
};

/** OD-32: the first claimant is the administrator. @throws PHONE_ENTERPRISE_TAKEN, PHONE_UNKNOWN */
export async function approveClaim(deps: PhoneDeps, tx: Tx, approval: Approval): Promise<void> {
  const { entityId, userId, orderId } = approval;
  const at = nowOf(deps);
  await lockEnterprise(tx, entityId);
  const admin = await administratorOf(tx, entityId);
  if (admin?.user_id === userId) return;
  if (admin !== undefined) throw phoneError('PHONE_ENTERPRISE_TAKEN');
  const claim = await phoneTables(tx)
    .updateTable('phone_claim')
    .set({ state: 'APPROVED', decided_at: at })
    .where('entity_id', '=', entityId)
    .where('user_id', '=', userId)
    .where('state', '=', 'OPEN')
    .returningAll()
    .executeTakeFirst();
  if (claim === undefined) throw phoneError('PHONE_UNKNOWN');
  await phoneTables(tx)
    .insertInto('phone_enterprise')
    .values({ entity_id: entityId, name: claim.name, updated_at: at })
    .onConflict((conflict) => conflict.column('entity_id').doUpdateSet({ name: claim.name, updated_at: at }))
    .execute();
  // Two approvals at once: the second finds an administrator by the partial unique index.
  const personId = deps.newId();
  const made = await phoneTables(tx)
    .insertInto('phone_person')
    .values({ id: personId, entity_id: entityId, user_id: userId, role: 'ADMIN', since: at, until: null })
    .onConflict((conflict) => conflict.doNothing())
    .returning('id')
    .executeTakeFirst();
  if (made === undefined) throw phoneError('PHONE_ENTERPRISE_TAKEN');
  await phoneTables(tx)
    .updateTable('phone_claim')
    .set({ state: 'ENDED', decided_at: at })
    .where('entity_id', '=', entityId)
    .where('state', '=', 'OPEN')
    .execute();
  await deps.audit.record(tx, {
    actor: { kind: 'system' },
    action: 'phone.appoint',
    subject: { kind: 'phone-person', id: personId },
    after: { role: 'ADMIN', userId, orderId },
    entity: entityId,
    ...(approval.from === undefined ? {} : { origin: approval.from }),
  });
  await notify(deps, tx, {
    kind: 'JOINED',
    to: { userId },
    facts: { entityId, enterprise: claim.name, role: 'ADMIN' },
    once: personId,
  });
}
