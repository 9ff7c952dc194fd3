import type { Approval, AuditRow, CertificateView, Operator } from '@hufu/contracts';
import type { z } from 'zod';
import type { ReadCertificate } from '../hub/index.ts';
import type { DeskDeps } from './deps.ts';
import type { ApprovalRow } from './store/approvals.ts';
import type { AuditEntryRow } from './store/audit.ts';
import { allOperators, namePlace, type OperatorRow } from './store/operators.ts';

export const iso = (at: number | Date): string => new Date(at).toISOString();

export type Names = ReadonlyMap<string, string>;

/** Names of operators by id: staff, shown to staff. */
export async function operatorNames(deps: DeskDeps): Promise<Names> {
  const operators = await allOperators(deps.database.db);
  return new Map(operators.map((one) => [one.id, nameOf(deps, one)]));
}

export const nameOf = (
  { cipher }: Pick<DeskDeps, 'cipher'>,
  { id, name_sealed }: Pick<OperatorRow, 'id' | 'name_sealed'>,
): string => cipher.open(name_sealed, namePlace(id));

export const operatorView = (deps: DeskDeps, row: OperatorRow): z.infer<typeof Operator> => ({
  id: row.id,
  name: nameOf(deps, row),
  roles: row.roles,
  state: row.state,
  certSerial: row.serial_number,
  issuerName: row.issuer_name,
  createdAt: iso(row.created_at),
  lastLoginAt: row.last_login_at && iso(row.last_login_at),
});

export const approvalView = (
  row: ApprovalRow,
  { names, operatorId }: { names: Names; operatorId: string },
): Approval => ({
  id: row.id,
  kind: row.kind,
  subject: row.subject,
  summary: row.summary,
  changes: row.changes,
  reason: row.reason,
  state: row.state,
  proposedBy: names.get(row.proposed_by) ?? row.proposed_by,
  proposedAt: iso(row.proposed_at),
  decidedBy: row.decided_by && (names.get(row.decided_by) ?? row.decided_by),
  decidedAt: row.decided_at && iso(row.decided_at),
  decisionNote: row.decision_note,
  expiresAt: iso(row.expires_at),
  mine: row.proposed_by === operatorId,
});

export const auditView = (row: AuditEntryRow, names: Names): AuditRow => ({
  id: row.id,
  at: iso(row.at),
  actorKind: row.actor_kind,
  actor: actorText(row, names),
  action: row.action,
  subjectKind: row.subject_kind ?? '',
  subject: row.subject_id ?? '',
  outcome: row.outcome === 'ok' ? 'OK' : 'REFUSED',
  code: row.code,
  reason: row.reason,
  reasonErasedAt: row.reason_erased_at && iso(row.reason_erased_at),
  before: row.before,
  after: row.after,
  requestId: row.request_id,
});

export const actorText = (
  row: { actor_id: string | null; actor_certificate?: string | null },
  names: Names,
) => (row.actor_id === null ? (row.actor_certificate ?? '') : (names.get(row.actor_id) ?? row.actor_id));

export const certificateView = (certificate: ReadCertificate): CertificateView => ({
  serialNumber: certificate.serialNumber,
  issuerName: certificate.issuerName,
  authority: certificate.authority,
  unitName: certificate.unitName ?? '',
  uscc: certificate.uscc,
  holderKind: certificate.holderKind,
  certKeyNo: certificate.certKeyNo,
  medium: certificate.medium,
  validFrom: iso(certificate.validFrom),
  validTo: iso(certificate.validTo),
  algorithm: certificate.algorithm,
  fingerprint: certificate.fingerprint,
});
