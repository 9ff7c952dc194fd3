import { derInteger, derOid, derSequence } from '@hufu/gm';
import { CodedError, toPem, utf8 } from '@hufu/kernel';
import fc from 'fast-check';
import { afterAll, describe, expect, test } from 'vitest';
import {
  buildSignedData,
  buildTimeStampRefusal,
  buildTimeStampRequest,
  buildTimeStampResponse,
  EXTENDED_KEY_USAGE_OID,
  extendedKeyUsage,
  keyUsage,
  parseSignedData,
  parseTimeStampRequest,
  parseTimeStampResponse,
  type TimeStampQuestion,
  verifySignerInfo,
  verifyTimeStampToken,
} from '../src/index.ts';
import { nodeCryptoEngine } from '../src/node/index.ts';
import { END, type Entity, newEntity, START } from './support/authority.ts';
import type { KeyChoice } from './support/keys.ts';
import { opensslWorkshop } from './support/openssl.ts';

const engine = nodeCryptoEngine();
const workshop = opensslWorkshop();
afterAll(() => workshop.close());

const root = await newEntity('p256', { text: '根' });
const stamping = extendedKeyUsage([EXTENDED_KEY_USAGE_OID.timeStamping], { critical: true });
const newTsa = (choice: KeyChoice, extensions = [keyUsage('digitalSignature'), stamping]) =>
  newEntity(choice, { text: '时间戳', issuer: root, extensions });

const data = utf8('开标记录');
const imprint = { digest: 'sha256', hash: engine.digest('sha256', data) } as const;
const NOON = START + 43_200_123;

async function stamp(tsa: Entity, at = NOON) {
  const request = buildTimeStampRequest({ ...imprint, nonce: 99n, certificateRequested: true });
  const der = await buildTimeStampResponse(
    {
      request: parseTimeStampRequest(request),
      policy: '1.2.3.4',
      serial: Uint8Array.of(1, 2),
      at,
      accuracySeconds: 1,
      certificate: tsa.certificate,
    },
    tsa.signer,
    engine,
  );
  const { token } = parseTimeStampResponse(der);
  if (token === undefined) throw new Error('no token');
  return { request, der, token };
}

const ask = async (tsa: Entity, changes: Partial<TimeStampQuestion> = {}, at = NOON) => {
  const { token } = await stamp(tsa, at);
  const verdict = await verifyTimeStampToken({ token, imprint, nonce: 99n, ...changes }, engine);
  return verdict.valid ? verdict.time : verdict.reason;
};

const codeOf = (run: () => unknown): string => {
  try {
    run();
    return 'accepted';
  } catch (error) {
    return error instanceof CodedError ? error.code : `uncoded: ${String(error)}`;
  }
};

