import { CodedError } from '@hufu/kernel';
import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import type { Bridge } from '../bridge.ts';
import { signOperation } from '../operations/sign-operation.ts';
import { waitForNews } from '../operations/wait-for-news.ts';
import { idParameter, parse, waitQuery } from './parse.ts';
import { problemOf } from './problem.ts';

const decisionSchema = z.strictObject({ allowed: z.boolean() });

/** The PIN's form is checked by the driver; here only that it is a short text. */
const pinSchema = z.strictObject({ pin: z.string().max(64) });

/** What the approval window and the PIN frame ask of the assistant. */
export function dialogRoutes(app: FastifyInstance, bridge: Bridge): void {
  const { board, operations, pairings } = bridge;

  app.get('/pairings/:id', async (request) => {
    const { origin, title, language, expiresAt } = pairings.show(parse(idParameter, request.params).id);
    return { origin, title, language, expiresAt: new Date(expiresAt).toISOString() };
  });

  app.post('/pairings/:id/decision', async (request, reply) => {
    const { allowed } = parse(decisionSchema, request.body);
    await pairings.decide(parse(idParameter, request.params).id, allowed);
    return reply.code(204).send();
  });

  app.get('/operations/:id', async (request) => {
    const { id } = parse(idParameter, request.params);
    const operation = operations.find(id);
    await waitForNews(operations, id, parse(waitQuery, request.query));
    const { origin, title, act, holder, located, subject, language, theme, expiresAt } = operation;
    const { tokens } = await board.list();
    const token = tokens.find(({ tokenId }) => operation.keyId.startsWith(`${tokenId}.`));
    const state = operations.state(id);
    return {
      origin,
      title,
      act,
      language,
      theme,
      holder,
      tokenLabel: located.token.label,
      mediaNumber: located.token.mediaNumber,
      ...('act' in subject
        ? { audience: subject.audience, summary: subject.summary }
        : { documents: subject }),
      expiresAt: new Date(expiresAt).toISOString(),
      pin: token?.pin,
      state: state.state,
      ...(state.state === 'failed' ? { failure: problemOf(new CodedError(state.code, state.fields)) } : {}),
    };
  });

  app.post('/operations/:id/pin', async (request, reply) => {
    const { pin } = parse(pinSchema, request.body);
    await signOperation(bridge, parse(idParameter, request.params).id, pin);
    return reply.code(204).send();
  });

  app.post('/operations/:id/cancel', async (request, reply) => {
    operations.cancel(parse(idParameter, request.params).id);
    return reply.code(204).send();
  });
}
