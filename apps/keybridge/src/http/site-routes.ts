import { bridgeError } from '@hufu/keybridge-client';
import {
  languageSchema,
  operationRequestSchema,
  PROTOCOL_VERSION,
  pairingRequestSchema,
  SERVICE_NAME,
} from '@hufu/keybridge-client/protocol';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Bridge } from '../bridge.ts';
import type { Operation } from '../operations/operation.ts';
import { startOperation } from '../operations/start-operation.ts';
import { waitForNews } from '../operations/wait-for-news.ts';
import type { ApprovedSite } from '../sites/approved-sites.ts';
import { allowOrigin, answerPreflight, requirePaired, siteOrigin } from './guards.ts';
import { idParameter, parse, waitQuery } from './parse.ts';

/** Paths that an origin may reach before the user has approved it: to ask, and to learn the answer. */
const isOpenPath = (url: string): boolean =>
  /^\/v1\/(?:status$|pairings(?:\/|$))/.test(url.split('?')[0] ?? '');

/** The protocol that web pages speak (docs/keybridge-protocol.md). */
export function siteRoutes(app: FastifyInstance, bridge: Bridge): void {
  const { address, board, operations, pairings, sites, version } = bridge;

  app.addHook('onRequest', async (request, reply) => {
    const origin = siteOrigin(request);
    const isOwn = origin === address.origin;
    if (isOwn) throw bridgeError('BRIDGE_ORIGIN_REFUSED');
    if (!isOpenPath(request.url) && !sites.isApproved(origin)) throw bridgeError('BRIDGE_NOT_PAIRED');
    allowOrigin(reply, origin);
    if (request.method === 'OPTIONS') return answerPreflight(request, reply);
    return undefined;
  });

  // Preflights are answered by the hook; the route exists so that they reach it.
  app.options('/*', async (_request, reply) => reply.code(204).send());

  app.get('/status', async (request) => ({
    service: SERVICE_NAME,
    protocol: PROTOCOL_VERSION,
    oldestProtocol: PROTOCOL_VERSION,
    version,
    approved: sites.isApproved(siteOrigin(request)),
  }));

  app.post('/pairings', async (request, reply) => {
    const pairing = pairings.request(siteOrigin(request), parse(pairingRequestSchema, request.body));
    return reply.code(201).send({
      pairingId: pairing.pairingId,
      approvalUrl: `${address.origin}/approve/${pairing.pairingId}`,
      expiresAt: new Date(pairing.expiresAt).toISOString(),
    });
  });

  app.get('/pairings/:id', async (request) => {
    const { id } = parse(idParameter, request.params);
    const { wait } = parse(waitQuery, request.query);
    await pairings.waitForDecision(id, wait * 1000);
    return pairings.state(id, siteOrigin(request));
  });

  app.delete('/pairing', async (request, reply) => {
    const site = requirePaired(request, sites);
    await sites.revoke(site.origin, site.secretSha256);
    return reply.code(204).send();
  });

  app.get('/tokens', async (request) => {
    requirePaired(request, sites);
    const { after, wait } = parse(waitQuery, request.query);
    return after === undefined ? board.list() : board.waitForChange(after, wait * 1000);
  });

  app.get('/certificates', async (request) => {
    requirePaired(request, sites);
    return { certificates: await board.certificates() };
  });

  app.post('/operations', async (request, reply) => {
    const site = requirePaired(request, sites);
    const asked = parse(operationRequestSchema, request.body);
    const operation = await startOperation(
      bridge,
      { origin: site.origin, title: site.title },
      { ...asked, language: asked.language ?? languageSchema.enum.zh },
    );
    return reply.code(201).send({
      operationId: operation.operationId,
      frameUrl: `${address.origin}/frame/${operation.operationId}`,
      expiresAt: new Date(operation.expiresAt).toISOString(),
    });
  });

  app.get('/operations/:id', async (request) => {
    const { operationId } = ownOperation(bridge, requirePaired(request, sites), request);
    await waitForNews(operations, operationId, parse(waitQuery, request.query));
    return operations.state(operationId);
  });

  app.delete('/operations/:id', async (request, reply) => {
    operations.cancel(ownOperation(bridge, requirePaired(request, sites), request).operationId);
    return reply.code(204).send();
  });
}

/** Only the origin that asked sees an operation. @throws CodedError BRIDGE_NOT_FOUND */
function ownOperation({ operations }: Bridge, site: ApprovedSite, request: FastifyRequest): Operation {
  const operation = operations.find(parse(idParameter, request.params).id);
  if (operation.origin !== site.origin) throw bridgeError('BRIDGE_NOT_FOUND');
  return operation;
}
