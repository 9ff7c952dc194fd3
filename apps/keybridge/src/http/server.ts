import { CodedError } from '@hufu/kernel';
import { bridgeError } from '@hufu/keybridge-client';
import Fastify, { type FastifyInstance } from 'fastify';
import type { Bridge } from '../bridge.ts';
import { dialogRoutes } from './dialog-routes.ts';
import { requireLoopbackHost, requireOwnPage } from './guards.ts';
import { ownRoutes } from './own-routes.ts';
import { pageRoutes } from './page-routes.ts';
import { problemOf } from './problem.ts';
import { siteRoutes } from './site-routes.ts';

/** Documents sealed by GB/T 38540 carry the seal's picture in what is signed. */
const BODY_LIMIT = 32 * 1024 * 1024;

/** Three zones under one roof: `/v1` for sites, `/own` for the assistant's own pages, and those pages. */
export async function bridgeServer(bridge: Bridge, webDir: string): Promise<FastifyInstance> {
  const app = Fastify({ bodyLimit: BODY_LIMIT, logger: false, forceCloseConnections: true });
  // Only JSON: a form or a text post, which browsers send without a preflight, finds no parser.
  app.removeContentTypeParser('text/plain');

  app.addHook('onRequest', async (request, reply) => {
    requireLoopbackHost(request, bridge.address);
    reply.headers({
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'no-referrer',
      'cache-control': 'no-store',
    });
  });

  app.setErrorHandler((error, request, reply) => {
    const problem = problemOf(asCoded(error));
    if (problem.code === 'BRIDGE_FAULT')
      console.error(`${request.method} ${request.routeOptions.url}:`, error);
    return reply.code(problem.status).type('application/problem+json').send(problem);
  });
  app.setNotFoundHandler(() => {
    throw bridgeError('BRIDGE_NOT_FOUND');
  });

  await app.register(
    (zone, _options, done) => {
      siteRoutes(zone, bridge);
      done();
    },
    { prefix: '/v1' },
  );
  await app.register(
    (zone, _options, done) => {
      zone.addHook('onRequest', async (request) => requireOwnPage(request, bridge.address));
      dialogRoutes(zone, bridge);
      ownRoutes(zone, bridge);
      done();
    },
    { prefix: '/own' },
  );
  await pageRoutes(app, bridge, webDir);
  return app;
}

/** The framework's own refusals (not JSON, too large, wrong type) are malformed requests. */
function asCoded(error: unknown): unknown {
  if (error instanceof CodedError || !(error instanceof Error)) return error;
  const status = 'statusCode' in error ? error.statusCode : undefined;
  const isRefusal = typeof status === 'number' && status >= 400 && status < 500;
  return isRefusal ? bridgeError('BRIDGE_REQUEST_INVALID', {}, error) : error;
}
