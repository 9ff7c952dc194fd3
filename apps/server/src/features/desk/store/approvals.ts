import type { Approval } from '@hufu/contracts';
import { type Selectable, sql } from 'kysely';
import type { Executor, Tx } from '../../../infra/database/database.ts';
import { type DeskTables, deskTables } from '../tables.ts';

export type ApprovalRow = Selectable<DeskTables['approval']>;

export type NewApproval = {
  readonly id: string;
  readonly kind: Approval['kind'];
  readonly subject: string;
  readonly subjectState: string;
  readonly summary: string;
  readonly changes: Approval['changes'];
  readonly payload: unknown;
  readonly reason: string;
  readonly proposedBy: string;
  readonly at: Date;
  readonly expiresAt: Date;
};

/** @returns false when the same step is open already */
export async function insertApproval(tx: Tx, approval: NewApproval): Promise<boolean> {
  const row = await deskTables(tx)
    .insertInto('approval')
    .values({
      id: approval.id,
      kind: approval.kind,
      subject: approval.subject,
      subject_state: approval.subjectState,
      summary: approval.summary,
      changes: JSON.stringify(approval.changes),
      payload: JSON.stringify(approval.payload),
      reason: approval.reason,
      state: 'OPEN',
      proposed_by: approval.proposedBy,
      proposed_at: approval.at,
      decided_by: null,
      decided_at: null,
      decision_note: null,
      decision_statement: null,
      decision_signature: null,
      decision_fingerprint: null,
      expires_at: approval.expiresAt,
    })
    .onConflict((conflict) =>
      conflict.columns(['kind', 'subject']).where(sql<boolean>`state = 'OPEN'`).doNothing(),
    )
    .returning('id')
    .executeTakeFirst();
  return row !== undefined;
}

export async function approvalById(executor: Executor, id: string): Promise<ApprovalRow | undefined> {
  return deskTables(executor).selectFrom('approval').selectAll().where('id', '=', id).executeTakeFirst();
}

export async function lockApproval(tx: Tx, id: string): Promise<ApprovalRow | undefined> {
  return deskTables(tx)
    .selectFrom('approval')
    .selectAll()
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirst();
}

export async function openApprovalOf(
  executor: Executor,
  { kind, subject }: Pick<ApprovalRow, 'kind' | 'subject'>,
): Promise<ApprovalRow | undefined> {
  return deskTables(executor)
    .selectFrom('approval')
    .selectAll()
    .where('kind', '=', kind)
    .where('subject', '=', subject)
    .where('state', '=', 'OPEN')
    .executeTakeFirst();
}

export type Closing = {
  readonly id: string;
  readonly state: Exclude<Approval['state'], 'OPEN'>;
  readonly at: Date;
  readonly decidedBy?: string;
  readonly note?: string;
  readonly proof?: {
    readonly statement: Uint8Array;
    readonly signature: Uint8Array;
    readonly fingerprint: string;
  };
};

/** @returns false when it was closed already */
export async function closeApproval(tx: Tx, closing: Closing): Promise<boolean> {
  const { proof } = closing;
  const row = await deskTables(tx)
    .updateTable('approval')
    .set({
      state: closing.state,
      decided_at: closing.at,
      decided_by: closing.decidedBy ?? null,
      decision_note: closing.note ?? null,
      decision_statement: proof ? Buffer.from(proof.statement) : null,
      decision_signature: proof ? Buffer.from(proof.signature) : null,
      decision_fingerprint: proof?.fingerprint ?? null,
    })
    .where('id', '=', closing.id)
    .where('state', '=', 'OPEN')
    .returning('id')
    .executeTakeFirst();
  return row !== undefined;
}

export type ApprovalPage = {
  readonly open: boolean;
  readonly limit: number;
  readonly offset: number;
};

export async function pageOfApprovals(executor: Executor, { open, limit, offset }: ApprovalPage) {
  const chosen = deskTables(executor)
    .selectFrom('approval')
    .where('state', open ? '=' : '<>', 'OPEN');
  const [items, { total }] = await Promise.all([
    chosen
      .selectAll()
      .orderBy(open ? 'proposed_at' : 'decided_at', 'desc')
      .orderBy('id')
      .limit(limit)
      .offset(offset)
      .execute(),
    chosen.select((eb) => eb.fn.countAll<number>().as('total')).executeTakeFirstOrThrow(),
  ]);
  return { items, total: Number(total) };
}

export async function countOpen(executor: Executor): Promise<number> {
  const { n } = await deskTables(executor)
    .selectFrom('approval')
    .select((eb) => eb.fn.countAll<number>().as('n'))
    .where('state', '=', 'OPEN')
    .executeTakeFirstOrThrow();
  return Number(n);
}

export async function expiredApprovals(executor: Executor, now: Date): Promise<ApprovalRow[]> {
  return deskTables(executor)
    .selectFrom('approval')
    .selectAll()
    .where('state', '=', 'OPEN')
    .where('expires_at', '<=', now)
    .execute();
}
