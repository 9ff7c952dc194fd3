import type { AuditEntry } from './audit.ts';

type Column = { readonly name: string; readonly type: 'text' | 'jsonb' };

const TEXT = 'text';

/** The columns of `audit_entry` that an entry fills, in the order of `auditValues`. */
export const AUDIT_COLUMNS: readonly Column[] = [
  { name: 'actor_kind', type: TEXT },
  { name: 'actor_id', type: TEXT },
  { name: 'actor_certificate', type: TEXT },
  { name: 'action', type: TEXT },
  { name: 'subject_kind', type: TEXT },
  { name: 'subject_id', type: TEXT },
  { name: 'before', type: 'jsonb' },
  { name: 'after', type: 'jsonb' },
  { name: 'reason', type: TEXT },
  { name: 'outcome', type: TEXT },
  { name: 'code', type: TEXT },
  { name: 'request_id', type: TEXT },
  { name: 'source_hash', type: TEXT },
];

/** For whoever writes the row by a statement of its own, together with more. */
export const auditValues = (entry: AuditEntry, code: string | null): (string | null)[] => [
  entry.actor.kind,
  entry.actor.id ?? null,
  entry.actor.certificate ?? null,
  entry.action,
  entry.subject?.kind ?? null,
  entry.subject?.id ?? null,
  entry.before === undefined ? null : JSON.stringify(entry.before),
  entry.after === undefined ? null : JSON.stringify(entry.after),
  entry.reason ?? null,
  code === null ? 'ok' : 'refused',
  code,
  entry.origin?.requestId ?? null,
  entry.origin?.sourceHash ?? null,
];
