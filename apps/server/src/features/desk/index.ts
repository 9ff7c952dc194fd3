import { type Approval, DESK_ERRORS } from '@hufu/contracts';
import type { FastifyRequest } from 'fastify';
import type { Tx } from '../../infra/database/database.ts';
import type { Feature } from '../../infra/feature.ts';
import { type CallerFinder, guardAccess } from '../access/index.ts';
import type { ChallengeSubjects } from '../hub/index.ts';
import type { ApprovalKinds, Proposal } from './approval-kinds.ts';
import type { DeskDeps, DeskPeers } from './deps.ts';
import { createDeskSessions } from './desk-session.ts';
import { approvalRoutes, approvalSubjects } from './routes/approvals.ts';
import { auditRoutes } from './routes/audit.ts';
import { authorityKinds, authorityRoutes } from './routes/authorities.ts';
import { bindingRoutes } from './routes/bindings.ts';
import { type DeskContext, proposed } from './routes/context.ts';
import { operatorRoutes } from './routes/operators.ts';
import { platformChanged, platformResumed, platformRoutes } from './routes/platforms.ts';
import { sealKinds, sealRoutes } from './routes/seals.ts';
import { sessionRoutes } from './routes/session.ts';
import { unbindingDecided, unbindingRoutes } from './routes/unbinding.ts';
import { expireApprovals } from './usecases/approvals.ts';
import {
  bootstrapOperators,
  type FirstOperator,
  operatorAdded,
  rolesChanged,
  seedOperators,
} from './usecases/operators.ts';
import { operatorNames } from './views.ts';

export { type ApprovalKind, type ApprovalKinds, differences, type Proposal } from './approval-kinds.ts';
export type { DeskDeps, DeskPeers } from './deps.ts';
export type { FirstOperator } from './usecases/operators.ts';

/** The desk in two steps: the hub must know what a decision's challenge is about before the desk can use the hub. */
export type Desk = {
  readonly subjects: ChallengeSubjects;
  /** The first operators of an installation, while there is none. @throws DESK_FORBIDDEN */
  bootstrap(founders: readonly FirstOperator[], also?: (tx: Tx) => Promise<void>): Promise<void>;
  /** A demo's operators; idempotent. */
  seed(operators: readonly FirstOperator[]): Promise<void>;
  feature(peers: DeskPeers): Feature;
  /** Opens a step of another feature for a second person; what a yes does is among the peers' kinds. @throws DESK_DUPLICATE */
  propose(
    request: FastifyRequest,
    step: { readonly proposal: Proposal; readonly reason: string },
  ): Promise<Approval>;
  /** Who is logged in to the desk. */
  readonly caller: CallerFinder;
  /** Names of the operators by id: staff, shown to staff. */
  names(): Promise<ReadonlyMap<string, string>>;
};

const LIMITS = { 'desk-login': { requests: 30, seconds: 60, burst: 15 } } as const;

export function createDesk(deps: DeskDeps): Desk {
  const sessions = createDeskSessions(deps);
  return {
    subjects: approvalSubjects({ deps, sessions }),
    bootstrap: (founders, also) => bootstrapOperators(deps, founders, also),
    seed: (operators) => seedOperators(deps, operators),
    caller: sessions.caller,
    names: () => operatorNames(deps),
    propose: (request, step) => proposed({ deps }, request, step),
    feature: (peers) => deskFeature({ deps, peers, sessions, kinds: kindsOf(deps, peers) }),
  };
}

const kindsOf = (deps: DeskDeps, peers: DeskPeers): ApprovalKinds => ({
  ...authorityKinds(peers),
  PLATFORM_CHANGE: platformChanged(peers.platforms),
  PLATFORM_RESUME: platformResumed(peers.platforms),
  OPERATOR_ADD: operatorAdded(deps),
  OPERATOR_ROLES: rolesChanged(deps),
  UNBIND: unbindingDecided(peers.hub),
  ...sealKinds(peers.seals),
  ...peers.kinds,
});

function deskFeature(context: DeskContext): Feature {
  const { deps, sessions, kinds } = context;
  return {
    name: 'desk',
    errors: DESK_ERRORS,
    limits: LIMITS,
    periodic: [{ name: 'desk-expire-approvals', everySeconds: 600, run: () => expireApprovals(deps, kinds) }],
    register(app) {
      guardAccess(app, { find: sessions.caller, audit: deps.audit, sourceHash: deps.sourceHash });
      sessionRoutes(app, context);
      platformRoutes(app, context);
      authorityRoutes(app, context);
      approvalRoutes(app, context);
      bindingRoutes(app, context);
      unbindingRoutes(app, context);
      sealRoutes(app, context);
      auditRoutes(app, context);
      operatorRoutes(app, context);
    },
  };
}
