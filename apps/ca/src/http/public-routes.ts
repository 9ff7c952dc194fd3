import { setTimeout as wait } from 'node:timers/promises';
import type { FastifyInstance, FastifyReply } from 'fastify';
import type { Authority } from '../authority.ts';
import { PATHS } from '../issue/addresses.ts';
import type { OcspAnswer } from '../status/ocsp-responder.ts';
import { VENDORS } from '../vendors/index.ts';

const MAX_BODY = 16 * 1024;
const TYPE = {
  certificate: 'application/pkix-cert',
  crl: 'application/pkix-crl',
  ocspRequest: 'application/ocsp-request',
  ocsp: 'application/ocsp-response',
  timeStampQuery: 'application/timestamp-query',
  timeStamp: 'application/timestamp-reply',
} as const;

const bytes = (reply: FastifyReply, type: string, der: Uint8Array): FastifyReply =>
  reply.type(type).send(Buffer.from(der.buffer, der.byteOffset, der.length));

const binaryBody = (body: unknown): Uint8Array => (body instanceof Uint8Array ? body : new Uint8Array());

/** Certificates, CRLs, OCSP, time-stamps and the status page: what anybody may ask. */
export function publicRoutes(server: FastifyInstance, authority: Authority): void {
  const { hierarchy, store, crls, ocsp, timeStamp, options, clock } = authority;

  async function delay(): Promise<void> {
    const { delayMs } = store.register.faults;
    if (delayMs > 0) await wait(delayMs);
  }

  for (const type of [TYPE.ocspRequest, TYPE.timeStampQuery]) {
    server.addContentTypeParser(type, { parseAs: 'buffer', bodyLimit: MAX_BODY }, (_request, body, done) => {
      done(null, body);
    });
  }

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

  function sendOcsp(reply: FastifyReply, { der, keepUntil }: OcspAnswer): FastifyReply {
    const seconds = keepUntil === undefined ? 0 : Math.max(0, Math.floor((keepUntil - clock.now()) / 2000));
    reply.header('cache-control', seconds === 0 ? 'no-store' : `public, max-age=${seconds}, no-transform`);
    return bytes(reply, TYPE.ocsp, der);
  }

  async function answerOcsp(reply: FastifyReply, request: Uint8Array): Promise<FastifyReply> {
    await delay();
    if (store.register.faults.ocspMode === 'down') {
      reply.hijack();
      reply.raw.destroy();
      return reply;
    }
    return sendOcsp(reply, await ocsp.answer(request));
  }

  server.post(PATHS.ocsp, (request, reply) => answerOcsp(reply, binaryBody(request.body)));
  // RFC 6960 appendix A.1: base64 behind the address, percent-encoded or, as some clients do, bare.
  server.get<{ Params: { '*': string } }>(`${PATHS.ocsp}/*`, (request, reply) =>
    answerOcsp(reply, new Uint8Array(Buffer.from(request.params['*'].replaceAll(' ', '+'), 'base64'))),
  );

  server.post(PATHS.tsa, async (request, reply) => {
    await delay();
    return bytes(reply, TYPE.timeStamp, await timeStamp(binaryBody(request.body)));
  });

  server.get('/status', () => authority.status());
  server.get('/healthz', () => ({ status: 'ok' }));
}
