import type { AuditEntry } from './audit.ts';

/** An entry as `audit_entry` has it; for whoever writes it together with more. */
export const auditRow = (entry: AuditEntry, code: string | null) => ({
  actor_kind: entry.actor.kind,
  actor_id: entry.actor.id ?? null,
  actor_certificate: entry.actor.certificate ?? null,
  action: entry.action,
  subject_kind: entry.subject?.kind ?? null,
  subject_id: entry.subject?.id ?? null,
  before: entry.before ?? null,
  after: entry.after ?? null,
  reason: entry.reason ?? null,
  outcome: code === null ? ('ok' as const) : ('refused' as const),
  code,
  request_id: entry.origin?.requestId ?? null,
  source_hash: entry.origin?.sourceHash ?? null,
});
