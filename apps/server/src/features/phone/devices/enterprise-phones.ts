import type { EnterprisePhone } from '@hufu/contracts';
import { sql } from 'kysely';
import type { AuditActor, AuditOrigin } from '../../../infra/audit/audit.ts';
import { type Executor, withTransaction } from '../../../infra/database/database.ts';
import type { PhoneDeps } from '../deps.ts';
import { phoneError } from '../errors.ts';
import { HALF_QUEUE, holdHalves, releaseHalves } from '../halves/half-store.ts';
import { notify } from '../messages/messages.ts';
import { enterpriseById } from '../people/enterprises.ts';
import { type Hold, phoneTables } from '../tables.ts';

const halvesAt = (executor: Executor, entityId: string) =>
  phoneTables(executor)
    .selectFrom('phone_half as h')
    .innerJoin('phone_certificate as c', 'c.id', 'h.certificate_id')
    .innerJoin('phone_device as d', 'd.id', 'h.device_id')
    .innerJoin('phone_user as u', 'u.id', 'd.user_id')
    .leftJoin('phone_person as p', (join) =>
      join.onRef('p.user_id', '=', 'u.id').onRef('p.entity_id', '=', 'c.entity_id').on('p.until', 'is', null),
    )
    .select(['h.id', 'h.holds', 'h.last_used_at', 'c.id as certificate_id', 'c.serial_number'])
    .select(['d.id as device_id', 'd.name', 'd.state as device_state', 'd.last_seen_at', 'd.user_id'])
    .select(['u.name_masked', 'u.phone_masked', 'p.role'])
    .where('c.entity_id', '=', entityId)
    .where('h.state', 'not in', ['NEW', 'DESTROYED'])
    .where(sql<boolean>`d.state <> 'REMOVED'`)
    .orderBy('d.registered_at')
    .orderBy('d.id')
    .orderBy('h.id');

type Row = Awaited<ReturnType<ReturnType<typeof halvesAt>['execute']>>[number];

const isHeld = ({ holds, device_state: state }: Row): boolean =>
  state === 'FROZEN' || holds.some((why: Hold) => why === 'DEVICE' || why === 'ENTERPRISE');

function viewOf(rows: readonly Row[]): EnterprisePhone {
  const [first] = rows;
  if (first === undefined) throw phoneError('PHONE_UNKNOWN');
  const used = rows.flatMap((row) => row.last_used_at?.getTime() ?? []);
  const certificates = new Map(rows.map((row) => [row.certificate_id, row.serial_number]));
  return {
    id: first.device_id,
    deviceName: first.name,
    personMasked: first.name_masked ?? first.phone_masked,
    role: first.role ?? 'FORMER',
    state: rows.some(isHeld) ? 'FROZEN' : 'ACTIVE',
    certificates: [...certificates].map(([id, serialNumber]) => ({ id, serialNumber })),
    lastSeenAt: first.last_seen_at.toISOString(),
    lastUsedAt: used.length === 0 ? null : new Date(Math.max(...used)).toISOString(),
  };
}

/** Phones that hold halves of the enterprise's certificates: for whoever looks after it on the web. */
export async function listEnterprisePhones(deps: PhoneDeps, entityId: string): Promise<EnterprisePhone[]> {
  const rows = await halvesAt(deps.database.db, entityId).execute();
  const ids = [...new Set(rows.map((row) => row.device_id))];
  return ids.map((id) => viewOf(rows.filter((row) => row.device_id === id)));
}

type Step = {
  readonly deviceId: string;
  readonly entityId: string;
  readonly actor: AuditActor;
  readonly from: AuditOrigin;
};

type Change = { readonly action: string; readonly isFreezing: boolean; readonly reason?: string };

/**
 * The halves of this enterprise's certificates on that phone, and nothing else: the phone is somebody's, who may work
 * for others as well.
 */
async function change(deps: PhoneDeps, step: Step, { action, isFreezing, reason }: Change) {
  const { deviceId, entityId, actor, from } = step;
  await withTransaction(deps.database, async (tx) => {
    const rows = await halvesAt(tx, entityId).where('d.id', '=', deviceId).execute();
    const [first] = rows;
    if (first === undefined) throw phoneError('PHONE_UNKNOWN');
    const isHeldHere = rows.some(({ holds }) => holds.some((why: Hold) => why === 'ENTERPRISE'));
    if (isHeldHere === isFreezing) throw phoneError('PHONE_DEVICE_STATE');
    const held = { ids: rows.map(({ id }) => id), why: 'ENTERPRISE' } as const;
    await (isFreezing ? holdHalves(deps, tx, held) : releaseHalves(deps, tx, held));
    await deps.audit.record(tx, {
      actor,
      action,
      subject: { kind: 'phone-device', id: deviceId },
      ...(reason === undefined ? {} : { reason }),
      entity: entityId,
      origin: from,
    });
    const enterprise = await enterpriseById(tx, entityId);
    await notify(deps, tx, {
      kind: isFreezing ? 'DEVICE_FROZEN' : 'DEVICE_THAWED',
      to: { userId: first.user_id },
      facts: { deviceId, deviceName: first.name, enterprise: enterprise?.name ?? '' },
    });
  });
  deps.outbox.poke(HALF_QUEUE);
  return viewOf(await halvesAt(deps.database.db, entityId).where('d.id', '=', deviceId).execute());
}

/** @throws PHONE_UNKNOWN, PHONE_DEVICE_STATE */
export const freezeEnterprisePhone = (
  deps: PhoneDeps,
  step: Step & { readonly reason: string },
): Promise<EnterprisePhone> =>
  change(deps, step, { action: 'phone.freeze-by-enterprise', isFreezing: true, reason: step.reason });

/** Whoever froze it on the web releases it there. @throws PHONE_UNKNOWN, PHONE_DEVICE_STATE */
export const thawEnterprisePhone = (deps: PhoneDeps, step: Step): Promise<EnterprisePhone> =>
  change(deps, step, { action: 'phone.thaw-by-enterprise', isFreezing: false });
