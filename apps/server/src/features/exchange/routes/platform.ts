import { EXCHANGE_SCOPE_OF, exchangeRoutes, type Route, SealingOrderForm } from '@hufu/contracts';
import type { FastifyRequest } from 'fastify';
import { auditOrigin } from '../../../infra/http/caller-facts.ts';
import type { HttpApp } from '../../../infra/http/http-app.ts';
import { mount, type RouteHandler } from '../../../infra/http/mount.ts';
import { receiveFile } from '../../../infra/http/receive-file.ts';
import { guardAccess, platformOf, serve } from '../../access/index.ts';
import { platformFinder } from '../caller/find-platform.ts';
import type { ExchangeDeps, PlatformBy } from '../deps.ts';
import { exchangeError } from '../errors.ts';
import { followFeed } from '../feed/follow-feed.ts';
import { decideFiling, showBase } from '../filing/decide-filing.ts';
import { recognise } from '../filing/recognise.ts';
import { mappingOf } from '../mapping/mapping-store.ts';
import { pull } from '../mirror/pull.ts';
import { pulledFile } from '../mirror/pull-store.ts';
import { acknowledge, acknowledgedUpTo, noticesAfter, noticeView } from '../notices/notice-store.ts';
import { takeProject } from '../projects/take-project.ts';
import { existingPlatform } from '../registration/change-registration.ts';
import { orderSealing, returnAddress, sealedDocument, showSealing } from '../sealing/order-sealing.ts';
import { countUse } from '../use/count-use.ts';
import { showUsable } from '../use/show-usable.ts';

const LARGEST_DOCUMENT = 20 * 1024 * 1024;

/** Anybody may read the keys: what is signed with them is shown to third parties. And browsers go back to platforms. */
export function openExchangeRoutes(app: HttpApp, deps: ExchangeDeps): void {
  mount(app, {
    route: exchangeRoutes.keys,
    config: { anyOrigin: true },
    handler: async () => ({ keys: deps.signer.keys() }),
  });
  mount(app, {
    route: exchangeRoutes.sealingReturn,
    config: { anyOrigin: true },
    handler: async ({ params, reply }) => reply.redirect(await returnAddress(deps, params.id), 303),
  });
}

/** Server to server. */
export function platformExchangeRoutes(app: HttpApp, deps: ExchangeDeps, stopping: AbortSignal): void {
  const { db } = deps.database;
  guardAccess(app, { find: platformFinder(deps), audit: deps.audit, sourceHash: deps.sourceHash });
  const byOf = (request: FastifyRequest): PlatformBy => {
    const { code, clientId } = platformOf(request);
    return { code, clientId, from: auditOrigin(request, deps.sourceHash) };
  };
  const on = <R extends Route>(route: R, handler: RouteHandler<R>): void => {
    const [name] = Object.entries(exchangeRoutes).find(([, one]) => one.id === route.id)!;
    const exchangeScope = EXCHANGE_SCOPE_OF[name as keyof typeof EXCHANGE_SCOPE_OF];
    serve(app, { route, config: { anyOrigin: true, exchangeScope }, handler });
  };

  on(exchangeRoutes.feed, async ({ query, request }) => {
    const gone = new AbortController();
    request.raw.once('close', () => gone.abort());
    return followFeed(deps, {
      platform: byOf(request).code,
      query,
      ended: AbortSignal.any([gone.signal, stopping]),
    });
  });
  on(exchangeRoutes.pull, async ({ body, request }) =>
    pull(deps, {
      form: body,
      idempotencyKey: request.headers['idempotency-key'],
      by: byOf(request),
    }),
  );
  on(exchangeRoutes.pullFile, async ({ params, request, reply }) => {
    const { code } = byOf(request);
    const { sha256 } = params;
    const file = await pulledFile(db, { pullId: params.id, platformCode: code, sha256 });
    if (file === undefined) throw exchangeError('EXCHANGE_UNKNOWN');
    if (file.filesUntil.getTime() <= deps.clock.now()) throw exchangeError('EXCHANGE_PULL_OVER');
    return deps.files.send({ request, reply }, { entityId: file.entityId, sha256, name: file.name });
  });
  on(exchangeRoutes.mapping, async ({ request }) =>
    mappingOf(db, await existingPlatform(deps, db, byOf(request).code)),
  );
  on(exchangeRoutes.usable, async ({ query, request }) => showUsable(deps, { query, by: byOf(request) }));
  on(exchangeRoutes.use, async ({ body, request }) => countUse(deps, { form: body, by: byOf(request) }));

  on(exchangeRoutes.notices, async ({ query, request }) => {
    const { code: platformCode } = byOf(request);
    const rows = await noticesAfter(db, { platformCode, ...query });
    return { items: rows.map(noticeView), acknowledged: await acknowledgedUpTo(db, platformCode) };
  });
  on(exchangeRoutes.acknowledge, async ({ body, request }) => {
    const at = new Date(deps.clock.now());
    await acknowledge(db, { platformCode: byOf(request).code, upTo: body.seq, at });
    return undefined;
  });

  on(exchangeRoutes.project, async ({ body, request }) =>
    takeProject(deps, { statement: body.statement, by: byOf(request) }),
  );
  on(exchangeRoutes.base, async ({ query, request }) =>
    showBase(deps, db, { uscc: query.uscc, platformCode: byOf(request).code }),
  );
  on(exchangeRoutes.filing, async ({ body, request }) =>
    decideFiling(deps, { form: body, by: byOf(request) }),
  );
  on(exchangeRoutes.recognise, async ({ body, request }) =>
    recognise(deps, {
      form: body,
      idempotencyKey: request.headers['idempotency-key'],
      by: byOf(request),
    }),
  );

  on(exchangeRoutes.sealing, async ({ request }) => {
    const { file, fields } = await receiveFile(request, {
      field: 'file',
      form: SealingOrderForm,
      largest: LARGEST_DOCUMENT,
    });
    if (file === undefined) throw exchangeError('EXCHANGE_STATEMENT', { part: 'file' });
    const idempotencyKey = request.headers['idempotency-key'];
    return orderSealing(deps, { file, form: fields, idempotencyKey, by: byOf(request) });
  });
  on(exchangeRoutes.sealingState, async ({ params, request }) =>
    showSealing(deps, { id: params.id, by: byOf(request) }),
  );
  on(exchangeRoutes.sealingDocument, async ({ params, request, reply }) => {
    const sha256 = await sealedDocument(deps, { id: params.id, by: byOf(request) });
    const { stream, size, mediaType } = await deps.attachments.open(sha256);
    return reply.type(mediaType).header('content-length', size).send(stream);
  });
}
