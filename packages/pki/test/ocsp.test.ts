import { derInteger, derNull, derSequence } from '@hufu/gm';
import { CodedError, toPem } from '@hufu/kernel';
import fc from 'fast-check';
import { afterAll, describe, expect, test } from 'vitest';
import {
  buildCertId,
  buildOcspError,
  buildOcspRequest,
  buildOcspResponse,
  EXTENDED_KEY_USAGE_OID,
  extendedKeyUsage,
  isCertIdOf,
  isCertIdOfIssuer,
  keyUsage,
  OCSP_RESPONSE_STATUS,
  type OcspCertStatus,
  parseOcspRequest,
  parseOcspResponse,
  verifyOcspSignature,
} from '../src/index.ts';
import { nodeCryptoEngine } from '../src/node/index.ts';
import { END, type Entity, newEntity, START } from './support/authority.ts';
import { opensslWorkshop } from './support/openssl.ts';

const engine = nodeCryptoEngine();
const workshop = opensslWorkshop();
afterAll(() => workshop.close());

const issuer = await newEntity('p256', { text: '发证机构' });
const leaf = await newEntity('p256', { text: '持有人', issuer, extensions: [keyUsage('digitalSignature')] });
const purpose = [keyUsage('digitalSignature'), extendedKeyUsage([EXTENDED_KEY_USAGE_OID.ocspSigning])];
const responder = await newEntity('sm2', { text: '状态服务', issuer, extensions: purpose });
const { serial } = leaf.certificate;
const NOON = START + 43_200_000;

const certId = buildCertId({ issuer: issuer.certificate, serial }, engine);

async function answer(by: Entity, status: OcspCertStatus = { kind: 'good' }, nonce?: Uint8Array) {
  const der = await buildOcspResponse(
    {
      producedAt: NOON,
      responses: [{ certId, status, thisUpdate: NOON, nextUpdate: NOON + 3_600_000 }],
      ...(nonce === undefined ? {} : { nonce }),
      certificates: by === issuer ? [] : [by.certificate.der],
    },
    by.signer,
  );
  const response = parseOcspResponse(der);
  if (response.status !== 'successful') throw new Error(response.status);
  return { der, basic: response.basic };
}

const judge = async (by: Entity, at = NOON) => {
  const { basic } = await answer(by);
  const verdict = await verifyOcspSignature({ basic, issuer: issuer.certificate, at }, engine);
  return verdict.signed ? `signed, ${verdict.delegated ? 'delegated' : 'issuer'}` : verdict.reason;
};

const codeOf = (run: () => unknown): string => {
  try {
    run();
    return 'accepted';
  } catch (error) {
    return error instanceof CodedError ? error.code : `uncoded: ${String(error)}`;
  }
};

describe('RFC 6960 §4.1 requests', () => {
  test.each(['sha1', 'sha256', 'sm3'] as const)(
    'a CertID by %s names one certificate of one issuer',
    (digest) => {
      const der = buildOcspRequest({
        certIds: [buildCertId({ issuer: issuer.certificate, serial, digest }, engine)],
        nonce: new Uint8Array(16).fill(3),
      });
      const request = parseOcspRequest(der);
      const [first] = request.certIds;
      const subject = { issuer: issuer.certificate, certificate: leaf.certificate };
      expect(request.nonce).toEqual(new Uint8Array(16).fill(3));
      expect(isCertIdOf(first!, subject, engine)).toBe(true);
      expect(isCertIdOf(first!, { ...subject, certificate: responder.certificate }, engine)).toBe(false);
      expect(isCertIdOfIssuer(first!, responder.certificate, engine)).toBe(false);
      expect(isCertIdOfIssuer({ ...first!, hashOid: '1.2.3' }, issuer.certificate, engine)).toBe(false);
    },
  );

  test('openssl reads our request, and we read one of openssl', () => {
    workshop.write('ca.pem', toPem('CERTIFICATE', issuer.certificate.der));
    workshop.write('ee.pem', toPem('CERTIFICATE', leaf.certificate.der));
    workshop.write('own.req', buildOcspRequest({ certIds: [certId] }));
    expect(workshop.run('ocsp', '-reqin', 'own.req', '-req_text')).toContain('Hash Algorithm: sha1');
    workshop.run('ocsp', '-issuer', 'ca.pem', '-cert', 'ee.pem', '-reqout', 'their.req');
    const request = parseOcspRequest(workshop.read('their.req'));
    const subject = { issuer: issuer.certificate, certificate: leaf.certificate };
    expect(isCertIdOf(request.certIds[0]!, subject, engine)).toBe(true);
    expect(request.nonce).toHaveLength(16);
  });

  test('refuses none, too many, surplus bytes and an endless nonce', () => {
    expect(codeOf(() => parseOcspRequest(derSequence(derSequence(derSequence()))))).toBe('OCSP_REQUEST');
    const many = buildOcspRequest({ certIds: Array.from({ length: 101 }, () => certId) });
    expect(codeOf(() => parseOcspRequest(many))).toBe('OCSP_REQUEST');
    const good = buildOcspRequest({ certIds: [certId] });
    expect(codeOf(() => parseOcspRequest(Uint8Array.of(...good, 0)))).toBe('DER_TRAILING');
    const long = buildOcspRequest({ certIds: [certId], nonce: new Uint8Array(129) });
    expect(codeOf(() => parseOcspRequest(long))).toBe('OCSP_REQUEST');
  });
});

