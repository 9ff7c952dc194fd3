import type { DeskUnbind, UnbindApplication } from '@hufu/contracts';
import type { Executor } from '../../../infra/database/database.ts';
import { certificateById } from '../store/certificates.ts';
import { enterpriseById } from '../store/enterprises.ts';
import { boundView, iso } from '../views.ts';
import type { UnbindDeps } from './deps.ts';
import { type ApplicationRow, eventsOf, filesOf } from './store.ts';
import { dueDay } from './submit-application.ts';

const OPEN = new Set<ApplicationRow['state']>(['SUBMITTED', 'CHECKED', 'OBJECTED']);

export async function applicationView(executor: Executor, row: ApplicationRow): Promise<UnbindApplication> {
  const [files, events] = await Promise.all([filesOf(executor, row), eventsOf(executor, row.id)]);
  return {
    id: row.id,
    reference: row.reference,
    title: row.title,
    unitName: row.unit_name,
    uscc: row.uscc,
    state: row.state,
    applicantEmailMasked: row.applicant_email_masked,
    receivedAt: iso(row.received_at),
    dueAt: dueDay(row),
    decidedAt: row.decided_at && iso(row.decided_at),
    rejectReasons: row.reject_reasons,
    rejectNote: row.reject_note,
    history: events.map(({ at, state, note }) => ({
      at: iso(at),
      state: state as ApplicationRow['state'],
      note,
    })),
    files: files.map(({ field, name, size, type, warnings }) => ({ field, name, size, type, warnings })),
  };
}

/** The same for the desk, with what it decides by. `checkedBy` is the operator's id: the desk knows the name. */
export async function deskApplicationView(deps: UnbindDeps, row: ApplicationRow): Promise<DeskUnbind> {
  const { db } = deps.database;
  const now = deps.clock.now();
  const [view, enterprise, certificate] = await Promise.all([
    applicationView(db, row),
    enterpriseById(db, row.enterprise_id),
    certificateById(db, row.certificate_id),
  ]);
  return {
    ...view,
    nameOnRecord: enterprise?.unit_name ?? null,
    certificate:
      certificate === undefined
        ? null
        : boundView(certificate, { authority: await deps.authority(certificate.authority_id), now }),
    checkedBy: row.checked_by,
    overdue: OPEN.has(row.state) && row.due_at.getTime() <= now,
    objection: row.objection,
  };
}
