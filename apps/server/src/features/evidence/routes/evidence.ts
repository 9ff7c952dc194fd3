import { evidenceRoutes, memberEvidenceRoutes } from '@hufu/contracts';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { auditOrigin } from '../../../infra/http/caller-facts.ts';
import type { HttpApp } from '../../../infra/http/http-app.ts';
import { mount } from '../../../infra/http/mount.ts';
import { type CallerFinder, guardAccess, holderOf, memberOf, operatorOf, serve } from '../../access/index.ts';
import type { EvidenceDeps, Reader } from '../deps.ts';
import { eraseField } from '../usecases/erase-disclosure.ts';
import { makeBundle } from '../usecases/make-bundle.ts';
import { showHistory } from '../usecases/show-history.ts';
import { showLog } from '../usecases/show-log.ts';
import { showStamp } from '../usecases/show-stamp.ts';

const OPERATOR: Reader = { kind: 'operator' };

type Paging = { readonly page: number; readonly pageSize: number };
const pageOf = ({ page, pageSize }: Paging) => ({ limit: pageSize, offset: (page - 1) * pageSize });

async function answerBundle(
  deps: EvidenceDeps,
  reply: FastifyReply,
  asked: { readonly id: string; readonly reader: Reader },
): Promise<FastifyReply> {
  const bundle = await makeBundle(deps, asked);
  return reply
    .header('content-disposition', `attachment; filename="evidence-${asked.id}.json"`)
    .type('application/json; charset=utf-8')
    .send(Buffer.from(bundle));
}

export function publicEvidenceRoutes(app: HttpApp, deps: EvidenceDeps): void {
  mount(app, { route: evidenceRoutes.log, handler: () => showLog(deps) });
}

/** For enterprises: their own records. */
export function holderEvidenceRoutes(app: HttpApp, deps: EvidenceDeps, find: CallerFinder): void {
  guardAccess(app, { find, audit: deps.audit, sourceHash: deps.sourceHash });
  ownEvidenceRoutes(app, deps, {
    routes: evidenceRoutes,
    reader: (request) => ({ kind: 'entity', id: holderOf(request).enterpriseId }),
  });
}

/** The same through the library's door. */
export function memberEvidence(app: HttpApp, deps: EvidenceDeps, find: CallerFinder): void {
  guardAccess(app, { find, audit: deps.audit, sourceHash: deps.sourceHash });
  ownEvidenceRoutes(app, deps, {
    routes: memberEvidenceRoutes,
    reader: (request) => ({ kind: 'entity', id: memberOf(request).entityId }),
  });
}

type Door = {
  readonly routes: typeof memberEvidenceRoutes | typeof evidenceRoutes;
  readonly reader: (request: FastifyRequest) => Reader;
};

function ownEvidenceRoutes(app: HttpApp, deps: EvidenceDeps, { routes, reader }: Door): void {
  serve(app, {
    route: routes.history,
    handler: async ({ query, request }) => {
      const { kind, record, page, pageSize } = query;
      const asked = { reader: reader(request), filter: { kind, record }, page: pageOf(query) };
      return { ...(await showHistory(deps, asked)), page, pageSize };
    },
  });
  serve(app, {
    route: routes.stamp,
    handler: ({ params: { id }, request }) => showStamp(deps, { id, reader: reader(request) }),
  });
  serve(app, {
    route: routes.bundle,
    handler: ({ params: { id }, request, reply }) =>
      answerBundle(deps, reply, { id, reader: reader(request) }),
  });
}

/** For the desk: all records. */
export function deskEvidenceRoutes(app: HttpApp, deps: EvidenceDeps, find: CallerFinder): void {
  guardAccess(app, { find, audit: deps.audit, sourceHash: deps.sourceHash });

  serve(app, {
    route: evidenceRoutes.deskHistory,
    handler: async ({ query }) => {
      const { kind, record, enterprise, page, pageSize } = query;
      const filter = { kind, record, entity: enterprise };
      const found = await showHistory(deps, { reader: OPERATOR, filter, page: pageOf(query) });
      return { ...found, page, pageSize };
    },
  });
  serve(app, {
    route: evidenceRoutes.deskStamp,
    handler: ({ params: { id } }) => showStamp(deps, { id, reader: OPERATOR }),
  });
  serve(app, {
    route: evidenceRoutes.deskBundle,
    handler: ({ params: { id }, reply }) => answerBundle(deps, reply, { id, reader: OPERATOR }),
  });
  serve(app, {
    route: evidenceRoutes.erase,
    handler: async ({ params: { id, name }, body: { reason }, request }) => {
      const { operatorId, fingerprint } = operatorOf(request);
      const actor = { kind: 'operator', id: operatorId, certificate: fingerprint } as const;
      await eraseField(deps, { id, name, reason, actor, from: auditOrigin(request, deps.sourceHash) });
      return undefined;
    },
  });
}
