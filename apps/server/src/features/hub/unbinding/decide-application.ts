import { normaliseUnitName, toBase64Url } from '@hufu/kernel';
import type { AuditActor, AuditOrigin } from '../../../infra/audit/audit.ts';
import { type Tx, withTransaction } from '../../../infra/database/database.ts';
import { step } from '../../../infra/state-table.ts';
import type { Holder } from '../../access/index.ts';
import type { Asked } from '../deps.ts';
import { CERTIFICATE_STATES, UNOPPOSED } from '../domain/certificate-states.ts';
import { UNBIND_IN_ORDER, UNBIND_STATES, type UnbindEvent } from '../domain/unbind-states.ts';
import { hubError } from '../errors.ts';
import { boundOf, certificateById, endCertificate, promote } from '../store/certificates.ts';
import { enterpriseById, lockEnterprise, markUnbound } from '../store/enterprises.ts';
import { insertNotice } from '../store/notices.ts';
import type { UnbindDeps } from './deps.ts';
import { doneMail, objectionMail, rejectionMail, type Told } from './mails.ts';
import {
  type ApplicationChange,
  type ApplicationRow,
  applicationById,
  insertEvent,
  lockApplication,
  updateApplication,
} from './store.ts';
import { emailPlace, isPrimaryUsable } from './submit-application.ts';

/** Who decides, as the desk has established. */
export type By = { readonly actor: AuditActor; readonly operatorId: string; readonly from?: AuditOrigin };

type Moving = {
  readonly id: string;
  readonly event: UnbindEvent;
  readonly change: (row: ApplicationRow) => ApplicationChange;
  readonly note: string | null;
  readonly actor: AuditActor;
  readonly from?: AuditOrigin;
};

/** One step of SM-UNBIND with its event and audit entry. @throws UNBIND_UNKNOWN, UNBIND_STATE, UNBIND_NAME_MISMATCH */
async function move(deps: UnbindDeps, tx: Tx, moving: Moving): Promise<ApplicationRow> {
  const before = await lockApplication(tx, moving.id);
  if (before === undefined) throw hubError('UNBIND_UNKNOWN');
  const enterprise = await enterpriseById(tx, before.enterprise_id);
  const verdict = step(UNBIND_STATES, {
    state: before.state,
    event: moving.event,
    facts: {
      ...UNBIND_IN_ORDER,
      nameOnRecord: enterprise?.unit_name_key === normaliseUnitName(before.unit_name),
    },
  });
  if (!verdict.allowed) throw hubError(verdict.code);
  const state = verdict.next as ApplicationRow['state'];
  await updateApplication(tx, { row: before, change: { ...moving.change(before), state } });
  await insertEvent(tx, {
    applicationId: before.id,
    at: new Date(deps.clock.now()),
    state,
    note: moving.note,
  });
  await deps.audit.record(tx, {
    actor: moving.actor,
    action: `unbind.${moving.event}`,
    subject: { kind: 'unbind-application', id: before.id },
    before: { state: before.state },
    after: { state },
    ...(moving.note === null ? {} : { reason: moving.note }),
    ...(moving.from === undefined ? {} : { origin: moving.from }),
    entity: before.enterprise_id,
  });
  return (await applicationById(tx, before.id))!;
}

/** First person: the material is in order. */
export async function checkApplication(
  deps: UnbindDeps,
  tx: Tx,
  { id, note, by }: { id: string; note: string; by: By },
): Promise<ApplicationRow> {
  const at = new Date(deps.clock.now());
  return move(deps, tx, {
    id,
    event: 'check',
    change: () => ({ checked_by: by.operatorId, checked_at: at, check_note: note === '' ? null : note }),
    note: null,
    actor: by.actor,
    ...(by.from ? { from: by.from } : {}),
  });
}

/** The second person's no, or a withdrawal: back to the first. Nothing to do when it was stopped meanwhile. */
export async function returnApplication(
  deps: UnbindDeps,
  tx: Tx,
  { id, actor }: { id: string; actor: AuditActor },
): Promise<void> {
  const row = await lockApplication(tx, id);
  if (row?.state !== 'CHECKED') return;
  await move(deps, tx, {
    id,
    event: 'return',
    change: () => ({ checked_by: null, checked_at: null, check_note: null }),
    note: null,
    actor,
  });
}

export type Rejection = {
  readonly id: string;
  readonly reasons: readonly string[];
  readonly note: string;
  readonly by: By;
};

