import { CodedError, fromBase64, toBase64 } from '@hufu/kernel';
import { KEY_RING_ALGORITHMS } from '@hufu/pki/node';
import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import type { PublicKeyInfo, ServiceKeys } from '../keys/service-keys.ts';
import type { Clients } from './clients.ts';
import { readInput } from './read-input.ts';

const MAX_DATA = 8 * 1024 * 1024;

const purpose = z.string().regex(/^[a-z][a-z0-9-]{0,40}(?:\/[a-z][a-z0-9-]{0,40})?$/);
const keyName = z.strictObject({ purpose, algorithm: z.enum(KEY_RING_ALGORITHMS) });
const keyId = z.strictObject({ id: z.string().min(1).max(160) });
const uses = z.strictObject({
  uses: z
    .array(keyId.extend({ data: z.base64().max(MAX_DATA) }))
    .min(1)
    .max(500),
});
const secretName = z.strictObject({ name: z.string().regex(/^[a-z][a-z0-9 ,.-]{0,80}$/) });

const textOf = ({ publicKey, ...info }: PublicKeyInfo) => ({ ...info, publicKey: toBase64(publicKey) });

/** Of several uses in one request, each succeeds or fails by itself. */
async function outcomeOf(signing: Promise<Uint8Array>) {
  try {
    return { signature: toBase64(await signing) };
  } catch (error) {
    if (!(error instanceof CodedError)) throw error;
    return { code: error.code };
  }
}

/** Every answer tells the revision of the keys, so that a client knows when its list is old. */
export function keyRoutes(server: FastifyInstance, clients: Clients, keys: ServiceKeys): void {
  const clientOf = (header: string | undefined) => clients.nameOf(header);

  server.get('/v1/keys', async (request) => {
    const client = clientOf(request.headers.authorization);
    return { revision: keys.revision(), keys: keys.list(client).map(textOf) };
  });
  for (const act of ['ensure', 'prepare', 'rotate'] as const) {
    server.post(`/v1/keys/${act}`, async (request) => {
      const client = clientOf(request.headers.authorization);
      const key = await keys.change(client, act, readInput(keyName, request.body));
      return { revision: keys.revision(), key: textOf(key) };
    });
  }
  server.post('/v1/keys/remove', async (request) => {
    const client = clientOf(request.headers.authorization);
    await keys.remove(client, readInput(keyId, request.body).id);
    return { revision: keys.revision() };
  });
  server.post('/v1/keys/sign', async (request) => {
    const client = clientOf(request.headers.authorization);
    const asked = readInput(uses, request.body).uses;
    const made = await Promise.all(
      asked.map(({ id, data }) => outcomeOf(keys.sign(client, { id, data: fromBase64(data) }))),
    );
    return { revision: keys.revision(), made };
  });
  server.post('/v1/secrets', async (request) => {
    const client = clientOf(request.headers.authorization);
    const secret = await keys.secret(client, readInput(secretName, request.body).name);
    return { secret: toBase64(secret) };
  });
}
