import type { ApprovalDecision } from '@hufu/contracts';
import { CodedError, toBase64Url } from '@hufu/kernel';
import type { z } from 'zod';
import { type Tx, withTransaction } from '../../../infra/database/database.ts';
import type { OperatorCaller } from '../../access/index.ts';
import { verifyProof } from '../../hub/index.ts';
import type { ApprovalKind, ApprovalKinds, Proposal } from '../approval-kinds.ts';
import { type At, type DeskDeps, operatorActor } from '../deps.ts';
import { deskError } from '../errors.ts';
import {
  type ApprovalRow,
  approvalById,
  type Closing,
  closeApproval,
  expiredApprovals,
  insertApproval,
  lockApproval,
} from '../store/approvals.ts';
import { operatorById } from '../store/operators.ts';

/** A proposal that nobody decides is no longer what anybody means. */
const LIFETIME_MS = 7 * 86_400_000;

/** Opens a step for a second person, in the caller's transaction. @throws DESK_DUPLICATE */
export async function propose(
  deps: DeskDeps,
  tx: Tx,
  { proposal, reason, at: { operator, from } }: { proposal: Proposal; reason: string; at: At },
): Promise<ApprovalRow> {
  const id = toBase64Url(deps.random(16));
  const now = deps.clock.now();
  const opened = await insertApproval(tx, {
    ...proposal,
    id,
    changes: [...proposal.changes],
    reason,
    proposedBy: operator.operatorId,
    at: new Date(now),
    expiresAt: new Date(now + LIFETIME_MS),
  });
  if (!opened) throw deskError('DESK_DUPLICATE');
  await deps.audit.record(tx, {
    actor: operatorActor({ operator }),
    action: 'approval.propose',
    subject: { kind: 'approval', id },
    after: { kind: proposal.kind, subject: proposal.subject, changes: proposal.changes },
    reason,
    origin: from,
  });
  return (await approvalById(tx, id))!;
}

export type Decision = z.output<typeof ApprovalDecision>['decision'];

/** What the challenge of a decision is about: a signature for yes never serves as one for no. */
export const decisionSubject = (decision: Decision, approvalId: string): string =>
  `${decision}:${approvalId}`;

/** Codes by which the features say that the subject moved on. */
const STALE = new Set([
  'TRUST_STALE_CHANGE',
  'PLATFORM_STALE',
  'SEAL_STALE',
  'LIBRARY_ENTITY_MERGED',
  'STEWARD_NOT_FROZEN',
  'STEWARD_MERGE_TARGET',
  'STEWARD_IMPORT_STATE',
  'EXCHANGE_STALE',
  'STEWARD_RECOVERY_KEY',
]);

export type Deciding = {
  readonly id: string;
  readonly body: z.output<typeof ApprovalDecision>;
  readonly browserSha256: string;
  readonly at: At;
};

/**
 * The second person's word, signed with their own key over the step's summary. Yes carries the step out in the same
 * transaction; if the subject is no longer what was proposed, nothing happens.
 *
 * @throws DESK_SELF_APPROVAL, DESK_APPROVAL_CLOSED, DESK_PROPOSER_GONE, DESK_STALE_PROPOSAL, DESK_NOT_OPERATOR, and
 *   what the proof lacks
 */
export async function decideApproval(
  deps: DeskDeps,
  kinds: ApprovalKinds,
  { id, body, browserSha256, at }: Deciding,
): Promise<ApprovalRow> {
  const { operator } = at;
  openFor(deps, await approvalById(deps.database.db, id), operator);
  const proof = await verifyProof(deps, {
    proof: body.proof,
    act: 'desk-approve',
    browserSha256,
    subject: decisionSubject(body.decision, id),
  });
  if (proof.certificate.fingerprint !== operator.fingerprint) throw deskError('DESK_NOT_OPERATOR');
  const verdict = await deps.judge.judge(proof.certificate);
  if (!verdict.allowed) throw new CodedError(verdict.code, verdict.fields);
  const state = body.decision === 'APPROVE' ? 'APPROVED' : 'REJECTED';
  const kind = await settle(deps, kinds, {
    operator,
    from: at.from,
    closing: {
      id,
      state,
      at: new Date(deps.clock.now()),
      decidedBy: operator.operatorId,
      note: body.note,
      proof: {
        statement: proof.statement,
        signature: proof.signature,
        fingerprint: proof.certificate.fingerprint,
      },
    },
  });
  await kind.after?.();
  return (await approvalById(deps.database.db, id))!;
}