/** HUB-104, HUB-107: sent back with reasons, by mail. */
export async function rejectApplication(
  deps: UnbindDeps,
  tx: Tx,
  { id, reasons, note, by }: Rejection,
): Promise<ApplicationRow> {
  const remark = note === '' ? null : note;
  const row = await move(deps, tx, {
    id,
    event: 'reject',
    change: () => ({
      decided_at: new Date(deps.clock.now()),
      reject_reasons: JSON.stringify(reasons),
      reject_note: remark,
    }),
    note: remark,
    actor: by.actor,
    ...(by.from ? { from: by.from } : {}),
  });
  await deps.mailer.send(tx, rejectionMail(toldOf(deps, row), { reasons, note: remark }));
  return row;
}

/**
 * The second person's yes: the certificate is unbound, its sessions end, the earliest-bound secondary becomes the
 * primary, or the enterprise is free to bind anew (OD-09, HUB-109); the result is mailed (HUB-107).
 *
 * @throws UNBIND_STATE when the certificate is bound no more or the application was stopped
 */
export async function approveApplication(
  deps: UnbindDeps,
  tx: Tx,
  { id, actor }: { id: string; actor: AuditActor },
): Promise<void> {
  const at = new Date(deps.clock.now());
  const row = await move(deps, tx, {
    id,
    event: 'approve',
    change: () => ({ decided_at: at }),
    note: null,
    actor,
  });
  await lockEnterprise(tx, row.enterprise_id);
  const target = await certificateById(tx, row.certificate_id);
  if (target?.state !== 'BOUND') throw hubError('UNBIND_STATE');
  const bound = await boundOf(tx, row.enterprise_id);
  const verdict = step(CERTIFICATE_STATES, {
    state: `BOUND_${target.role}`,
    event: 'desk-unbind',
    facts: { ...UNOPPOSED, primaryUsable: isPrimaryUsable(bound, at.getTime()) },
  });
  if (!verdict.allowed) throw hubError(verdict.code);
  await endCertificate(tx, { id: target.id, state: 'UNBOUND', reason: row.reference, at });
  await deps.sessions.endForCertificate(tx, target.id);
  const left = bound.filter((one) => one.id !== target.id);
  const heir = target.role === 'PRIMARY' ? left[0] : undefined;
  if (heir !== undefined) await promote(tx, heir.id);
  if (left.length === 0) {
    await markUnbound(tx, { id: row.enterprise_id, at });
    await deps.sessions.endForEntity(tx, row.enterprise_id);
  }
  await insertNotice(tx, {
    id: toBase64Url(deps.random(16)),
    enterpriseId: row.enterprise_id,
    notice: {
      kind: 'UNBIND_DONE',
      facts: { reference: row.reference, promotedKeyNo: heir?.cert_key_no ?? null },
    },
    at,
  });
  await deps.audit.record(tx, {
    actor,
    action: 'certificate.unbind',
    subject: { kind: 'certificate', id: target.id },
    before: { state: 'BOUND', role: target.role },
    after: { state: 'UNBOUND', promoted: heir?.id ?? null, enterpriseUnbound: left.length === 0 },
    reason: row.reference,
    entity: row.enterprise_id,
  });
  await deps.mailer.send(tx, doneMail(toldOf(deps, row)));
}

/** A holder of the enterprise stops it (decision on OD-09). @throws UNBIND_UNKNOWN, UNBIND_STATE */
export async function objectToApplication(
  deps: UnbindDeps,
  { id, holder, reason, from }: { id: string; holder: Holder; reason: string } & Asked,
): Promise<void> {
  await withTransaction(deps.database, async (tx) => {
    const known = await lockApplication(tx, id);
    if (known?.enterprise_id !== holder.enterpriseId) throw hubError('UNBIND_UNKNOWN');
    const row = await move(deps, tx, {
      id,
      event: 'object',
      change: () => ({ objection: reason, objected_by: holder.certificateId }),
      note: null,
      actor: { kind: 'entity', id: holder.enterpriseId, certificate: holder.fingerprint },
      from,
    });
    await deps.mailer.send(tx, objectionMail(toldOf(deps, row)));
  });
}

const toldOf = (deps: UnbindDeps, row: ApplicationRow): Told => ({
  to: deps.cipher.open(row.applicant_email_sealed, emailPlace(row.id)),
  title: row.title,
  reference: row.reference,
});