describe('RFC 6960 §4.2 responses', () => {
  test.each<[OcspCertStatus]>([
    [{ kind: 'good' }],
    [{ kind: 'unknown' }],
    [{ kind: 'revoked', at: START, reason: 'keyCompromise' }],
    [{ kind: 'revoked', at: START, reason: 'unspecified' }],
  ])('%o comes back as it was written', async (status) => {
    const nonce = new Uint8Array(32).fill(9);
    const { basic } = await answer(responder, status, nonce);
    expect(basic.responses).toHaveLength(1);
    expect(basic.responses[0]).toMatchObject({ status, thisUpdate: NOON, nextUpdate: NOON + 3_600_000 });
    expect(basic.responses[0]!.certId.der).toEqual(certId);
    expect(basic).toMatchObject({ producedAt: NOON, nonce });
  });

  test.each(['malformedRequest', 'internalError', 'tryLater', 'sigRequired', 'unauthorized'] as const)(
    'status %s carries no answer',
    (status) => {
      expect(parseOcspResponse(buildOcspError(status))).toEqual({ status, basic: undefined });
    },
  );

  test('refuses an unknown status, success without an answer, and changed bytes by a code', async () => {
    const status = (n: number) => derSequence(Uint8Array.of(0x0a, 1, n));
    expect(codeOf(() => parseOcspResponse(status(4)))).toBe('OCSP_RESPONSE');
    expect(codeOf(() => parseOcspResponse(status(OCSP_RESPONSE_STATUS.successful)))).toMatch(/^DER_/);
    expect(codeOf(() => parseOcspResponse(derSequence(derInteger(0), derNull())))).toBe('DER_TAG');
    const { der } = await answer(responder);
    fc.assert(
      fc.property(fc.nat(der.length - 1), fc.integer({ min: 1, max: 255 }), (at, difference) => {
        const bytes = der.slice();
        bytes[at]! ^= difference;
        expect(codeOf(() => parseOcspResponse(bytes))).not.toMatch(/^uncoded/);
      }),
      { numRuns: 1000 },
    );
  });

  test('openssl verifies the answer of an RSA responder and reads each status', async () => {
    const rsa = await newEntity('rsa', { text: '状态服务', issuer, extensions: purpose });
    workshop.write('ca.pem', toPem('CERTIFICATE', issuer.certificate.der));
    workshop.write('ee.pem', toPem('CERTIFICATE', leaf.certificate.der));
    workshop.write('good.rsp', (await answer(rsa)).der);
    const options = ['-issuer', 'ca.pem', '-cert', 'ee.pem', '-CAfile', 'ca.pem', '-no_nonce'];
    const clock = ['-attime', String(NOON / 1000), '-validity_period', '999999999'];
    const run = (file: string) => workshop.run('ocsp', '-respin', file, ...options, ...clock);
    expect(run('good.rsp')).toContain('ee.pem: good');
  });
});

describe('RFC 6960 §4.2.2.2 who may answer', () => {
  test('the issuer itself and a responder that it delegated to', async () => {
    expect(await judge(issuer)).toBe('signed, issuer');
    expect(await judge(responder)).toBe('signed, delegated');
  });

  test('not a certificate of the issuer without the purpose, nor one of another issuer with it', async () => {
    expect(await judge(leaf)).toBe('not-delegated');
    const stranger = await newEntity('p256', { text: '外人' });
    const foreign = await newEntity('p256', { text: '状态服务', issuer: stranger, extensions: purpose });
    expect(await judge(foreign)).toBe('not-delegated');
    const namesake = await newEntity('p256', { text: '发证机构' });
    const imitation = await newEntity('p256', { text: '状态服务', issuer: namesake, extensions: purpose });
    expect(await judge(imitation)).toBe('not-delegated');
  });

  test('not a responder out of date', async () => {
    expect(await judge(responder, END + 1000)).toBe('responder-expired');
    expect(await judge(responder, START - 1000)).toBe('responder-expired');
  });

  test('not with a wrong signature, and not when its certificate is missing', async () => {
    const { basic } = await answer(responder);
    const ask = (changes: Partial<typeof basic>) =>
      verifyOcspSignature({ basic: { ...basic, ...changes }, issuer: issuer.certificate, at: NOON }, engine);
    const signature = basic.signature.slice();
    signature[signature.length - 1]! ^= 1;
    expect(await ask({ signature })).toEqual({ signed: false, reason: 'signature' });
    expect(await ask({ certificates: [] })).toEqual({ signed: false, reason: 'no-responder' });
  });
});
