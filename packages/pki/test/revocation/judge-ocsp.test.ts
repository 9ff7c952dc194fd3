import { derContext, derElement, derEnumerated, derOctetString, derOid, derSequence } from '@hufu/gm';
import { fromHex } from '@hufu/kernel';
import { beforeAll, describe, expect, test } from 'vitest';
import { extendedKeyUsage, ocspNoCheck } from '../../src/build/extensions.ts';
import { nodeSigner } from '../../src/node/index.ts';
import { buildOcspError, buildOcspResponse, type OcspSingleSpec } from '../../src/ocsp/build-response.ts';
import { buildCertId } from '../../src/ocsp/cert-id.ts';
import type { OcspCertStatus } from '../../src/ocsp/model.ts';
import { judgeOcsp, type OcspQuestion } from '../../src/revocation/judge-ocsp.ts';
import { EXTENDED_KEY_USAGE_OID } from '../../src/x509/oids.ts';
import { type Issued, issue, issueRoot, NOW } from '../path/support/authority.ts';
import { engine } from '../path/support/validate.ts';
import { newPrivateKey } from '../support/keys.ts';

const HOUR = 3_600_000;
const GOOD: OcspCertStatus = { kind: 'good' };

let issuer: Issued;
let holder: Issued;
let other: Issued;
let stranger: Issued;
let responder: Issued;

beforeAll(async () => {
  issuer = await issueRoot({ name: 'Issuing CA', key: 'sm2' });
  holder = await issue({ issuer, name: 'Holder', key: 'sm2' });
  other = await issue({ issuer, name: 'Other holder', key: 'sm2' });
  stranger = await issueRoot({ name: 'Stranger', key: 'sm2' });
  responder = await issue({
    issuer,
    name: 'Responder',
    key: 'sm2',
    extensions: [ocspSigning(), ocspNoCheck()],
  });
});

const ocspSigning = () => extendedKeyUsage([EXTENDED_KEY_USAGE_OID.ocspSigning]);

const about = (
  subject: Issued,
  status: OcspCertStatus,
  times: Partial<OcspSingleSpec> = {},
): OcspSingleSpec => ({
  certId: buildCertId({ issuer: issuer.certificate, serial: subject.certificate.serial }, engine),
  status,
  thisUpdate: NOW - HOUR,
  nextUpdate: NOW + HOUR,
  ...times,
});

type Said = {
  readonly by?: Issued;
  readonly responses?: readonly OcspSingleSpec[];
  readonly certificates?: readonly Issued[];
  readonly nonce?: Uint8Array;
  readonly producedAt?: number;
};

const say = ({ by = issuer, responses = [about(holder, GOOD)], certificates = [], ...rest }: Said) =>
  buildOcspResponse(
    {
      producedAt: rest.producedAt ?? NOW - HOUR,
      responses,
      certificates: certificates.map(({ certificate }) => certificate.der),
      ...(rest.nonce === undefined ? {} : { nonce: rest.nonce }),
    },
    by.signer,
  );

const judge = async (response: Uint8Array | Promise<Uint8Array>, rules: Partial<OcspQuestion> = {}) =>
  judgeOcsp(await response, {
    certificate: holder.certificate,
    issuer: issuer.certificate,
    engine,
    at: NOW,
    source: 'ocsp-live',
    ...rules,
  });

const unknown = (reason: string) => expect.objectContaining({ status: 'unknown', reason });

