import type { Fragment } from '../database/fragment.ts';
import type { AuditEntry } from './audit.ts';

/**
 * The audit entry of an act that leaves no lasting change (a login, a step of one), to be written by the statement
 * of the act itself: one round trip, one commit.
 *
 * @param source a CTE: one entry for each of its rows, none when it is empty
 */
export const auditFragment =
  ({ actor, action, subject, after, origin }: AuditEntry, source: string): Fragment =>
  (bind) => {
    const text = (value: string | undefined) => `${bind(value ?? null)}::text`;
    return `
      insert into audit_entry (actor_kind, actor_id, actor_certificate, action, subject_kind, subject_id, after,
                               outcome, request_id, source_hash)
      select ${text(actor.kind)}, ${text(actor.id)}, ${text(actor.certificate)}, ${text(action)},
             ${text(subject?.kind)}, ${text(subject?.id)},
             ${bind(after === undefined ? null : JSON.stringify(after))}::jsonb,
             'ok', ${text(origin?.requestId)}, ${text(origin?.sourceHash)}
        from ${source}`;
  };
