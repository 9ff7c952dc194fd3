import { createHash } from 'node:crypto';
import { normaliseUnitName, referenceCode, shanghaiParts, toBase64Url, unbindingDueDate } from '@hufu/kernel';
import { type Tx, withTransaction } from '../../../infra/database/database.ts';
import { step } from '../../../infra/state-table.ts';
import type { Asked } from '../deps.ts';
import { CERTIFICATE_STATES, UNOPPOSED } from '../domain/certificate-states.ts';
import { certificateStatus } from '../domain/certificate-status.ts';
import { maskEmail } from '../domain/masking.ts';
import { UNBIND_STATES, type UnbindEvent, type UnbindStateName } from '../domain/unbind-states.ts';
import { hubError } from '../errors.ts';
import { boundOf, type CertificateRow } from '../store/certificates.ts';
import { type EnterpriseRow, enterpriseByUscc } from '../store/enterprises.ts';
import { insertNotice } from '../store/notices.ts';
import type { UnbindDeps } from './deps.ts';
import { receiptMail } from './mails.ts';
import type { Received } from './receive-scans.ts';
import {
  type ApplicationRow,
  applicationById,
  applicationByToken,
  insertApplication,
  insertEvent,
  insertFiles,
  lockApplication,
  reopenApplication,
} from './store.ts';

export const tokenDigest = (token: string): string => createHash('sha256').update(token).digest('hex');
export const emailPlace = (id: string): string => `unbind_application.applicant_email:${id}`;

/** HUB-105. */
const titleOf = (unitName: string): string => `${unitName}CA证书解绑申请`;

export type Submitted = { readonly token: string; readonly row: ApplicationRow };
type Submission = { readonly received: Received } & Asked;

/**
 * An application arrives (HUB-100 …): checked against the record, stamped, given its due date; every key of the
 * enterprise is told, the applicant gets the secret link.
 *
 * @throws UNBIND_NOT_BOUND, UNBIND_NAME_MISMATCH, UNBIND_NAME_CHANGE_PENDING, UNBIND_USE_PRIMARY,
 *   UNBIND_OPEN_ALREADY, HUB_CERTIFICATE_UNKNOWN
 */
export async function submitApplication(
  deps: UnbindDeps,
  { received, from }: Submission,
): Promise<Submitted> {
  const token = toBase64Url(deps.random(32));
  const id = toBase64Url(deps.random(16));
  return withTransaction(deps.database, async (tx) => {
    const { enterprise, target } = await subjectOf(deps, tx, { received, state: 'DRAFT', event: 'submit' });
    const { form, scans } = received;
    const stamp = stampOf(deps);
    const inserted = await insertApplication(tx, {
      ...stamp.columns,
      id,
      reference: `JB${stamp.day.replaceAll('-', '')}-${referenceCode(deps.random, 8)}`,
      token_sha256: tokenDigest(token),
      enterprise_id: enterprise.id,
      certificate_id: target.id,
      uscc: enterprise.uscc,
      unit_name: form.unitName,
      title: titleOf(form.unitName),
      applicant_email_sealed: deps.cipher.seal(form.applicantEmail, emailPlace(id)),
      applicant_email_masked: maskEmail(form.applicantEmail),
      round: 1,
      version: 1,
      reject_reasons: '[]',
    });
    if (!inserted) throw hubError('UNBIND_OPEN_ALREADY');
    await insertFiles(tx, { applicationId: id, round: 1, scans });
    const row = (await applicationById(tx, id))!;
    await afterSubmission(deps, tx, { row, target, token, email: form.applicantEmail, from });
    return { token, row };
  });
}

/** Once more, corrected, under the same reference and link, with a new receipt time (SM-UNBIND). */
export async function resubmitApplication(
  deps: UnbindDeps,
  { token, received, from }: Submission & { token: string },
): Promise<Submitted> {
  return withTransaction(deps.database, async (tx) => {
    const known = await applicationByToken(tx, tokenDigest(token));
    // Held, so that a second sending of the same correction finds it submitted.
    const before = known && (await lockApplication(tx, known.id));
    if (before === undefined) throw hubError('UNBIND_UNKNOWN');
    const { enterprise, target } = await subjectOf(deps, tx, {
      received,
      state: before.state,
      event: 'resubmit',
    });
    if (enterprise.id !== before.enterprise_id) throw hubError('UNBIND_NOT_BOUND');
    const { form, scans } = received;
    const round = before.round + 1;
    const reopened = await reopenApplication(tx, {
      row: before,
      change: {
        ...stampOf(deps).columns,
        certificate_id: target.id,
        unit_name: form.unitName,
        title: titleOf(form.unitName),
        applicant_email_sealed: deps.cipher.seal(form.applicantEmail, emailPlace(before.id)),
        applicant_email_masked: maskEmail(form.applicantEmail),
        round,
        decided_at: null,
        reject_reasons: '[]',
        reject_note: null,
        checked_by: null,
        checked_at: null,
        check_note: null,
        objection: null,
        objected_by: null,
      },
    });
    if (!reopened) throw hubError('UNBIND_OPEN_ALREADY');
    await insertFiles(tx, { applicationId: before.id, round, scans });
    const row = (await applicationById(tx, before.id))!;
    await afterSubmission(deps, tx, { row, target, token, email: form.applicantEmail, from });
    return { token, row };
  });
}