describe('RFC 6960 what an answer may be relied on for', () => {
  test('the issuer itself says good, with the bytes that led to it as evidence', async () => {
    const response = await say({});
    const verdict = await judge(response);
    expect(verdict).toEqual({
      status: 'good',
      source: 'ocsp-live',
      producedAt: NOW - HOUR,
      nextUpdate: NOW + HOUR,
      evidence: [
        {
          source: 'ocsp-live',
          sha256: expect.stringMatching(/^[0-9a-f]{64}$/),
          thisUpdate: NOW - HOUR,
          nextUpdate: NOW + HOUR,
          producedAt: NOW - HOUR,
        },
      ],
    });
    expect(fromHex(verdict.evidence[0]!.sha256!)).toEqual(engine.digest('sha256', response));
  });

  test('§4.2.2.2 a responder that the issuer delegated to may say good', async () => {
    const verdict = await judge(say({ by: responder, certificates: [responder] }));
    expect(verdict.status).toBe('good');
  });

  test('revoked and on hold are told with reason and time', async () => {
    const revoked: OcspCertStatus = { kind: 'revoked', at: NOW - 5000, reason: 'keyCompromise' };
    expect(await judge(say({ responses: [about(holder, revoked)] }))).toMatchObject({
      status: 'revoked',
      reason: 'keyCompromise',
      time: NOW - 5000,
    });
    const held: OcspCertStatus = { kind: 'revoked', at: NOW - 5000, reason: 'certificateHold' };
    expect(await judge(say({ responses: [about(holder, held)] }))).toMatchObject({
      status: 'revoked',
      reason: 'certificateHold',
    });
  });

  test('a revocation outlives the answer that told of it', async () => {
    const old = { thisUpdate: NOW - 10 * HOUR, nextUpdate: NOW - 9 * HOUR };
    const revoked: OcspCertStatus = { kind: 'revoked', at: NOW - 11 * HOUR, reason: 'unspecified' };
    expect((await judge(say({ responses: [about(holder, revoked, old)] }))).status).toBe('revoked');
  });

  test('a nonce that comes back is accepted, and so is an answer prepared without one', async () => {
    const nonce = Uint8Array.of(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16);
    expect((await judge(say({ nonce }), { nonce })).status).toBe('good');
    expect((await judge(say({}), { nonce })).status).toBe('good');
  });
});

