import type { FastifyRequest } from 'fastify';
import { withTransaction } from '../../../infra/database/database.ts';
import { auditOrigin } from '../../../infra/http/caller-facts.ts';
import { operatorOf } from '../../access/index.ts';
import type { ApprovalKinds, Proposal } from '../approval-kinds.ts';
import type { At, DeskDeps, DeskPeers } from '../deps.ts';
import type { DeskSessions } from '../desk-session.ts';
import { propose } from '../usecases/approvals.ts';
import { approvalView, operatorNames } from '../views.ts';

export type DeskContext = {
  readonly deps: DeskDeps;
  readonly peers: DeskPeers;
  readonly sessions: DeskSessions;
  readonly kinds: ApprovalKinds;
};

export const atDesk = ({ deps }: Pick<DeskContext, 'deps'>, request: FastifyRequest): At => ({
  operator: operatorOf(request),
  from: auditOrigin(request, deps.sourceHash),
});

/** As the platforms' and the trust feature's changes are told who stands behind them. */
export const orderOf = ({ operator, from }: At, reason: string) => ({
  actor: { kind: 'operator', id: operator.operatorId, certificate: operator.fingerprint } as const,
  reason,
  from,
});

/** Opens a step for a second person and shows it. */
export async function proposed(
  { deps }: Pick<DeskContext, 'deps'>,
  request: FastifyRequest,
  { proposal, reason }: { proposal: Proposal; reason: string },
) {
  const at = atDesk({ deps }, request);
  const row = await withTransaction(deps.database, (tx) => propose(deps, tx, { proposal, reason, at }));
  return approvalView(row, { names: await operatorNames(deps), operatorId: at.operator.operatorId });
}

export const offsetOf = (page: { page: number; pageSize: number }) => ({
  limit: page.pageSize,
  offset: (page.page - 1) * page.pageSize,
});
