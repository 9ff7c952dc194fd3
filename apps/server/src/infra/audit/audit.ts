import type { Database, Tx } from '../database/database.ts';
import { withTransaction } from '../database/database.ts';

/** Who acted. Ids are our own; never a name, a number of a person or an address. */
export type AuditActor = {
  readonly kind: 'entity' | 'operator' | 'platform' | 'system' | 'anonymous';
  readonly id?: string;
  /** Fingerprint (hex) of the certificate that was used. */
  readonly certificate?: string;
};

/** Where a request came from, as far as the log may know it. Built by the HTTP edge. */
export type AuditOrigin = {
  readonly requestId?: string;
  /** Keyed hash of the source address: equal sources are recognised, the address is not stored. */
  readonly sourceHash?: string;
};

export type AuditEntry = {
  readonly actor: AuditActor;
  /** `area.verb-noun`, e.g. `binding.create`. */
  readonly action: string;
  readonly subject?: { readonly kind: string; readonly id: string };
  /** States without secrets and personal data: ids, codes, counts, masked text. */
  readonly before?: unknown;
  readonly after?: unknown;
  readonly reason?: string;
  readonly origin?: AuditOrigin;
};

export type Audit = {
  /** Writes the entry in the same transaction as the change that it tells of. */
  record(tx: Tx, entry: AuditEntry): Promise<void>;
  /** Writes a refusal in a short transaction of its own: the refused change left nothing behind. */
  refused(entry: AuditEntry & { readonly code: string }): Promise<void>;
};

/** The append-only log; the table refuses UPDATE, DELETE and TRUNCATE by trigger. */
export function createAudit(database: Database): Audit {
  return {
    record: (tx, entry) => insert(tx, entry, null),
    refused: (entry) => withTransaction(database, (tx) => insert(tx, entry, entry.code)),
  };
}

async function insert(tx: Tx, entry: AuditEntry, code: string | null): Promise<void> {
  await tx
    .insertInto('audit_entry')
    .values({
      actor_kind: entry.actor.kind,
      actor_id: entry.actor.id ?? null,
      actor_certificate: entry.actor.certificate ?? null,
      action: entry.action,
      subject_kind: entry.subject?.kind ?? null,
      subject_id: entry.subject?.id ?? null,
      before: entry.before === undefined ? null : JSON.stringify(entry.before),
      after: entry.after === undefined ? null : JSON.stringify(entry.after),
      reason: entry.reason ?? null,
      outcome: code === null ? 'ok' : 'refused',
      code,
      request_id: entry.origin?.requestId ?? null,
      source_hash: entry.origin?.sourceHash ?? null,
    })
    .execute();
}
