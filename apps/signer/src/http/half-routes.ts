import { HALF_OPS, halfIdText, signedRequestSchema } from '@hufu/phone-key';
import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { signerError } from '../errors.ts';
import type { Halves } from '../halves/halves.ts';
import { SERVER } from '../keys/service-keys.ts';
import type { Clients } from './clients.ts';
import { readInput } from './read-input.ts';

const one = z.strictObject({ halfId: halfIdText });
const several = z.strictObject({ halfIds: z.array(halfIdText).max(500) });

/** Halves are asked for through the server alone, which relays what devices have signed. */
export function halfRoutes(server: FastifyInstance, clients: Clients, halves: Halves): void {
  const assertServer = (header: string | undefined): string => {
    const client = clients.nameOf(header);
    if (client !== SERVER) throw signerError('SIGNER_POLICY');
    return client;
  };

  for (const op of HALF_OPS) {
    server.post(`/v1/halves/ops/${op}`, (request) => {
      assertServer(request.headers.authorization);
      return halves.answer(op, readInput(signedRequestSchema, request.body));
    });
  }
  server.post('/v1/halves/status', async (request) => {
    assertServer(request.headers.authorization);
    return { halves: halves.statuses(readInput(several, request.body).halfIds) };
  });
  for (const act of ['hold', 'release'] as const) {
    server.post(`/v1/halves/${act}`, (request) => {
      const client = assertServer(request.headers.authorization);
      return halves[act](readInput(one, request.body).halfId, client);
    });
  }
  server.post('/v1/halves/destroy', async (request) => {
    const client = assertServer(request.headers.authorization);
    await halves.destroy(readInput(one, request.body).halfId, client);
    return {};
  });
}
