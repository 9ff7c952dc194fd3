import { type Database, type Tx, withTransaction } from '../database/database.ts';
import { auditRow } from './audit-row.ts';

/** Who acted. Ids are our own; never a name, a number of a person or an address. */
export type AuditActor = {
  readonly kind: 'entity' | 'operator' | 'person' | 'platform' | 'system' | 'anonymous';
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
  /** Whose record changed, when neither the actor nor the subject says so: an entity's id. */
  readonly entity?: string;
  /**
   * Personal facts of the change, by name. They never stand in the log; who keeps more than the log commits to them
   * under a fresh salt each, so that they can be proved, and erased.
   */
  readonly disclose?: Readonly<Record<string, string>>;
};

export type Audit = {
  /** Writes the entry in the same transaction as the change that it tells of. */
  record(tx: Tx, entry: AuditEntry): Promise<void>;
  /** The same for many changes of one transaction, in their order, at the cost of few round trips. */
  recordAll(tx: Tx, entries: readonly AuditEntry[]): Promise<void>;
  /** Writes a refusal in a short transaction of its own: the refused change left nothing behind. */
  refused(entry: AuditEntry & { readonly code: string }): Promise<void>;
};

/** Writes entries that tell of changes; may keep more of them than the table does. */
export type AuditRecorder = (tx: Tx, entries: readonly AuditEntry[]) => Promise<void>;

/**
 * The append-only log; the table refuses UPDATE, DELETE and TRUNCATE by trigger. Refusals changed nothing and always
 * go into the table alone.
 */
export function createAudit(database: Database, record: AuditRecorder = recordEntries): Audit {
  return {
    record: (tx, entry) => record(tx, [entry]),
    recordAll: record,
    refused: (entry) => withTransaction(database, (tx) => insert(tx, [auditRow(entry, entry.code)])),
  };
}

/** The table alone. */
export const recordEntries: AuditRecorder = (tx, entries) =>
  insert(
    tx,
    entries.map((entry) => auditRow(entry, null)),
  );

async function insert(tx: Tx, rows: readonly ReturnType<typeof auditRow>[]): Promise<void> {
  if (rows.length === 0) return;
  const json = (value: unknown) => (value === null ? null : JSON.stringify(value));
  await tx
    .insertInto('audit_entry')
    .values(rows.map((row) => ({ ...row, before: json(row.before), after: json(row.after) })))
    .execute();
}
