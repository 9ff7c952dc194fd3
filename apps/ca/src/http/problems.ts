import { GM_ERRORS } from '@hufu/gm';
import { CodedError, type ErrorEntry } from '@hufu/kernel';
import { PKI_ERRORS } from '@hufu/pki';
import type { FastifyInstance, FastifyReply } from 'fastify';
import { CA_ERRORS } from '../errors.ts';

const ENTRIES = new Map<string, ErrorEntry>(
  [GM_ERRORS, PKI_ERRORS, CA_ERRORS].flatMap((register) => Object.entries<ErrorEntry>(register)),
);

/** Problem details (RFC 9457) of a coded failure; anything without a code is an internal error. */
export function sendProblem(reply: FastifyReply, error: unknown): FastifyReply {
  const coded = error instanceof CodedError ? error : undefined;
  const entry = (coded === undefined ? undefined : ENTRIES.get(coded.code)) ?? CA_ERRORS.CA_INTERNAL;
  const code = entry === CA_ERRORS.CA_INTERNAL ? 'CA_INTERNAL' : coded?.code;
  const fields = code === coded?.code ? (coded?.fields ?? {}) : {};
  return reply
    .code(entry.status)
    .type('application/problem+json')
    .send({
      ...fields,
      type: `urn:hufu:error:${code}`,
      title: entry.zh,
      titleEn: entry.en,
      status: entry.status,
      code,
      retry: entry.retry,
    });
}

type FrameworkError = { readonly statusCode?: number };

/** What fastify refuses by itself (length, media type, JSON) is the client's input. */
export function handleProblems(server: FastifyInstance): void {
  server.setErrorHandler<FrameworkError>((error, _request, reply) => {
    const own = error.statusCode !== undefined && error.statusCode < 500 && !(error instanceof CodedError);
    if (own) return sendProblem(reply, new CodedError('CA_INPUT'));
    if (!(error instanceof CodedError)) server.log.error({ err: error }, 'unexpected failure');
    return sendProblem(reply, error);
  });
  server.setNotFoundHandler((_request, reply) => sendProblem(reply, new CodedError('CA_NOT_FOUND')));
}
