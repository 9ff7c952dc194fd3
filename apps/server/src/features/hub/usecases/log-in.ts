import type { AuditEntry, AuditOrigin } from '../../../infra/audit/audit.ts';
import type { Tx } from '../../../infra/database/database.ts';
import type { HubDeps } from '../deps.ts';
import { hubError } from '../errors.ts';
import { type CertificateRow, touch } from '../store/certificates.ts';
import type { ActRequest, ActResult, Admitted } from './act.ts';
import { recogniseCertificate } from './recognise-certificate.ts';

export const loginEntry = (row: CertificateRow, origin: AuditOrigin): AuditEntry => ({
  actor: { kind: 'entity', id: row.enterprise_id, certificate: row.fingerprint },
  action: 'session.login',
  subject: { kind: 'certificate', id: row.id },
  after: { role: row.role, authority: row.authority_id },
  origin,
});

/**
 * A judged certificate enters (HUB-050, HUB-058). The session itself is opened where its cookie can be handed over.
 * @throws HUB_NOT_BOUND
 */
export async function logIn(
  deps: HubDeps,
  tx: Tx,
  { request, advice }: Admitted<Extract<ActRequest, { act: 'login' }>>,
): Promise<ActResult> {
  const recognised = await recogniseCertificate(deps, tx, request);
  if (recognised === undefined) throw hubError('HUB_NOT_BOUND');
  const { row, renewed } = recognised;
  const told = renewed ? [...advice, 'CERTIFICATE_RENEWED'] : advice;
  const at = new Date(deps.clock.now());
  // Unbound between the look and the write: a session opened now would outlive the unbinding.
  if (!(await touch(tx, { certificateId: row.id, advice: told, at }))) throw hubError('HUB_NOT_BOUND');
  await deps.audit.record(tx, loginEntry(row, request.from));
  return {
    outcome: 'LOGGED_IN',
    certificateId: row.id,
    enterpriseId: row.enterprise_id,
    advice: told,
    certificate: row,
  };
}
