import { randomUUID } from 'node:crypto';
import cookie from '@fastify/cookie';
import multipart from '@fastify/multipart';
import type { ErrorRegister } from '@hufu/kernel';
import {
  type FastifyBaseLogger,
  type FastifyReply,
  type FastifyRequest,
  fastify,
  LogController,
} from 'fastify';
import {
  isResponseSerializationError,
  serializerCompiler,
  validatorCompiler,
  type ZodTypeProvider,
} from 'fastify-type-provider-zod';
import { infraError } from '../errors.ts';
import { guardFieldLength } from './field-length.ts';
import type { HttpApp } from './http-app.ts';
import { languageOf } from './language.ts';
import type { HttpMetrics } from './metrics.ts';
import { guardOrigin } from './origin-guard.ts';
import { failureOf, problemOf } from './problem.ts';
import { type RateLimiter, sourceKey } from './rate-limit.ts';
import { securityHeaders } from './security-headers.ts';

export type HttpOptions = {
  readonly baseUrl: string;
  readonly trustProxy: boolean | string;
  readonly log: FastifyBaseLogger;
  readonly register: ErrorRegister;
  readonly limiter: RateLimiter;
  readonly metrics: HttpMetrics;
};

export const BODY_LIMIT = 256 * 1024;
export const FILE_LIMIT = 20 * 1024 * 1024;
/** The limit that every request counts against, per source. */
export const GENERAL_LIMIT = 'request';

/** The edge: limits, origins, headers, problem documents, the access log. It knows no feature. */
export async function createHttp(options: HttpOptions): Promise<HttpApp> {
  const app = fastify({
    loggerInstance: options.log,
    // Our own access log has patterns in place of addresses.
    logController: new LogController({ disableRequestLogging: true }),
    trustProxy: options.trustProxy,
    bodyLimit: BODY_LIMIT,
    genReqId: () => randomUUID(),
    requestIdHeader: false,
    forceCloseConnections: 'idle',
    routerOptions: { maxParamLength: 256, ignoreTrailingSlash: false },
  }).withTypeProvider<ZodTypeProvider>();
  app.setValidatorCompiler(validatorCompiler);
  app.setSerializerCompiler(serializerCompiler);
  await app.register(cookie);
  await app.register(multipart, {
    limits: { fileSize: FILE_LIMIT, files: 5, fields: 40, fieldSize: 64 * 1024, parts: 45 },
  });
  addGuards(app, options);
  addAnswers(app, options);
  return app;
}

function addGuards(app: HttpApp, { baseUrl, limiter }: HttpOptions): void {
  const headers = securityHeaders(baseUrl);
  const own = new URL(baseUrl).origin;
  app.addHook('onRequest', async (request, reply) => {
    reply.headers(headers);
    reply.header('x-request-id', request.id);
    const { config } = request.routeOptions;
    const source = sourceKey(request.ip);
    limiter.enforce(GENERAL_LIMIT, source);
    if (config.limit) limiter.enforce(config.limit, source);
    if (config.anyOrigin) return;
    guardOrigin(
      {
        method: request.method,
        origin: request.headers.origin,
        fetchSite: headerText(request.headers['sec-fetch-site']),
        hasCookie: request.headers.cookie !== undefined,
      },
      own,
    );
  });
  app.addHook('preValidation', async (request) => {
    const { longestField } = request.routeOptions.config;
    guardFieldLength(request.body, longestField);
    guardFieldLength(request.query, longestField);
  });
}

function addAnswers(app: HttpApp, { log, register, metrics }: HttpOptions): void {
  const answer = (error: unknown, request: FastifyRequest, reply: FastifyReply) => {
    const failure = failureOf(error);
    const language = languageOf(request.query, request.headers['accept-language']);
    const problem = problemOf(failure, register, { language, requestId: request.id });
    if (problem.status >= 500) {
      const contract = isResponseSerializationError(error) ? { issues: error.cause.issues } : {};
      log.error({ requestId: request.id, code: problem.code, err: error, ...contract }, 'request failed');
    }
    const { retryAfter } = failure.fields;
    if (typeof retryAfter === 'number') reply.header('retry-after', retryAfter);
    reply.header('content-language', language);
    reply.header('cache-control', 'no-store');
    // Not by the route's schemas: a problem must reach the caller even where a contract forgot it.
    return reply
      .code(problem.status)
      .type('application/problem+json')
      .serializer((text) => text as string)
      .send(JSON.stringify(problem));
  };
  app.setErrorHandler(answer);
  app.setNotFoundHandler((request, reply) => answer(infraError('NOT_FOUND'), request, reply));
  app.addHook('onResponse', async (request, reply) => {
    const route = request.routeOptions.url ?? 'unknown';
    const seconds = reply.elapsedTime / 1000;
    metrics.observe({ method: request.method, route, status: reply.raw.statusCode }, seconds);
    log.info({
      requestId: request.id,
      method: request.method,
      route,
      status: reply.raw.statusCode,
      ms: Math.round(reply.elapsedTime),
    });
  });
}

function headerText(value: string | string[] | undefined): string | undefined {
  return Array.isArray(value) ? value[0] : value;
}