function stampOf(deps: UnbindDeps) {
  const now = deps.clock.now();
  const due = unbindingDueDate(now, deps.calendar);
  return {
    day: shanghaiParts(now).date,
    columns: { state: 'SUBMITTED' as const, received_at: new Date(now), due_at: new Date(due.before) },
  };
}

type Asking = { received: Received; state: UnbindStateName; event: UnbindEvent };

/** Whose application this is and which certificate it is about, if the state table lets it in. */
async function subjectOf(
  deps: UnbindDeps,
  tx: Tx,
  { received, state, event }: Asking,
): Promise<{ enterprise: EnterpriseRow; target: CertificateRow }> {
  const { form } = received;
  const enterprise = await enterpriseByUscc(tx, form.uscc);
  if (enterprise?.state !== 'BOUND') throw hubError('UNBIND_NOT_BOUND', { field: 'uscc' });
  const verdict = step(UNBIND_STATES, {
    state,
    event,
    facts: {
      bothScans: true,
      nameChangeFinished: form.nameChangeFinished === 'true',
      nameOnRecord: normaliseUnitName(form.unitName) === enterprise.unit_name_key,
    },
  });
  if (!verdict.allowed) throw hubError(verdict.code, { field: 'unitName' });
  const bound = await boundOf(tx, enterprise.id);
  const serial = form.certSerial?.toLowerCase();
  const target = bound.find((one) =>
    serial === undefined ? one.role === 'PRIMARY' : one.serial_number === serial,
  );
  if (target === undefined) throw hubError('HUB_CERTIFICATE_UNKNOWN', { field: 'certSerial' });
  const unbinding = step(CERTIFICATE_STATES, {
    state: `BOUND_${target.role}`,
    event: 'desk-unbind',
    facts: { ...UNOPPOSED, primaryUsable: isPrimaryUsable(bound, deps.clock.now()) },
  });
  if (!unbinding.allowed) throw hubError(unbinding.code);
  return { enterprise, target };
}

/** OD-09: the desk unbinds a secondary only when the primary cannot do it. */
export function isPrimaryUsable(bound: readonly CertificateRow[], now: number): boolean {
  const primary = bound.find((one) => one.role === 'PRIMARY');
  if (primary === undefined) return false;
  const status = certificateStatus(
    {
      validFrom: primary.valid_from.getTime(),
      validTo: primary.valid_to.getTime(),
      revocation: primary.revocation,
    },
    now,
  );
  return status === 'VALID' || status === 'EXPIRING' || status === 'UNKNOWN';
}

type After = { row: ApplicationRow; target: CertificateRow; token: string; email: string } & Asked;

async function afterSubmission(
  deps: UnbindDeps,
  tx: Tx,
  { row, target, token, email, from }: After,
): Promise<void> {
  const at = row.received_at;
  await insertEvent(tx, { applicationId: row.id, at, state: 'SUBMITTED', note: null });
  await insertNotice(tx, {
    id: toBase64Url(deps.random(16)),
    enterpriseId: row.enterprise_id,
    notice: {
      kind: 'UNBIND_APPLIED',
      facts: {
        applicationId: row.id,
        reference: row.reference,
        certKeyNo: target.cert_key_no,
        at: at.getTime(),
      },
    },
    at,
  });
  const statusUrl = `${deps.origin}/unbind/status/${token}`;
  const told = { to: email, title: row.title, reference: row.reference, statusUrl };
  await deps.mailer.send(tx, receiptMail(told, dueDay(row)));
  await deps.audit.record(tx, {
    actor: { kind: 'anonymous' },
    action: row.round === 1 ? 'unbind.submit' : 'unbind.resubmit',
    subject: { kind: 'unbind-application', id: row.id },
    after: { state: 'SUBMITTED', enterprise: row.enterprise_id, certificate: target.id, round: row.round },
    origin: from,
    entity: row.enterprise_id,
  });
}

/** `due_at` is the midnight that ends the day on which it is due. */
export const dueDay = (row: Pick<ApplicationRow, 'due_at'>): string =>
  shanghaiParts(row.due_at.getTime() - 1).date;
