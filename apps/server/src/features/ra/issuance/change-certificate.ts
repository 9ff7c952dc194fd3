import type { RaErrorCode } from '@hufu/contracts';
import type { Tx } from '../../../infra/database/database.ts';
import { type StateTable, step } from '../../../infra/state-table.ts';
import type { Acting, RaDeps } from '../deps.ts';
import { raError } from '../errors.ts';
import { AUTHORITY_QUEUE, type AuthorityOrder } from './authority-jobs.ts';
import { type CertificateRow, updateCertificate } from './certificate-store.ts';

export type CertificateEvent = 'hold' | 'release' | 'revoke';

/** 挂失, 解挂, 注销 (CA-033, CA-035). */
export const CERTIFICATE_STATES: StateTable<CertificateRow['state'], CertificateEvent, unknown, RaErrorCode> =
  {
    unlisted: 'RA_CERTIFICATE_STATE',
    rows: [
      { from: ['EFFECTIVE'], event: 'hold', guards: [], to: 'HELD' },
      { from: ['HELD'], event: 'release', guards: [], to: 'EFFECTIVE' },
      { from: ['EFFECTIVE', 'HELD'], event: 'revoke', guards: [], to: 'REVOKED' },
    ],
  };

export type CertificateChange = {
  readonly event: CertificateEvent;
  readonly by: Acting;
  readonly note: string;
  /** Of RFC 5280 §5.3.1; cessationOfOperation where it is absent. */
  readonly reason?: AuthorityOrder['reason'];
  /** What is encrypted to it can still be opened on the phone. */
  readonly keepDecryption?: boolean;
};

/**
 * Here the change counts at once: the phone can use the certificate no more. The authority is told by a job that does
 * not give up, and the hub's lists are fetched right after. @throws RA_CERTIFICATE_STATE
 */
export async function changeCertificate(
  deps: Pick<RaDeps, 'audit' | 'clock' | 'outbox' | 'phone'>,
  tx: Tx,
  { row, change }: { readonly row: CertificateRow; readonly change: CertificateChange },
): Promise<CertificateRow> {
  const verdict = step(CERTIFICATE_STATES, { state: row.state, event: change.event, facts: undefined });
  if (!verdict.allowed) throw raError(verdict.code);
  const changed = await updateCertificate(tx, row, {
    state: verdict.next,
    note: change.note,
    pending: true,
    updated_at: new Date(deps.clock.now()),
  });
  if (row.medium === 'phone') {
    await deps.phone.certificates.stateChanged(tx, {
      id: row.id,
      state: verdict.next,
      reason: change.note,
      ...(change.keepDecryption === true ? { keepDecryption: true } : {}),
    });
  }
  const order: AuthorityOrder = {
    certificateId: row.id,
    event: change.event,
    reason: change.reason ?? 'cessationOfOperation',
  };
  await deps.outbox.enqueue(tx, {
    queue: AUTHORITY_QUEUE,
    payload: order,
    subject: row.id,
    maxAttempts: 30,
  });
  await deps.audit.record(tx, {
    actor: change.by.actor,
    action: `ra.${change.event}-certificate`,
    subject: { kind: 'ra-certificate', id: row.id },
    before: { state: row.state },
    after: { state: verdict.next },
    reason: change.note,
    ...(change.by.from === undefined ? {} : { origin: change.by.from }),
    ...(row.entity_id === null ? {} : { entity: row.entity_id }),
  });
  return changed;
}
