import { Readable } from 'node:stream';
import { stewardRoutes } from '@hufu/contracts';
import { shanghaiParts } from '@hufu/kernel';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { withTransaction } from '../../../infra/database/database.ts';
import { auditOrigin } from '../../../infra/http/caller-facts.ts';
import type { HttpApp } from '../../../infra/http/http-app.ts';
import { actorOf, operatorOf, serve } from '../../access/index.ts';
import { entitiesCsv, entitiesXlsx } from '../entities/export-entities.ts';
import { type Filter, listEntities } from '../entities/list-entities.ts';
import { listRecords, revealRecord } from '../entities/read-records.ts';
import { showEntity } from '../entities/show-entity.ts';
import type { StewardDeps } from '../ports.ts';
import { showFindings, showReport } from '../quality/show-report.ts';
import { commonPairs } from '../search/common-pairs.ts';
import { findEntities } from '../search/find-entities.ts';
import { freezeEntity, mergeProposal, thawProposal } from '../standing/standing.ts';

const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';
const CSV = 'text/csv; charset=utf-8';

export function stewardApi(app: HttpApp, deps: StewardDeps): void {
  const { db } = deps.database;
  const searched = {
    executor: db,
    cipher: deps.cipher,
    records: deps.records,
    commonPairs: commonPairs(deps.clock),
  };
  const by = (request: FastifyRequest) => ({
    actor: actorOf(operatorOf(request)),
    from: auditOrigin(request, deps.sourceHash),
  });

  serve(app, {
    route: stewardRoutes.search,
    config: { limit: 'steward-search' },
    handler: ({ query }) => findEntities(searched, query),
  });
  serve(app, { route: stewardRoutes.entities, handler: ({ query }) => listEntities(db, query) });
  serve(app, { route: stewardRoutes.entity, handler: ({ params }) => showEntity(db, params.id) });

  /** What leaves the house in bulk is written down before it leaves. */
  const exported = async (
    request: FastifyRequest,
    reply: FastifyReply,
    file: { kind: 'xlsx' | 'csv'; filter: Filter },
  ) => {
    const { actor, from } = by(request);
    await withTransaction(deps.database, (tx) =>
      deps.audit.record(tx, {
        actor,
        action: 'entity.export',
        subject: { kind: 'entity-list', id: file.kind },
        after: file.filter,
        origin: from,
      }),
    );
    const name = `主体清单-${shanghaiParts(deps.clock.now()).date}.${file.kind}`;
    const content = file.kind === 'xlsx' ? entitiesXlsx(db, file.filter) : entitiesCsv(db, file.filter);
    return reply
      .type(file.kind === 'xlsx' ? XLSX : CSV)
      .header('content-disposition', `attachment; filename*=UTF-8''${encodeURIComponent(name)}`)
      .send(Readable.from(content, { objectMode: false }));
  };
  serve(app, {
    route: stewardRoutes.exportXlsx,
    config: { limit: 'steward-export' },
    handler: ({ query, request, reply }) => exported(request, reply, { kind: 'xlsx', filter: query }),
  });
  serve(app, {
    route: stewardRoutes.exportCsv,
    config: { limit: 'steward-export' },
    handler: ({ query, request, reply }) => exported(request, reply, { kind: 'csv', filter: query }),
  });

  serve(app, {
    route: stewardRoutes.records,
    handler: ({ params, query }) => {
      const { page, pageSize } = query;
      return listRecords(deps, { entityId: params.id, typeName: params.type, page, pageSize });
    },
  });
  serve(app, {
    route: stewardRoutes.reveal,
    handler: ({ params, body, request }) =>
      revealRecord(deps, {
        entityId: params.id,
        typeName: params.type,
        id: params.record,
        reason: body.reason,
        ...by(request),
      }),
  });

  serve(app, {
    route: stewardRoutes.freeze,
    handler: async ({ params, body, request }) => {
      await freezeEntity(deps, { id: params.id, reason: body.reason, ...by(request) });
      return showEntity(db, params.id);
    },
  });
  serve(app, {
    route: stewardRoutes.thaw,
    handler: async ({ params, body, request }) =>
      deps.propose(request, { proposal: await thawProposal(deps, params.id), reason: body.reason }),
  });
  serve(app, {
    route: stewardRoutes.merge,
    handler: async ({ params, body, request }) => {
      const { into, reason } = body;
      return deps.propose(request, { proposal: await mergeProposal(deps, { id: params.id, into }), reason });
    },
  });

  serve(app, { route: stewardRoutes.quality, handler: () => showReport(db) });
  serve(app, {
    route: stewardRoutes.findings,
    handler: ({ params, query }) => showFindings(db, { kind: params.kind, ...query }),
  });
}