describe('issue A6 one reason for each way in which an answer is worth nothing', () => {
  test('wrong-certificate: the answer is about another certificate of the same issuer', async () => {
    expect(await judge(say({ responses: [about(other, GOOD)] }))).toEqual(unknown('wrong-certificate'));
  });

  test('wrong-certificate: right serial number, other issuer', async () => {
    const certId = buildCertId({ issuer: stranger.certificate, serial: holder.certificate.serial }, engine);
    expect(await judge(say({ responses: [{ ...about(holder, GOOD), certId }] }))).toEqual(
      unknown('wrong-certificate'),
    );
  });

  test('the status of another certificate in the same response does not count, whatever its place', async () => {
    const revoked: OcspCertStatus = { kind: 'revoked', at: NOW, reason: 'unspecified' };
    const first = [about(other, revoked), about(holder, GOOD)];
    expect((await judge(say({ responses: first }))).status).toBe('good');
    const second = [about(other, GOOD), about(holder, revoked)];
    expect((await judge(say({ responses: second }))).status).toBe('revoked');
  });

  test('two answers about this certificate that differ: the graver one', async () => {
    const revoked: OcspCertStatus = { kind: 'revoked', at: NOW, reason: 'unspecified' };
    expect((await judge(say({ responses: [about(holder, GOOD), about(holder, revoked)] }))).status).toBe(
      'revoked',
    );
    expect(
      (await judge(say({ responses: [about(holder, GOOD), about(holder, { kind: 'unknown' })] }))).status,
    ).toBe('unknown');
  });

  test('wrong-signer: a stranger, though its certificate comes along', async () => {
    expect(await judge(say({ by: stranger, certificates: [stranger] }))).toEqual(unknown('wrong-signer'));
    expect(await judge(say({ by: stranger }))).toEqual(unknown('wrong-signer'));
  });

  test('wrong-signer: delegated without id-kp-OCSPSigning', async () => {
    const plain = await issue({ issuer, name: 'Plain', key: 'sm2' });
    expect(await judge(say({ by: plain, certificates: [plain] }))).toEqual(unknown('wrong-signer'));
  });

  test('wrong-signer: delegated by a stranger who bears the issuer’s name', async () => {
    const double = await issueRoot({ subject: issuer.name, key: 'sm2' });
    const false_ = await issue({
      issuer: double,
      name: 'Responder',
      key: 'sm2',
      extensions: [ocspSigning()],
    });
    expect(await judge(say({ by: false_, certificates: [false_] }))).toEqual(unknown('wrong-signer'));
  });

  test('wrong-signer: the responder’s certificate has expired, or is revoked', async () => {
    const expired = await issue({
      issuer,
      name: 'Expired',
      key: 'sm2',
      extensions: [ocspSigning()],
      notAfter: NOW - HOUR,
    });
    expect(await judge(say({ by: expired, certificates: [expired] }))).toEqual(unknown('wrong-signer'));
    const isRevoked = (one: { serialHex: string }) => one.serialHex === responder.certificate.serialHex;
    expect(await judge(say({ by: responder, certificates: [responder] }), { isRevoked })).toEqual(
      unknown('wrong-signer'),
    );
  });

  test('unsigned: one bit of the signature is wrong', async () => {
    const response = await say({});
    const broken = response.slice();
    broken[broken.length - 5]! ^= 1;
    expect(await judge(broken)).toEqual(unknown('unsigned'));
  });

  test('weak-algorithm: an RSA key below 2048 bits', async () => {
    const key = nodeSigner(newPrivateKey('rsa', 1024));
    const weak = await issue({ issuer, name: 'Weak', key, extensions: [ocspSigning()] });
    expect(await judge(say({ by: weak, certificates: [weak] }))).toEqual(unknown('weak-algorithm'));
  });

  test('stale: nextUpdate is past; it keeps the moment until which it was good', async () => {
    const old = { thisUpdate: NOW - 10 * HOUR, nextUpdate: NOW - 9 * HOUR };
    expect(await judge(say({ responses: [about(holder, GOOD, old)] }))).toMatchObject({
      status: 'unknown',
      reason: 'stale',
      goodUntil: NOW - 9 * HOUR,
    });
  });

  test('stale: older than the policy’s upper bound, whatever nextUpdate says', async () => {
    expect(await judge(say({}), { maxAgeMs: HOUR / 2, clockSkewMs: 0 })).toEqual(unknown('stale'));
    expect((await judge(say({}), { maxAgeMs: 2 * HOUR, clockSkewMs: 0 })).status).toBe('good');
  });

  test('§4.2.2.1 without nextUpdate an answer serves minutes, not for ever', async () => {
    const { nextUpdate: _, ...endless } = about(holder, GOOD, { thisUpdate: NOW - HOUR });
    expect(await judge(say({ responses: [endless] }))).toEqual(unknown('stale'));
    expect((await judge(say({ responses: [{ ...endless, thisUpdate: NOW - 1000 }] }))).status).toBe('good');
  });

  test('not-yet-valid: dated ahead by more than the clocks may differ', async () => {
    const ahead = { thisUpdate: NOW + HOUR, nextUpdate: NOW + 2 * HOUR };
    expect(await judge(say({ responses: [about(holder, GOOD, ahead)] }))).toEqual(unknown('not-yet-valid'));
    expect(await judge(say({ producedAt: NOW + HOUR }))).toEqual(unknown('not-yet-valid'));
    const little = { thisUpdate: NOW + 60_000, nextUpdate: NOW + HOUR };
    expect((await judge(say({ responses: [about(holder, GOOD, little)] }))).status).toBe('good');
  });

  test('wrong-nonce: an answer to another question', async () => {
    const nonce = new Uint8Array(16).fill(7);
    expect(await judge(say({ nonce }), { nonce: new Uint8Array(16).fill(8) })).toEqual(
      unknown('wrong-nonce'),
    );
  });

  test('not-issued: the issuer does not know the certificate', async () => {
    expect(await judge(say({ responses: [about(holder, { kind: 'unknown' })] }))).toEqual(
      unknown('not-issued'),
    );
  });

  test('try-later and responder-error are the responder’s own words', async () => {
    expect(await judge(buildOcspError('tryLater'))).toEqual(unknown('try-later'));
    for (const status of ['internalError', 'malformedRequest', 'unauthorized', 'sigRequired'] as const) {
      expect(await judge(buildOcspError(status))).toEqual(unknown('responder-error'));
    }
  });

  test('malformed: bytes that are no response, cut short, or another type inside', async () => {
    const response = await say({});
    const foreign = derSequence(
      derEnumerated(0),
      derContext(0, derSequence(derOid('1.2.3'), derOctetString(Uint8Array.of(4, 0)))),
    );
    for (const bytes of [
      new Uint8Array(),
      Uint8Array.of(0x30, 0x80),
      response.subarray(0, response.length - 1),
      foreign,
      derElement(0x30),
    ]) {
      expect(await judge(bytes)).toEqual(unknown('malformed'));
    }
  });

  test('no single byte can be changed so that an answer turns good', async () => {
    const revoked: OcspCertStatus = { kind: 'revoked', at: NOW - 5000, reason: 'keyCompromise' };
    const response = await say({ responses: [about(holder, revoked)] });
    for (let at = 0; at < response.length; at += 3) {
      const broken = response.slice();
      broken[at]! ^= 0x20;
      expect((await judge(broken)).status).not.toBe('good');
    }
  });
});
