import { deskRaRoutes } from '@hufu/contracts';
import { fromBase64, toBase64 } from '@hufu/kernel';
import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import { withTransaction } from '../../../infra/database/database.ts';
import { auditOrigin } from '../../../infra/http/caller-facts.ts';
import type { HttpApp } from '../../../infra/http/http-app.ts';
import { receiveFile } from '../../../infra/http/receive-file.ts';
import { operatorOf, serve } from '../../access/index.ts';
import { deskOrderView, queueRow } from '../counter/desk-views.ts';
import { issueTicket } from '../counter/issue-ticket.ts';
import {
  approveOrder,
  checkOrder,
  completeTicket,
  lockAtCounter,
  returnOrder,
} from '../counter/review-order.ts';
import { takeTicket } from '../counter/take-ticket.ts';
import { timeliness } from '../counter/timeliness.ts';
import { type AtCounter, byCounter, type RaDeps } from '../deps.ts';
import { raError } from '../errors.ts';
import { cancelOrder } from '../orders/cancel-order.ts';
import { attachFile, fileOf } from '../orders/order-files.ts';
import { type OrderRow, orderById, pageOfOrders } from '../orders/order-store.ts';
import { openPersonal } from '../orders/personal.ts';
import { serveFile } from '../orders/serve-file.ts';
import { LARGEST_FILE } from './phone-routes.ts';

export const atCounter = (deps: Pick<RaDeps, 'sourceHash'>, request: FastifyRequest): AtCounter => ({
  operator: operatorOf(request),
  from: auditOrigin(request, deps.sourceHash),
});

/** A draft is its owner's alone. @throws RA_UNKNOWN */
async function atDesk(deps: RaDeps, id: string): Promise<OrderRow> {
  const row = await orderById(deps.database.db, id);
  if (row === undefined || row.state === 'DRAFT') throw raError('RA_UNKNOWN');
  return row;
}

/** 证书受理 at the counter. */
export function deskOrderRoutes(app: HttpApp, deps: RaDeps): void {
  const { db } = deps.database;
  const at = (request: FastifyRequest) => atCounter(deps, request);
  const view = (row: OrderRow, request: FastifyRequest) => deskOrderView(deps, row, at(request));

  serve(app, {
    route: deskRaRoutes.list,
    handler: async ({ query }) => {
      const { page, pageSize } = query;
      const { items, total } = await pageOfOrders(db, {
        state: query.state,
        channel: query.channel,
        kind: query.kind,
        waiting: query.waiting,
        overdueAt: query.overdue === true ? new Date(deps.clock.now()) : undefined,
        text: query.q,
        limit: pageSize,
        offset: (page - 1) * pageSize,
      });
      const names = await deps.operatorNames();
      return { items: items.map((row) => queueRow(row, names)), total, page, pageSize };
    },
  });
  serve(app, {
    route: deskRaRoutes.find,
    handler: async ({ params, request }) => view(await atDesk(deps, params.id), request),
  });
  serve(app, {
    route: deskRaRoutes.reveal,
    handler: async ({ params, body, request }) => {
      const row = await atDesk(deps, params.id);
      const { actor, from } = byCounter(at(request));
      await withTransaction(deps.database, (tx) =>
        deps.audit.record(tx, {
          actor,
          action: 'ra.reveal',
          subject: { kind: 'ra-order', id: row.id },
          reason: body.reason,
          ...(from === undefined ? {} : { origin: from }),
          ...(row.entity_id === null ? {} : { entity: row.entity_id }),
        }),
      );
      return openPersonal(deps.cipher, row);
    },
  });
  serve(app, {
    route: deskRaRoutes.file,
    handler: async ({ params, reply }) => {
      const row = await atDesk(deps, params.id);
      return serveFile(deps, await fileOf(db, row.id, params.fileId), reply);
    },
  });
  serve(app, {
    route: deskRaRoutes.create,
    handler: async ({ body, request }) => view(await takeTicket(deps, body, at(request)), request),
  });
  serve(app, {
    route: deskRaRoutes.attach,
    config: { limit: 'ra-upload' },
    handler: async ({ params, request }) => {
      const { file } = await receiveFile(request, {
        field: 'file',
        form: z.object({}),
        largest: LARGEST_FILE,
      });
      const row = await attachFile(deps, {
        slot: params.slot,
        file,
        async lock(tx) {
          const found = await lockAtCounter(tx, params.id);
          // What an applicant hands in by phone only the applicant changes.
          if (found.channel === 'APP') throw raError('RA_STATE');
          return found;
        },
      });
      return view(row, request);
    },
  });
  serve(app, {
    route: deskRaRoutes.complete,
    handler: async ({ params, body, request }) =>
      view(await completeTicket(deps, { id: params.id, ...body }, at(request)), request),
  });
  serve(app, {
    route: deskRaRoutes.check,
    handler: async ({ params, body, request }) =>
      view(await checkOrder(deps, { id: params.id, ...body }, at(request)), request),
  });
  serve(app, {
    route: deskRaRoutes.return,
    handler: async ({ params, body, request }) =>
      view(await returnOrder(deps, { id: params.id, ...body }, at(request)), request),
  });
  serve(app, {
    route: deskRaRoutes.approve,
    handler: async ({ params, body, request }) =>
      view(await approveOrder(deps, { id: params.id, ...body }, at(request)), request),
  });
  serve(app, {
    route: deskRaRoutes.issue,
    handler: async ({ params, body, request }) => {
      const { csr, ...rest } = body;
      const asked = { id: params.id, ...rest, csr: csr === undefined ? undefined : fromBase64(csr) };
      const { order, pair } = await issueTicket(deps, asked, at(request));
      const { encryption } = pair ?? {};
      return {
        order: await view(order, request),
        certificate: pair === undefined ? null : toBase64(pair.certificate),
        encryption:
          encryption?.envelopedKey === undefined
            ? null
            : {
                certificate: toBase64(encryption.certificate),
                envelopedKey: toBase64(encryption.envelopedKey),
              },
      };
    },
  });
  serve(app, {
    route: deskRaRoutes.cancel,
    handler: async ({ params, body, request }) => {
      const by = byCounter(at(request));
      const row = await cancelOrder(deps, { ...body, by, lock: (tx) => lockAtCounter(tx, params.id) });
      return view(row, request);
    },
  });
  serve(app, { route: deskRaRoutes.timeliness, handler: ({ query }) => timeliness(deps, query) });
}
