import type { IncomingMessage, ServerResponse } from 'node:http';
import type { FastifyBaseLogger, FastifyInstance, RawServerDefault } from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';

/** Fastify with schemas in zod. Features know the edge by this type. */
export type HttpApp = FastifyInstance<
  RawServerDefault,
  IncomingMessage,
  ServerResponse,
  FastifyBaseLogger,
  ZodTypeProvider
>;

declare module 'fastify' {
  interface FastifyContextConfig {
    /** A named limit beside the general one, counted per source. */
    limit?: string;
    /** Open to other sites' pages and programs: carries its own credential, or none is needed. */
    anyOrigin?: boolean;
    /** Longest text of one field, when the general bound does not fit. */
    longestField?: number;
  }
}
