import type { Approval } from '@hufu/contracts';
import type { AuditActor } from '../../infra/audit/audit.ts';
import type { Tx } from '../../infra/database/database.ts';
import type { ApprovalRow } from './store/approvals.ts';

/** A dangerous step, before a second person has seen it. */
export type Proposal = {
  readonly kind: Approval['kind'];
  readonly subject: string;
  readonly subjectState: string;
  /** One sentence: what will happen. Also what the second person's key shows and signs. */
  readonly summary: string;
  readonly changes: readonly Approval['changes'][number][];
  readonly payload: unknown;
};

export type Approved = { readonly row: ApprovalRow; readonly actor: AuditActor };

/** What one kind of step does once it is decided. */
export type ApprovalKind = {
  /** The change itself, in the transaction of the decision. Throws when the subject is no longer as proposed. */
  apply(tx: Tx, approved: Approved): Promise<void>;
  /** What a no, a withdrawal or the end of its time means for the subject, if anything. */
  drop?(tx: Tx, approved: Approved): Promise<void>;
  /** After the commit. */
  after?(): Promise<void>;
};

export type ApprovalKinds = Readonly<Partial<Record<Approval['kind'], ApprovalKind>>>;

/** Fields that differ, as text: for the person who decides. */
export function differences(
  before: Readonly<Record<string, unknown>>,
  after: Readonly<Record<string, unknown>>,
): Approval['changes'] {
  const text = (value: unknown): string | null => {
    if (value === undefined || value === null) return null;
    return typeof value === 'object' ? JSON.stringify(value) : String(value);
  };
  return Object.keys(after)
    .map((field) => ({ field, before: text(before[field]), after: text(after[field]) }))
    .filter((change) => change.before !== change.after);
}
