import { recordRoutesOf } from '@hufu/contracts';
import type { FastifyRequest } from 'fastify';
import { withTransaction } from '../../../infra/database/database.ts';
import { auditOrigin } from '../../../infra/http/caller-facts.ts';
import type { HttpApp } from '../../../infra/http/http-app.ts';
import { actorOf, type Member, memberOf, serve } from '../../access/index.ts';
import type { Kind } from '../catalogue.ts';
import type { RecordsDeps } from '../deps.ts';
import type { ListAsked } from '../storage/list-query.ts';
import { checkValues } from '../usecases/check-values.ts';
import { mayRead, mayWrite } from '../usecases/gate.ts';
import { listRecords } from '../usecases/list-records.ts';
import { showHistory, showVersion } from '../usecases/show-history.ts';
import { detailOf, showRecord } from '../usecases/show-record.ts';
import { isGone, writeRecord } from '../usecases/write-record.ts';
import { documented } from './documented.ts';

/** Who acts, from where. */
export const byOf = (deps: RecordsDeps, request: FastifyRequest) => {
  const member = memberOf(request);
  return {
    entityId: member.entityId,
    by: 'primary',
    actor: actorOf(member),
    origin: auditOrigin(request, deps.sourceHash),
  } as const;
};

type Query = Omit<ListAsked, 'entityId' | 'others'> & {
  readonly page: number;
  readonly pageSize: number;
} & Readonly<Record<string, unknown>>;

/** The contract's names, and beside them what the type's own filters are called. */
export function askedOf(query: Query, { entityId }: Member): ListAsked {
  const { page: _, pageSize: __, state, q, from, to, expiring, parent, sort, ...rest } = query;
  const others = rest as Readonly<Record<string, string>>;
  return { entityId, state, q, from, to, expiring, parent, sort, others };
}

/** The operations of one type, at its own address. */
export function recordRoutesFor(app: HttpApp, deps: RecordsDeps, kind: Kind): void {
  const routes = documented(recordRoutesOf(kind.type), kind.type);
  const { name } = kind.type;
  const reader = (request: FastifyRequest): Member => {
    const member = memberOf(request);
    mayRead(member, kind);
    return member;
  };
  const writer = (request: FastifyRequest): Member => {
    const member = memberOf(request);
    mayWrite(member, kind);
    return member;
  };

  serve(app, {
    route: routes.list,
    handler: ({ query, request }) => {
      const member = reader(request);
      const { page, pageSize } = query;
      return listRecords(deps, { kind, member, asked: askedOf(query, member), page, pageSize });
    },
  });
  serve(app, {
    route: routes.create,
    handler: async ({ body, request }) => {
      const member = writer(request);
      const { event, values, parentId } = body;
      const row = await withTransaction(deps.database, (tx) =>
        writeRecord(deps, tx, {
          ...byOf(deps, request),
          type: name,
          event,
          taken: values,
          ...(parentId === undefined ? {} : { parentId }),
        }),
      );
      return detailOf(deps, { kind, member, row });
    },
  });
  serve(app, {
    route: routes.check,
    handler: ({ body, request }) => {
      const member = writer(request);
      return checkValues(deps, { kind, member, ...body });
    },
  });
  serve(app, {
    route: routes.detail,
    handler: ({ params: { id }, request }) => showRecord(deps, { kind, member: reader(request), id }),
  });
  serve(app, {
    route: routes.change,
    handler: async ({ params: { id }, body, request, reply }) => {
      const member = writer(request);
      const { event, version, values, fields, reason, proof } = body;
      const row = await withTransaction(deps.database, (tx) =>
        writeRecord(deps, tx, {
          ...byOf(deps, request),
          type: name,
          id,
          event,
          expectedVersion: version,
          taken: values ?? fields,
          ...(reason === undefined ? {} : { reason }),
          ...(proof === undefined ? {} : { proof }),
        }),
      );
      if (isGone(row)) {
        reply.code(204);
        return undefined;
      }
      return detailOf(deps, { kind, member, row });
    },
  });
  serve(app, {
    route: routes.history,
    handler: ({ params: { id }, query, request }) => {
      const { entityId } = reader(request);
      return showHistory(deps, { type: kind.type, entityId, id, ...query });
    },
  });
  serve(app, {
    route: routes.version,
    handler: async ({ params: { id, version }, request }) => {
      const { entityId } = reader(request);
      const { row, event, sm3 } = await showVersion(deps, { entityId, type: name, id, version });
      return {
        id,
        type: name,
        version,
        event,
        state: row.state,
        at: row.updatedAt.toISOString(),
        values: { ...row.values },
        system: { ...row.system },
        sm3: Buffer.from(sm3).toString('hex'),
      };
    },
  });
}