describe('RFC 3161', () => {
  test.each(['sm2', 'p256', 'rsa'] as const)(
    'a token of a %s authority verifies, to the millisecond',
    async (choice) => {
      const tsa = await newTsa(choice);
      expect(await ask(tsa)).toBe(NOON);
      const { token } = await stamp(tsa);
      expect(token.info).toMatchObject({
        policy: '1.2.3.4',
        serialHex: '0102',
        accuracyMicros: 1_000_000,
        nonce: 99n,
      });
    },
  );

  test('a token is refused for other data, another request, and a purpose that is not time-stamping alone', async () => {
    const tsa = await newTsa('p256');
    expect(await ask(tsa, { imprint: { ...imprint, hash: new Uint8Array(32) } })).toBe('imprint');
    expect(await ask(tsa, { imprint: { ...imprint, digest: 'sm3' } })).toBe('imprint');
    expect(await ask(tsa, { nonce: 98n })).toBe('nonce');
    const { timeStamping, clientAuth } = EXTENDED_KEY_USAGE_OID;
    for (const wrong of [
      [],
      [extendedKeyUsage([timeStamping])],
      [extendedKeyUsage([timeStamping, clientAuth], { critical: true })],
      [extendedKeyUsage([clientAuth], { critical: true })],
    ]) {
      expect(await ask(await newTsa('p256', [keyUsage('digitalSignature'), ...wrong]))).toBe('purpose');
    }
  });

  test('a token is refused when its signer was out of date, is missing, or did not sign it', async () => {
    const tsa = await newTsa('p256');
    expect(await ask(tsa, {}, END + 5000)).toBe('expired');
    const { token } = await stamp(tsa);
    const without = { ...token, signedData: { ...token.signedData, certificates: [] } };
    const question = { token: without, imprint };
    expect(await verifyTimeStampToken(question, engine)).toEqual({ valid: false, reason: 'no-certificate' });
    const helped = await verifyTimeStampToken({ ...question, certificates: [tsa.certificate] }, engine);
    expect(helped.valid).toBe(true);
    const [signer] = token.signedData.signers;
    const signature = signer!.signature.slice();
    signature[signature.length - 1]! ^= 1;
    const forged = { ...token, signedData: { ...token.signedData, signers: [{ ...signer!, signature }] } };
    expect(await verifyTimeStampToken({ token: forged, imprint }, engine)).toEqual({
      valid: false,
      reason: 'signature',
    });
    const content = token.signedData.content!.slice();
    content[content.length - 1]! ^= 1;
    const moved = { ...token, signedData: { ...token.signedData, content } };
    expect(await verifyTimeStampToken({ token: moved, imprint }, engine)).toEqual({
      valid: false,
      reason: 'attributes',
    });
  });

  test('a signer that the token does not name by certificate is refused (RFC 5035)', async () => {
    const tsa = await newTsa('p256');
    const { token } = await stamp(tsa);
    const twin = { ...tsa.certificate, der: Uint8Array.of(...tsa.certificate.der, 0) };
    const swapped = { ...token, signedData: { ...token.signedData, certificates: [twin] } };
    const verdict = await verifyTimeStampToken({ token: swapped, imprint }, engine);
    expect(verdict).toEqual({ valid: false, reason: 'signing-certificate' });
  });

  test('a refusal says why and carries no token', () => {
    expect(parseTimeStampResponse(buildTimeStampRefusal('badAlg', 'no'))).toEqual({
      status: 'rejection',
      failures: ['badAlg'],
      token: undefined,
    });
    expect(codeOf(() => parseTimeStampResponse(derSequence(derSequence(derInteger(0)))))).toBe(
      'TSP_RESPONSE',
    );
    expect(codeOf(() => parseTimeStampResponse(derSequence(derSequence(derInteger(9)))))).toBe(
      'TSP_RESPONSE',
    );
  });

  test('requests of another version, with extensions or surplus bytes are refused', () => {
    const good = buildTimeStampRequest(imprint);
    expect(parseTimeStampRequest(good)).toMatchObject({ nonce: undefined, certificateRequested: false });
    expect(codeOf(() => parseTimeStampRequest(Uint8Array.of(...good, 0)))).toBe('DER_TRAILING');
    const other = good.slice();
    other[4] = 2;
    expect(codeOf(() => parseTimeStampRequest(other))).toBe('TSP_REQUEST');
  });

  test('bytes that are changed anywhere give a response or a coded refusal', async () => {
    const { der } = await stamp(await newTsa('p256'));
    fc.assert(
      fc.property(fc.nat(der.length - 1), fc.integer({ min: 1, max: 255 }), (at, difference) => {
        const bytes = der.slice();
        bytes[at]! ^= difference;
        expect(codeOf(() => parseTimeStampResponse(bytes))).not.toMatch(/^uncoded/);
      }),
      { numRuns: 1000 },
    );
  });

  test('we verify a token that openssl made', async () => {
    const tsa = await newTsa('rsa');
    const config = `[tsa]
default_tsa=t
[t]
serial=serial
signer_digest=sha256
default_policy=1.2.3.4.1
digests=sha256
accuracy=secs:1,millisecs:500,microsecs:100
ess_cert_id_alg=sha256
ess_cert_id_chain=no
`;
    workshop.write('tsa.cnf', config);
    workshop.write('serial', '0A\n');
    const pair = ['req', '-new', '-newkey', 'rsa:2048', '-nodes', '-keyout', 'tsa.key', '-subj', '/CN=tsa'];
    workshop.run(...pair, '-x509', '-out', 'tsa.pem', '-addext', 'extendedKeyUsage=critical,timeStamping');
    workshop.write('q.tsq', buildTimeStampRequest({ ...imprint, nonce: 5n, certificateRequested: true }));
    const reply = ['ts', '-reply', '-config', 'tsa.cnf', '-queryfile', 'q.tsq', '-signer', 'tsa.pem'];
    workshop.run(...reply, '-inkey', 'tsa.key', '-out', 'r.tsr');
    const { token } = parseTimeStampResponse(workshop.read('r.tsr'));
    expect(token?.info).toMatchObject({ policy: '1.2.3.4.1', serialHex: '0b', accuracyMicros: 1_500_100 });
    const verdict = await verifyTimeStampToken({ token: token!, imprint, nonce: 5n }, engine);
    expect(verdict.valid).toBe(true);
    expect(tsa.certificate.spki.kind).toBe('rsa');
  });
});

describe('RFC 5652 signed data', () => {
  test('openssl cms verifies ours, attached and detached', async () => {
    const signer = await newEntity('rsa', {
      text: '签名人',
      issuer: root,
      extensions: [keyUsage('digitalSignature')],
    });
    workshop.write('root.pem', toPem('CERTIFICATE', root.certificate.der));
    workshop.write('data', data);
    for (const detached of [false, true]) {
      const der = await buildSignedData(
        {
          contentType: '1.2.840.113549.1.7.1',
          content: data,
          detached,
          certificate: signer.certificate,
          certificates: [signer.certificate.der],
          at: NOON,
        },
        signer.signer,
        engine,
      );
      workshop.write('signed.p7s', der);
      const input = [
        'cms',
        '-verify',
        '-binary',
        '-inform',
        'DER',
        '-in',
        'signed.p7s',
        '-CAfile',
        'root.pem',
      ];
      const run = () =>
        workshop.run(
          ...input,
          '-purpose',
          'any',
          ...(detached ? ['-content', 'data'] : []),
          '-out',
          'opened',
        );
      run();
      expect(workshop.read('opened')).toEqual(data);
      const signedData = parseSignedData(der);
      const question = { signedData, signer: signedData.signers[0]!, ...(detached ? { content: data } : {}) };
      expect((await verifySignerInfo(question, engine)).signed).toBe(true);
      if (!detached) continue;
      const missing = await verifySignerInfo({ ...question, content: utf8('x') }, engine);
      expect(missing).toEqual({ signed: false, reason: 'attributes' });
    }
  });

  test('another content type is refused by its code', () => {
    const other = derSequence(derOid('1.2.840.113549.1.7.3'));
    expect(codeOf(() => parseSignedData(other))).toBe('CMS_CONTENT_TYPE');
  });
});
