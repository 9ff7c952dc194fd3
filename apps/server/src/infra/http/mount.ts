import { Problem, type Route, type RouteAnswer } from '@hufu/contracts';
import type { FastifyContextConfig, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { z } from 'zod';
import type { HttpApp } from './http-app.ts';

type Parsed<T> = T extends z.ZodType ? z.output<T> : undefined;

/** The request as the contract's schemas have read it. */
export type RouteInput<R extends Route> = {
  readonly params: Parsed<R['params']>;
  readonly query: Parsed<R['query']>;
  readonly body: Parsed<R['body']>;
  readonly request: FastifyRequest;
  readonly reply: FastifyReply;
};

/** Answers with the body; set another declared status by `reply.code()`. `null` schema: return nothing. */
export type RouteHandler<R extends Route> = (
  input: RouteInput<R>,
) => Promise<RouteAnswer<R> extends undefined ? undefined | FastifyReply : RouteAnswer<R> | FastifyReply>;

export type Mounted<R extends Route> = {
  readonly route: R;
  readonly config?: FastifyContextConfig;
  readonly handler: RouteHandler<R>;
};

/** Serves one operation of the contracts: parsed by its schemas, answered by its schemas, in the OpenAPI document. */
export function mount<R extends Route>(app: HttpApp, { route, config, handler }: Mounted<R>): void {
  const usual = Math.min(...Object.keys(route.responses).map(Number));
  const answers = Object.entries(route.responses).filter(([, schema]) => schema !== null);
  // The schemas are known only as members of the contract: their types are drawn by RouteInput instead.
  (app as unknown as FastifyInstance).route({
    method: route.method,
    url: route.path,
    ...(config ? { config } : {}),
    schema: {
      operationId: route.id,
      summary: route.summary,
      tags: [route.path.split('/')[3] ?? 'interaction'],
      ...(route.params ? { params: route.params } : {}),
      ...(route.query ? { querystring: route.query } : {}),
      ...(route.body ? { body: route.body } : {}),
      ...(route.form ? { consumes: ['multipart/form-data'] } : {}),
      response: { ...Object.fromEntries(answers), '4xx': Problem, '5xx': Problem },
    },
    handler: async (request, reply) => {
      reply.code(usual);
      reply.header('cache-control', 'no-store');
      const { params, query, body } = request as unknown as RouteInput<R>;
      const result = await handler({ params, query, body, request, reply });
      return result === undefined && !reply.sent ? reply.send(null) : result;
    },
  });
}
