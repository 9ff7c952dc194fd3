import type { PhoneAdminForm } from '@hufu/contracts';
import type { z } from 'zod';
import type { AuditActor } from '../../../infra/audit/audit.ts';
import { type Tx, withTransaction } from '../../../infra/database/database.ts';
import type { ReceivedFile } from '../../../infra/http/receive-file.ts';
import type { ApprovalKinds, Proposal } from '../../desk/index.ts';
import { nowOf, type PhoneDeps } from '../deps.ts';
import { phoneError } from '../errors.ts';
import { notify } from '../messages/messages.ts';
import { phoneTables } from '../tables.ts';
import { phoneHash, shownAs, userById, userByPhone } from '../users.ts';
import { enterpriseById } from './enterprises.ts';
import { administratorOf, livePerson, lockEnterprise } from './person-store.ts';
import { TRANSFER_LIFE_MS } from './transfer.ts';

export type Replacing = {
  readonly form: z.output<typeof PhoneAdminForm>;
  readonly letter: ReceivedFile | undefined;
};

/**
 * 更换管理员 at the counter (SM-MOB-ADMIN): the administrator is gone and cannot hand the role over. What one person
 * takes down, with the enterprise's letter, another one decides; then the candidate accepts on their own phone.
 * @throws PHONE_LETTER, PHONE_NO_ADMIN, PHONE_PERSON_UNVERIFIED, PHONE_PERSON_ALREADY, PHONE_TRANSFER_OPEN, FILE_*
 */
export async function takeReplacement(
  deps: PhoneDeps,
  { form, letter }: Replacing,
): Promise<{ readonly id: string; readonly proposal: Proposal }> {
  if (letter === undefined) throw phoneError('PHONE_LETTER');
  const { db } = deps.database;
  const at = nowOf(deps);
  const entityId = await withTransaction(deps.database, (tx) =>
    deps.identities.organisation(tx, { uscc: form.uscc, at }),
  );
  const admin = await administratorOf(db, entityId);
  const enterprise = await enterpriseById(db, entityId);
  if (admin === undefined || enterprise === undefined) throw phoneError('PHONE_NO_ADMIN');
  const candidate = await userByPhone(db, phoneHash(deps.cipher, form.mobile));
  if (candidate?.verified_at == null) throw phoneError('PHONE_PERSON_UNVERIFIED');
  if (candidate.id === admin.user_id) throw phoneError('PHONE_PERSON_ALREADY');
  const file = await deps.takeFile({ name: letter.name, bytes: letter.bytes });
  const id = deps.newId();
  const made = await phoneTables(db)
    .insertInto('phone_admin_replacement')
    .values({
      id,
      entity_id: entityId,
      former_user: admin.user_id,
      candidate_user: candidate.id,
      reason: form.reason,
      letter_sha256: file.sha256,
      letter_name: letter.name || 'letter',
      letter_type: file.mediaType,
      state: 'PROPOSED',
      at,
    })
    .onConflict((conflict) => conflict.column('entity_id').where('state', '=', 'PROPOSED').doNothing())
    .returning('id')
    .executeTakeFirst();
  if (made === undefined) throw phoneError('PHONE_TRANSFER_OPEN');
  const former = shownAs((await userById(db, admin.user_id))!);
  return {
    id,
    proposal: {
      kind: 'PHONE_ADMIN',
      subject: id,
      subjectState: `${id}#PROPOSED`,
      summary: `更换标证通管理员：${enterprise.name}（${enterprise.uscc}）`,
      changes: [{ field: 'administrator', before: former, after: shownAs(candidate) }],
      payload: { id },
    },
  };
}

/** It was taken down, and could not be put before a second person. */
export async function dropReplacement(deps: PhoneDeps, id: string): Promise<void> {
  await withTransaction(deps.database, (tx) => end(deps, tx, id));
}

async function end(deps: PhoneDeps, tx: Tx, id: string): Promise<void> {
  await phoneTables(tx)
    .updateTable('phone_admin_replacement')
    .set({ state: 'ENDED', decided_at: nowOf(deps) })
    .where('id', '=', id)
    .where('state', '=', 'PROPOSED')
    .execute();
}

type Decided = { readonly id: string; readonly actor: AuditActor; readonly reason: string };

/**
 * The second person's yes: the role is offered to the candidate, who joins the enterprise if need be. Until they
 * accept, the former one is the administrator: there is always exactly one.
 * @throws PHONE_ANSWERED when either is no longer what it was
 */
async function offer(deps: PhoneDeps, tx: Tx, { id, actor, reason }: Decided): Promise<void> {
  const row = await phoneTables(tx)
    .selectFrom('phone_admin_replacement')
    .selectAll()
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirst();
  if (row?.state !== 'PROPOSED') throw phoneError('PHONE_ANSWERED');
  const { entity_id: entityId, candidate_user: candidate, former_user: former } = row;
  await lockEnterprise(tx, entityId);
  if ((await administratorOf(tx, entityId))?.user_id !== former) throw phoneError('PHONE_ANSWERED');
  const at = nowOf(deps);
  if ((await livePerson(tx, { entityId, userId: candidate })) === undefined) {
    await phoneTables(tx)
      .insertInto('phone_person')
      .values({
        id: deps.newId(),
        entity_id: entityId,
        user_id: candidate,
        role: 'OPERATOR',
        since: at,
        until: null,
      })
      .execute();
  }
  await phoneTables(tx)
    .updateTable('phone_transfer')
    .set({ state: 'WITHDRAWN', answered_at: at })
    .where('entity_id', '=', entityId)
    .where('state', '=', 'OFFERED')
    .execute();
  const transferId = deps.newId();
  await phoneTables(tx)
    .insertInto('phone_transfer')
    .values({
      id: transferId,
      entity_id: entityId,
      from_user: former,
      to_user: candidate,
      state: 'OFFERED',
      by_desk: true,
      at,
      expires_at: new Date(at.getTime() + TRANSFER_LIFE_MS),
    })
    .execute();
  await phoneTables(tx)
    .updateTable('phone_admin_replacement')
    .set({ state: 'OFFERED', transfer_id: transferId, decided_at: at })
    .where('id', '=', id)
    .execute();
  await deps.audit.record(tx, {
    actor,
    action: 'phone.replace-admin',
    subject: { kind: 'phone-transfer', id: transferId },
    after: { replacement: id, former, candidate },
    reason,
    entity: entityId,
  });
  const enterprise = (await enterpriseById(tx, entityId))!;
  await notify(deps, tx, {
    kind: 'TRANSFER_OFFERED',
    to: { userId: candidate },
    facts: { transferId, enterprise: enterprise.name },
    once: transferId,
  });
  // Whoever is gone after all may object in time.
  await notify(deps, tx, {
    kind: 'ADMIN_REPLACED',
    to: { userId: former },
    facts: { transferId, enterprise: enterprise.name },
    once: transferId,
  });
}

const idOf = (payload: unknown): string => (payload as { readonly id: string }).id;

export const replacementKinds = (deps: PhoneDeps): ApprovalKinds => ({
  PHONE_ADMIN: {
    apply: (tx, { row, actor }) => offer(deps, tx, { id: idOf(row.payload), actor, reason: row.reason }),
    drop: (tx, { row }) => end(deps, tx, idOf(row.payload)),
  },
});
