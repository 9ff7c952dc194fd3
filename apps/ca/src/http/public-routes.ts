import { setTimeout as wait } from 'node:timers/promises';
import type { FastifyInstance, FastifyReply } from 'fastify';
import type { Authority } from '../authority.ts';
import { PATHS } from '../issue/addresses.ts';
import { VENDORS } from '../vendors/index.ts';

const MAX_BODY = 16 * 1024;
const TYPE = {
  certificate: 'application/pkix-cert',
  crl: 'application/pkix-crl',
  timeStampQuery: 'application/timestamp-query',
  timeStamp: 'application/timestamp-reply',
} as const;

const bytes = (reply: FastifyReply, type: string, der: Uint8Array): FastifyReply =>
  reply.type(type).send(Buffer.from(der.buffer, der.byteOffset, der.length));

const binaryBody = (body: unknown): Uint8Array => (body instanceof Uint8Array ? body : new Uint8Array());

/** Certificates, CRLs, time-stamps and the status page: what anybody may ask, beside OCSP. */
export function publicRoutes(server: FastifyInstance, authority: Authority): void {
  const { hierarchy, store, crls, timeStamp, options } = authority;

  async function delay(): Promise<void> {
    const { delayMs } = store.register.faults;
    if (delayMs > 0) await wait(delayMs);
  }

  server.addContentTypeParser(
    TYPE.timeStampQuery,
    { parseAs: 'buffer', bodyLimit: MAX_BODY },
    (_request, body, done) => {
      done(null, body);
    },
  );

  server.get(PATHS.root, (_request, reply) => bytes(reply, TYPE.certificate, hierarchy.root.certificate.der));
  server.get(PATHS.intermediate, (_request, reply) =>
    bytes(reply, TYPE.certificate, hierarchy.intermediate.certificate.der),
  );
  server.get('/ca/profile.json', () => VENDORS[options.vendor].profile);

  server.get(PATHS.rootCrl, async (_request, reply) => {
    await delay();
    return bytes(reply, TYPE.crl, crls.current('root'));
  });
  server.get(PATHS.intermediateCrl, async (_request, reply) => {
    await delay();
    return bytes(reply, TYPE.crl, crls.current('intermediate'));
  });

  server.post(PATHS.tsa, async (request, reply) => {
    await delay();
    return bytes(reply, TYPE.timeStamp, await timeStamp(binaryBody(request.body)));
  });

  server.get('/status', () => authority.status());
  server.get('/healthz', () => ({ status: 'ok' }));
}