function openFor(
  deps: Pick<DeskDeps, 'clock'>,
  row: ApprovalRow | undefined,
  operator: OperatorCaller,
): ApprovalRow {
  if (row === undefined) throw deskError('DESK_UNKNOWN');
  if (row.state !== 'OPEN' || row.expires_at.getTime() <= deps.clock.now()) {
    throw deskError('DESK_APPROVAL_CLOSED');
  }
  if (row.proposed_by === operator.operatorId) throw deskError('DESK_SELF_APPROVAL');
  return row;
}

type Settling = { operator: OperatorCaller; from: At['from']; closing: Closing };

async function settle(
  deps: DeskDeps,
  kinds: ApprovalKinds,
  { operator, from, closing }: Settling,
): Promise<ApprovalKind> {
  const actor = operatorActor({ operator });
  return withTransaction(deps.database, async (tx) => {
    const row = openFor(deps, await lockApproval(tx, closing.id), operator);
    const kind = kindOf(kinds, row);
    if (closing.state === 'APPROVED') await mustStillStand(tx, row);
    await closeApproval(tx, closing);
    if (closing.state === 'APPROVED') await applied(kind.apply(tx, { row, actor }));
    else await kind.drop?.(tx, { row, actor });
    await deps.audit.record(tx, {
      actor,
      action: closing.state === 'APPROVED' ? 'approval.approve' : 'approval.reject',
      subject: { kind: 'approval', id: row.id },
      before: { state: 'OPEN' },
      after: { state: closing.state, kind: row.kind, subject: row.subject },
      ...(closing.note ? { reason: closing.note } : {}),
      origin: from,
    });
    return kind;
  });
}

/** The first of the two words counts only as long as its speaker does; a no needs no first word. */
async function mustStillStand(tx: Tx, { proposed_by }: ApprovalRow): Promise<void> {
  const proposer = await operatorById(tx, proposed_by);
  if (proposer?.state !== 'ACTIVE') throw deskError('DESK_PROPOSER_GONE');
}

async function applied(work: Promise<void>): Promise<void> {
  try {
    await work;
  } catch (error) {
    if (error instanceof CodedError && STALE.has(error.code))
      throw deskError('DESK_STALE_PROPOSAL', {}, error);
    throw error;
  }
}

function kindOf(kinds: ApprovalKinds, { kind }: ApprovalRow): ApprovalKind {
  const found = kinds[kind];
  if (found === undefined) throw deskError('DESK_UNKNOWN');
  return found;
}

/** Only by who proposed it. @throws DESK_UNKNOWN, DESK_FORBIDDEN, DESK_APPROVAL_CLOSED */
export async function withdrawApproval(
  deps: DeskDeps,
  kinds: ApprovalKinds,
  { id, at }: { id: string; at: At },
): Promise<ApprovalRow> {
  const actor = operatorActor(at);
  await withTransaction(deps.database, async (tx) => {
    const row = await lockApproval(tx, id);
    if (row === undefined) throw deskError('DESK_UNKNOWN');
    if (row.proposed_by !== at.operator.operatorId) throw deskError('DESK_FORBIDDEN');
    if (!(await closeApproval(tx, { id, state: 'WITHDRAWN', at: new Date(deps.clock.now()) }))) {
      throw deskError('DESK_APPROVAL_CLOSED');
    }
    await kindOf(kinds, row).drop?.(tx, { row, actor });
    await deps.audit.record(tx, {
      actor,
      action: 'approval.withdraw',
      subject: { kind: 'approval', id },
      before: { state: 'OPEN' },
      after: { state: 'WITHDRAWN' },
      origin: at.from,
    });
  });
  return (await approvalById(deps.database.db, id))!;
}

const SYSTEM = { kind: 'system' } as const;

export async function expireApprovals(deps: DeskDeps, kinds: ApprovalKinds): Promise<void> {
  const now = new Date(deps.clock.now());
  for (const row of await expiredApprovals(deps.database.db, now)) {
    await withTransaction(deps.database, async (tx) => {
      if (!(await closeApproval(tx, { id: row.id, state: 'EXPIRED', at: now }))) return;
      await kindOf(kinds, row).drop?.(tx, { row, actor: SYSTEM });
      await deps.audit.record(tx, {
        actor: SYSTEM,
        action: 'approval.expire',
        subject: { kind: 'approval', id: row.id },
        before: { state: 'OPEN' },
        after: { state: 'EXPIRED' },
      });
    });
  }
}
