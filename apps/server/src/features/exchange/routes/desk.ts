import { deskExchangeRoutes } from '@hufu/contracts';
import type { FastifyRequest } from 'fastify';
import { auditOrigin } from '../../../infra/http/caller-facts.ts';
import type { HttpApp } from '../../../infra/http/http-app.ts';
import { actorOf, guardAccess, operatorOf, serve } from '../../access/index.ts';
import type { DeskBy, ExchangeDeps } from '../deps.ts';
import { mappingProposal } from '../mapping/change-mapping.ts';
import { LIBRARY_NODES } from '../mapping/library-nodes.ts';
import { mappingOf, mappingVersions } from '../mapping/mapping-store.ts';
import { tryMapping } from '../mapping/try-mapping.ts';
import { showEntityExchange } from '../member/show-entity-exchange.ts';
import { retryPush, showPushes } from '../notices/desk-pushes.ts';
import {
  existingPlatform,
  registrationProposal,
  showRegistration,
} from '../registration/change-registration.ts';

const PAGE_SIZE = 50;

/** A trial looks through all that some entities have. */
export const TRIAL_LIMIT = 'exchange-trial';

/** The desk looks after mappings, registrations and notices. */
export function deskExchange(app: HttpApp, deps: ExchangeDeps): void {
  const { db } = deps.database;
  guardAccess(app, { find: deps.operators, audit: deps.audit, sourceHash: deps.sourceHash });
  const byOf = (request: FastifyRequest): DeskBy => ({
    actor: actorOf(operatorOf(request)),
    from: auditOrigin(request, deps.sourceHash),
  });
  serve(app, {
    route: deskExchangeRoutes.entity,
    handler: async ({ params }) => showEntityExchange(deps, params.id),
  });
  serve(app, {
    route: deskExchangeRoutes.nodes,
    handler: async () => LIBRARY_NODES.map(({ libNode, label, labelEn }) => ({ libNode, label, labelEn })),
  });
  serve(app, {
    route: deskExchangeRoutes.mapping,
    handler: async ({ params }) => mappingOf(db, await existingPlatform(deps, db, params.code)),
  });
  serve(app, {
    route: deskExchangeRoutes.mappingVersions,
    handler: async ({ params }) => mappingVersions(db, await existingPlatform(deps, db, params.code)),
  });
  serve(app, {
    route: deskExchangeRoutes.tryMapping,
    config: { limit: TRIAL_LIMIT },
    handler: async ({ params, body }) => tryMapping(deps, { code: params.code, form: body }),
  });
  serve(app, {
    route: deskExchangeRoutes.changeMapping,
    handler: async ({ params, body, request }) => {
      const proposal = await mappingProposal(deps, { code: params.code, form: body });
      return deps.propose(request, { proposal, reason: body.reason });
    },
  });
  serve(app, {
    route: deskExchangeRoutes.registration,
    handler: async ({ params }) => showRegistration(deps, db, params.code),
  });
  serve(app, {
    route: deskExchangeRoutes.changeRegistration,
    handler: async ({ params, body, request }) => {
      const proposal = await registrationProposal(deps, { code: params.code, form: body });
      return deps.propose(request, { proposal, reason: body.reason });
    },
  });
  serve(app, {
    route: deskExchangeRoutes.pushes,
    handler: async ({ query: { page, platform, state } }) => {
      const offset = (page - 1) * PAGE_SIZE;
      const found = await showPushes(deps, { platform, state, limit: PAGE_SIZE, offset });
      return { ...found, page, pageSize: PAGE_SIZE };
    },
  });
  serve(app, {
    route: deskExchangeRoutes.retryPush,
    handler: async ({ params, request }) => retryPush(deps, { id: params.id, by: byOf(request) }),
  });
}
