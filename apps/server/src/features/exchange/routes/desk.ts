import { deskExchangeRoutes } from '@hufu/contracts';
import type { FastifyRequest } from 'fastify';
import { auditOrigin } from '../../../infra/http/caller-facts.ts';
import type { HttpApp } from '../../../infra/http/http-app.ts';
import { actorOf, guardAccess, operatorOf, serve } from '../../access/index.ts';
import type { DeskBy, ExchangeDeps } from '../deps.ts';
import { changeMapping } from '../mapping/change-mapping.ts';
import { LIBRARY_NODES } from '../mapping/library-nodes.ts';
import { mappingOf } from '../mapping/mapping-store.ts';
import { retryPush, showPushes } from '../notices/desk-pushes.ts';
import {
  changeRegistrationNow,
  existingPlatform,
  showRegistration,
} from '../registration/change-registration.ts';

const PAGE_SIZE = 50;

/** The desk looks after mappings, registrations and notices. */
export function deskExchange(app: HttpApp, deps: ExchangeDeps): void {
  const { db } = deps.database;
  guardAccess(app, { find: deps.operators, audit: deps.audit, sourceHash: deps.sourceHash });
  const byOf = (request: FastifyRequest): DeskBy => ({
    actor: actorOf(operatorOf(request)),
    from: auditOrigin(request, deps.sourceHash),
  });
  serve(app, {
    route: deskExchangeRoutes.nodes,
    handler: async () => LIBRARY_NODES.map(({ libNode, label, labelEn }) => ({ libNode, label, labelEn })),
  });
  serve(app, {
    route: deskExchangeRoutes.mapping,
    handler: async ({ params }) => {
      await existingPlatform(deps, db, params.code);
      return mappingOf(db, params.code);
    },
  });
  serve(app, {
    route: deskExchangeRoutes.changeMapping,
    handler: async ({ params, body, request }) =>
      changeMapping(deps, { code: params.code, form: body, by: byOf(request) }),
  });
  serve(app, {
    route: deskExchangeRoutes.registration,
    handler: async ({ params }) => showRegistration(deps, db, params.code),
  });
  serve(app, {
    route: deskExchangeRoutes.changeRegistration,
    handler: async ({ params, body, request }) =>
      changeRegistrationNow(deps, { code: params.code, form: body, by: byOf(request) }),
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
