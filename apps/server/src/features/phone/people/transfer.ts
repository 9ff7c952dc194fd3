import type { PhoneTransfer } from '@hufu/contracts';
import type { AuditOrigin } from '../../../infra/audit/audit.ts';
import { type Executor, type Tx, withTransaction } from '../../../infra/database/database.ts';
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
import { livePerson, lockEnterprise, mustAdminister } from './person-store.ts';
import { takeHalves } from './return-halves.ts';

export const TRANSFER_LIFE_MS = 7 * 86_400_000;

const transfers = (executor: Executor) =>
  phoneTables(executor)
    .selectFrom('phone_transfer as t')
    .innerJoin('phone_user as f', 'f.id', 't.from_user')
    .innerJoin('phone_user as r', 'r.id', 't.to_user')
    .selectAll('t')
    .select(['f.name_masked as from_name', 'f.phone_masked as from_phone'])
    .select(['r.name_masked as to_name', 'r.phone_masked as to_phone']);

type Row = Awaited<ReturnType<ReturnType<typeof transfers>['execute']>>[number];

async function viewOf(executor: Executor, row: Row): Promise<PhoneTransfer> {
  return {
    id: row.id,
    enterprise: (await enterpriseById(executor, row.entity_id))!,
    from: row.from_name ?? row.from_phone,
    to: row.to_name ?? row.to_phone,
    state: row.state,
    at: row.at.toISOString(),
    expiresAt: row.expires_at.toISOString(),
  };
}

export async function transfersTo(
  deps: Pick<PhoneDeps, 'clock'>,
  executor: Executor,
  userId: string,
): Promise<PhoneTransfer[]> {
  const rows = await transfers(executor)
    .where('t.to_user', '=', userId)
    .where('t.state', '=', 'OFFERED')
    .where('t.expires_at', '>', nowOf(deps))
    .execute();
  return Promise.all(rows.map((row) => viewOf(executor, row)));
}

type Step = { readonly id: string; readonly user: PhoneUser; readonly from: AuditOrigin };

/**
 * 转授管理员 (MOB-046, OD-32): the administrator asks a person of the enterprise whose real name is proved.
 * @throws PHONE_ADMIN_ONLY, PHONE_UNKNOWN, PHONE_PERSON_UNVERIFIED, PHONE_TRANSFER_OPEN
 */
export async function offerTransfer(
  deps: PhoneDeps,
  { id: entityId, user, from, personId }: Step & { readonly personId: string },
): Promise<PhoneTransfer> {
  return withTransaction(deps.database, async (tx) => {
    const admin = await mustAdminister(tx, { entityId, userId: user.userId });
    const person = await phoneTables(tx)
      .selectFrom('phone_person')
      .selectAll()
      .where('id', '=', personId)
      .where('entity_id', '=', entityId)
      .where('until', 'is', null)
      .executeTakeFirst();
    if (person === undefined || person.id === admin.id) throw phoneError('PHONE_UNKNOWN');
    const receiver = (await userById(tx, person.user_id))!;
    if (receiver.verified_at === null) throw phoneError('PHONE_PERSON_UNVERIFIED');
    const at = nowOf(deps);
    await phoneTables(tx)
      .updateTable('phone_transfer')
      .set({ state: 'EXPIRED', answered_at: at })
      .where('entity_id', '=', entityId)
      .where('state', '=', 'OFFERED')
      .where('expires_at', '<=', at)
      .execute();
    const id = deps.newId();
    const made = await phoneTables(tx)
      .insertInto('phone_transfer')
      .values({
        id,
        entity_id: entityId,
        from_user: user.userId,
        to_user: person.user_id,
        state: 'OFFERED',
        by_desk: false,
        at,
        expires_at: new Date(at.getTime() + TRANSFER_LIFE_MS),
      })
      .onConflict((conflict) => conflict.column('entity_id').where('state', '=', 'OFFERED').doNothing())
      .returning('id')
      .executeTakeFirst();
    if (made === undefined) throw phoneError('PHONE_TRANSFER_OPEN');
    await deps.audit.record(tx, {
      actor: personActor(user),
      action: 'phone.offer-transfer',
      subject: { kind: 'phone-transfer', id },
      after: { toPerson: personId },
      entity: entityId,
      origin: from,
    });
    const enterprise = (await enterpriseById(tx, entityId))!;
    await notify(deps, tx, {
      kind: 'TRANSFER_OFFERED',
      to: { userId: person.user_id },
      facts: { transferId: id, enterprise: enterprise.name },
      once: id,
    });
    return viewOf(tx, await transfers(tx).where('t.id', '=', id).executeTakeFirstOrThrow());
  });
}

