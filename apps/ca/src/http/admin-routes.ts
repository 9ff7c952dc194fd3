import { createHash, timingSafeEqual } from 'node:crypto';
import { fromBase64, toBase64 } from '@hufu/kernel';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Authority } from '../authority.ts';
import { caError } from '../errors.ts';
import { carriedOut, type Issued, issueCertificate } from '../issue/issue-certificate.ts';
import { faultsSchema } from '../options.ts';
import type { JournalEvent } from '../state/events.ts';
import type { IssuedCertificate } from '../state/register.ts';
import { hold, release, revoke } from '../state/transitions.ts';
import {
  emptySchema,
  issueSchema,
  pageSchema,
  readInput,
  referenceSchema,
  revokeSchema,
  serialSchema,
} from './admin-schemas.ts';

const digest = (text: string): Buffer => createHash('sha256').update(text).digest();

/** Compared as digests: in constant time, whatever their lengths. */
function checkToken(request: FastifyRequest, token: string): void {
  const given = /^Bearer (.+)$/.exec(request.headers.authorization ?? '')?.[1] ?? '';
  if (!timingSafeEqual(digest(given), digest(token))) throw caError('CA_UNAUTHORIZED');
}

const describe = (one: IssuedCertificate) => ({
  serialHex: one.certificate.serialHex,
  purpose: one.purpose,
  kind: one.holderKind,
  keyNo: one.keyNo,
  issuedAt: new Date(one.issuedAt).toISOString(),
  notBefore: new Date(one.certificate.notBefore).toISOString(),
  notAfter: new Date(one.certificate.notAfter).toISOString(),
  state: one.state.kind,
  ...(one.state.kind === 'good' ? {} : { since: new Date(one.state.at).toISOString() }),
  ...(one.state.kind === 'revoked' ? { reason: one.state.reason } : {}),
  certificate: toBase64(one.certificate.der),
});

/** Everything that changes the authority; each request needs the bearer token. */
export function adminRoutes(server: FastifyInstance, authority: Authority): void {
  const { store, options, hierarchy, clock } = authority;
  server.addHook('onRequest', async (request) => checkToken(request, options.adminToken));

  server.post('/certificates', async (request, reply) => {
    const { csr, encryptionCsr, holder, ...order } = readInput(issueSchema, request.body);
    const issued = await issueCertificate(
      {
        csr: fromBase64(csr),
        encryptionCsr: encryptionCsr === undefined ? undefined : fromBase64(encryptionCsr),
        encryptionOf: order.encryptionOf,
        reference: order.reference,
        holder: {
          kind: holder.kind,
          uscc: holder.uscc,
          unitName: holder.unitName,
          personName: holder.personName,
          personIdNo: holder.personIdNo,
          keyNo: holder.keyNo,
          mediumNo: holder.mediumNo,
          ...(holder.onPhone === undefined ? {} : { onPhone: holder.onPhone }),
        },
        notBefore: order.notBefore,
        notAfter: order.notAfter,
        variant: order.variant,
      },
      authority,
    );
    return reply.code(201).send(answer(issued));
  });

  const answer = ({ keyNo, certificate, encryption }: Issued) => ({
    serialHex: certificate.serialHex,
    keyNo,
    certificate: toBase64(certificate.der),
    chain: [hierarchy.intermediate, hierarchy.root].map((entity) => toBase64(entity.certificate.der)),
    ...(encryption === undefined
      ? {}
      : {
          encryption: {
            serialHex: encryption.certificate.serialHex,
            certificate: toBase64(encryption.certificate.der),
            ...(encryption.envelopedKey === undefined
              ? {}
              : { envelopedKey: toBase64(encryption.envelopedKey) }),
          },
        }),
  });

  server.get('/orders/:reference', (request) => {
    const issued = carriedOut(readInput(referenceSchema, request.params), authority);
    if (issued === undefined) throw caError('CA_ORDER_UNKNOWN');
    return answer(issued);
  });

  server.get('/certificates', (request) => {
    const { offset, limit } = readInput(pageSchema, request.query);
    const newestFirst = [...store.register.all()].reverse();
    return {
      total: newestFirst.length,
      certificates: newestFirst.slice(offset, offset + limit).map(describe),
    };
  });

  const serialOf = (request: FastifyRequest): string => readInput(serialSchema, request.params).serialHex;
  server.get('/certificates/:serialHex', (request) => describe(store.register.get(serialOf(request))));

  /** The answer waits for the new list: who has it may rely on the change being public. */
  async function change(request: FastifyRequest, decide: (one: IssuedCertificate) => JournalEvent) {
    const serialHex = serialOf(request);
    await store.change((register) => decide(register.get(serialHex)));
    await authority.crls.publish();
    return describe(store.register.get(serialHex));
  }

  server.post('/certificates/:serialHex/revoke', (request) => {
    const { reason } = readInput(revokeSchema, request.body ?? {});
    return change(request, (one) => revoke(one, reason, clock.now()));
  });
  server.post('/certificates/:serialHex/hold', (request) => {
    readInput(emptySchema, request.body);
    return change(request, (one) => hold(one, clock.now()));
  });
  server.post('/certificates/:serialHex/release', (request) => {
    readInput(emptySchema, request.body);
    return change(request, (one) => release(one, clock.now()));
  });

  server.get('/faults', () => store.register.faults);
  server.put('/faults', async (request) => {
    const faults = readInput(faultsSchema, request.body);
    await store.change(() => ({ type: 'faults', at: clock.now(), faults }));
    return faults;
  });
}
