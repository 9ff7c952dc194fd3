import { GM_ERRORS } from '@hufu/gm';
import { CodedError, type ErrorEntry, KERNEL_ERRORS } from '@hufu/kernel';
import { PHONE_KEY_ERRORS } from '@hufu/phone-key';
import { PKI_ERRORS } from '@hufu/pki';
import type { FastifyInstance, FastifyReply } from 'fastify';
import { SIGNER_ERRORS } from '../errors.ts';

const ENTRIES = new Map<string, ErrorEntry>(
  [KERNEL_ERRORS, GM_ERRORS, PKI_ERRORS, PHONE_KEY_ERRORS, SIGNER_ERRORS].flatMap((register) =>
    Object.entries<ErrorEntry>(register),
  ),
);

/** Problem details (RFC 9457) of a coded failure; anything without a code is an internal error. */
function sendProblem(reply: FastifyReply, error: CodedError): FastifyReply {
  const entry = ENTRIES.get(error.code);
  if (entry === undefined) return sendProblem(reply, new CodedError('SIGNER_INTERNAL'));
  return reply
    .code(entry.status)
    .type('application/problem+json')
    .send({
      ...error.fields,
      type: `urn:hufu:error:${error.code}`,
      title: entry.zh,
      titleEn: entry.en,
      status: entry.status,
      code: error.code,
      retry: entry.retry,
    });
}

type FrameworkError = { readonly statusCode?: number };

/** What fastify refuses by itself (length, media type, JSON) is the client's input. */
export function handleProblems(server: FastifyInstance): void {
  server.setErrorHandler<FrameworkError>((error, _request, reply) => {
    if (error instanceof CodedError) return sendProblem(reply, error);
    const isInput = error.statusCode !== undefined && error.statusCode < 500;
    if (!isInput) server.log.error({ err: error }, 'unexpected failure');
    return sendProblem(reply, new CodedError(isInput ? 'SIGNER_INPUT' : 'SIGNER_INTERNAL'));
  });
  server.setNotFoundHandler((_request, reply) => sendProblem(reply, new CodedError('SIGNER_NOT_FOUND')));
}