/** Moves it on while it is open. @throws PHONE_ANSWERED */
async function settle(deps: PhoneDeps, tx: Tx, { id, state }: Pick<Row, 'id' | 'state'>): Promise<void> {
  const at = nowOf(deps);
  const { numUpdatedRows } = await phoneTables(tx)
    .updateTable('phone_transfer')
    .set({ state, answered_at: at })
    .where('id', '=', id)
    .where('state', '=', 'OFFERED')
    .where('expires_at', '>', at)
    .executeTakeFirst();
  if (numUpdatedRows === 0n) throw phoneError('PHONE_ANSWERED');
}

/**
 * What the counter has decided is not the former administrator's to take back.
 * @throws PHONE_UNKNOWN, PHONE_ADMIN_ONLY, PHONE_ANSWERED
 */
export async function withdrawTransfer(deps: PhoneDeps, { id, user, from }: Step): Promise<void> {
  await withTransaction(deps.database, async (tx) => {
    const row = await transfers(tx).where('t.id', '=', id).executeTakeFirst();
    if (row === undefined) throw phoneError('PHONE_UNKNOWN');
    await mustAdminister(tx, { entityId: row.entity_id, userId: user.userId });
    if (row.by_desk) throw phoneError('PHONE_ANSWERED');
    await settle(deps, tx, { id, state: 'WITHDRAWN' });
    await deps.audit.record(tx, {
      actor: personActor(user),
      action: 'phone.withdraw-transfer',
      subject: { kind: 'phone-transfer', id },
      entity: row.entity_id,
      origin: from,
    });
  });
}

/**
 * The receiver accepts or declines. By accepting the roles change in one step: there is never a moment with two
 * administrators or none. The new one needs no grants any more; the old one has none, and uses nothing until granted.
 * Whom the counter has replaced is gone: they leave the enterprise, and their halves with them.
 * @throws PHONE_UNKNOWN, PHONE_ANSWERED
 */
export async function answerTransfer(
  deps: PhoneDeps,
  { id, user, from, accept }: Step & { readonly accept: boolean },
): Promise<PhoneTransfer> {
  return withTransaction(deps.database, async (tx) => {
    const row = await transfers(tx)
      .where('t.id', '=', id)
      .where('t.to_user', '=', user.userId)
      .executeTakeFirst();
    if (row === undefined) throw phoneError('PHONE_UNKNOWN');
    const { entity_id: entityId } = row;
    await lockEnterprise(tx, entityId);
    await settle(deps, tx, { id, state: accept ? 'ACCEPTED' : 'DECLINED' });
    if (accept) await changeRoles(deps, tx, row);
    await deps.audit.record(tx, {
      actor: personActor(user),
      action: accept ? 'phone.accept-transfer' : 'phone.decline-transfer',
      subject: { kind: 'phone-transfer', id },
      entity: entityId,
      origin: from,
    });
    const enterprise = (await enterpriseById(tx, entityId))!;
    const receiver = (await userById(tx, user.userId))!;
    await notify(deps, tx, {
      kind: 'TRANSFER_ANSWERED',
      to: { userId: row.from_user },
      facts: { transferId: id, enterprise: enterprise.name, person: shownAs(receiver), accepted: accept },
      once: id,
    });
    return viewOf(tx, await transfers(tx).where('t.id', '=', id).executeTakeFirstOrThrow());
  });
}

async function changeRoles(deps: PhoneDeps, tx: Tx, row: Row): Promise<void> {
  const { entity_id: entityId, from_user: former, to_user: next } = row;
  const giver = await livePerson(tx, { entityId, userId: former });
  const taker = await livePerson(tx, { entityId, userId: next });
  // Either may have left, or the role may have gone elsewhere, since it was offered.
  if (giver?.role !== 'ADMIN' || taker === undefined) throw phoneError('PHONE_ANSWERED');
  const give = (id: string, role: 'ADMIN' | 'OPERATOR') =>
    phoneTables(tx).updateTable('phone_person').set({ role }).where('id', '=', id).execute();
  await give(giver.id, 'OPERATOR');
  await give(taker.id, 'ADMIN');
  if (row.by_desk) await leave(deps, tx, { personId: giver.id, entityId, userId: former });
  await endGrants(tx, { of: { personId: taker.id }, by: former, why: 'ADMIN', at: nowOf(deps) });
}

type Leaving = { readonly personId: string; readonly entityId: string; readonly userId: string };

async function leave(deps: PhoneDeps, tx: Tx, { personId, ...who }: Leaving): Promise<void> {
  await phoneTables(tx)
    .updateTable('phone_person')
    .set({ until: nowOf(deps) })
    .where('id', '=', personId)
    .execute();
  await takeHalves(deps, tx, who);
  deps.outbox.poke(HALF_QUEUE);
}
