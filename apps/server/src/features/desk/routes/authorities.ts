import { deskRoutes } from '@hufu/contracts';
import type { Tx } from '../../../infra/database/database.ts';
import { withTransaction } from '../../../infra/database/database.ts';
import type { HttpApp } from '../../../infra/http/http-app.ts';
import { serve } from '../../access/index.ts';
import type { ApprovedStep } from '../../trust/index.ts';
import type { ApprovalKind, Approved, Proposal } from '../approval-kinds.ts';
import type { DeskPeers } from '../deps.ts';
import { atDesk, type DeskContext, orderOf, proposed } from './context.ts';

type Step = (tx: Tx, step: ApprovedStep<never>) => Promise<void>;

/** The trust feature proposed it, and it alone knows how to carry it out: the desk keeps it in between. */
const kindOf = (apply: Step, { trust }: DeskPeers): ApprovalKind => ({
  apply: (tx, { row, actor }: Approved) =>
    apply(tx, {
      actor,
      reason: row.reason,
      approvalId: row.id,
      subjectState: row.subject_state,
      payload: row.payload as never,
    }),
  after: () => trust.changed(),
});

export const authorityKinds = (peers: DeskPeers) => {
  const { desk } = peers.trust;
  return {
    CA_RECOGNISE: kindOf(desk.recognise as Step, peers),
    CA_POLICY: kindOf(desk.applyPolicy as Step, peers),
    CA_RESUME: kindOf(desk.resume as Step, peers),
  };
};

export function authorityRoutes(app: HttpApp, context: DeskContext): void {
  const { deps, peers } = context;
  const { desk, changed } = peers.trust;
  const { db } = deps.database;
  const step = (
    kind: Proposal['kind'],
    { summary, proposal }: { summary: string; proposal: Omit<Proposal, 'kind' | 'summary'> },
  ): Proposal => ({ ...proposal, kind, summary });

  serve(app, { route: deskRoutes.authorities, handler: () => desk.list() });

  serve(app, {
    route: deskRoutes.recogniseAuthority,
    handler: async ({ body, request }) => {
      const { reason, ...form } = body;
      const proposal = await desk.proposeRecognition(db, form);
      const summary = `认可CA机构：${form.name}`;
      return proposed(context, request, { proposal: step('CA_RECOGNISE', { summary, proposal }), reason });
    },
  });

  serve(app, {
    route: deskRoutes.joinAuthority,
    handler: async ({ params, body, request }) => {
      const { name } = await desk.find(params.id);
      const proposal = await desk.proposeJoining(db, params.id);
      const summary = `认可CA机构：${name}`;
      return proposed(context, request, {
        proposal: step('CA_RECOGNISE', { summary, proposal }),
        reason: body.reason,
      });
    },
  });

  serve(app, {
    route: deskRoutes.proposePolicy,
    handler: async ({ params, body, request }) => {
      const { reason, ...form } = body;
      const { name } = await desk.find(params.id);
      const proposal = await desk.proposePolicy(db, { id: params.id, form });
      const summary = `变更CA机构策略：${name}`;
      return proposed(context, request, { proposal: step('CA_POLICY', { summary, proposal }), reason });
    },
  });

  serve(app, {
    route: deskRoutes.suspendAuthority,
    handler: async ({ params, body, request }) => {
      const { actor, reason } = orderOf(atDesk(context, request), body.reason);
      await withTransaction(deps.database, (tx) => desk.suspend(tx, { id: params.id, actor, reason }));
      await changed();
      return desk.find(params.id);
    },
  });

  serve(app, {
    route: deskRoutes.resumeAuthority,
    handler: async ({ params, body, request }) => {
      const { name } = await desk.find(params.id);
      const proposal = await desk.proposeResumption(db, params.id);
      const summary = `恢复认可CA机构：${name}`;
      return proposed(context, request, {
        proposal: step('CA_RESUME', { summary, proposal }),
        reason: body.reason,
      });
    },
  });

  serve(app, {
    route: deskRoutes.refreshAuthority,
    handler: ({ params }) => desk.refresh(params.id),
  });
}
