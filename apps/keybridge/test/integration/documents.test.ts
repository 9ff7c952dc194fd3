import {
  derBitString,
  derGeneralizedTime,
  derIa5String,
  derInteger,
  derOctetString,
  derSequence,
} from '@hufu/gm';
import { fixedClock, fromBase64, fromHex, toBase64, utf8 } from '@hufu/kernel';
import { authStatementBytes } from '@hufu/keybridge-client';
import { challengeSchema } from '@hufu/keybridge-client/protocol';
import { documentAttributes, parseCertificate, type SignatureAlgorithm } from '@hufu/pki';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { challenge, type PairedSite, pair, SITE, type TestBridge, testBridge } from '../support/bridge.ts';
import { type Answer, askOwn } from '../support/http.ts';
import { opensslVerifies } from '../support/openssl.ts';
import { insertToken, PIN, testKey } from '../support/tokens.ts';

const clock = fixedClock(Date.parse('2026-11-20T08:00:00Z'));
const DIGEST = '11'.repeat(32);
const OTHER = '22'.repeat(32);
let running: TestBridge;
let site: PairedSite;
beforeAll(async () => {
  running = await testBridge({ clock });
  site = await pair(running.port);
});
afterAll(() => running.close());

type Key = {
  readonly keyId: string;
  readonly certificate: Uint8Array;
  readonly algorithm: SignatureAlgorithm;
};

async function insertKey(algorithm: SignatureAlgorithm): Promise<Key> {
  const key = await testKey(algorithm);
  const { keyId } = await insertToken(running.bridge, key);
  return { keyId, certificate: key.certificate, algorithm };
}

const attributes = ({ certificate, algorithm }: Key, digest: string, dialect: 'cades' | 'gm' = 'cades') =>
  documentAttributes({
    dialect,
    certificate: parseCertificate(certificate),
    algorithm,
    documentDigest: fromHex(digest),
  });

/** TBS_Sign of GB/T 38540 around a seal that is of no account here. */
const sealing = (digest: string, ...rest: Uint8Array[]) =>
  derSequence(
    derInteger(4n),
    derSequence(derOctetString(new Uint8Array(40_000))),
    derGeneralizedTime(clock.now()),
    derBitString(fromHex(digest)),
    derIa5String('application/pdf'),
    ...rest,
  );

const document = (message: Uint8Array, digest = DIGEST, title = '投标承诺书.pdf') => ({
  title,
  digest,
  message: toBase64(message),
});

const ask = (keyId: string, documents: readonly unknown[]): Promise<Answer> =>
  site.ask('/operations', { method: 'POST', body: { act: 'sign-documents', keyId, documents } });

const enterPin = (operationId: string, pin: string): Promise<Answer> =>
  askOwn(running.port, `/operations/${operationId}/pin`, { method: 'POST', body: { pin } });

describe('SIGN-005 sealing documents', () => {
  test.each(['sm2-sm3', 'ecdsa-p256-sha256', 'rsa-pkcs1-sha256'] as const)(
    'a batch is signed after one PIN; openssl verifies each signature with %s',
    async (algorithm) => {
      const key = await insertKey(algorithm);
      const messages = [attributes(key, DIGEST), attributes(key, OTHER, 'gm'), sealing(DIGEST)];
      const documents = messages.map((message, at) =>
        document(message, at === 1 ? OTHER : DIGEST, `文件${at}`),
      );
      const created = await ask(key.keyId, documents);
      expect(created.status).toBe(201);
      const { operationId } = created.json;
      const shown = (await askOwn(running.port, `/operations/${operationId}`)).json;
      expect(shown.documents).toEqual(documents.map(({ title, digest }) => ({ title, digest })));
      expect((await enterPin(operationId, PIN)).status).toBe(204);
      const { state, result } = (await site.ask(`/operations/${operationId}`)).json;
      expect(state).toBe('done');
      expect(result.signatures).toHaveLength(3);
      expect(toBase64(fromBase64(result.certificate))).toBe(toBase64(key.certificate));
      for (const [at, signature] of result.signatures.entries()) {
        const signed = { ...result, signature, statement: documents[at]!.message };
        expect(opensslVerifies(signed)).toBe(true);
        expect(opensslVerifies({ ...signed, statement: documents[(at + 1) % 3]!.message })).toBe(false);
      }
    },
  );

  test('is no signing oracle: what is not the digest in its wrapping is refused, and nothing is signed', async () => {
    const key = await insertKey('sm2-sm3');
    const foreign = await insertKey('sm2-sm3');
    const login = authStatementBytes({
      act: 'login',
      origin: SITE,
      ...challengeSchema.parse(challenge()),
      certificateSha256: 'ab'.repeat(32),
    });
    const good = document(attributes(key, DIGEST));
    for (const message of [
      login,
      utf8('text'),
      fromHex(DIGEST),
      attributes(foreign, DIGEST),
      attributes(key, OTHER),
      Uint8Array.of(...attributes(key, DIGEST), 0),
      sealing(OTHER),
      sealing(DIGEST, derInteger(1n)),
      derSequence(derInteger(0n), derSequence(), derSequence()),
    ]) {
      const answer = await ask(key.keyId, [good, document(message)]);
      expect(answer.status).toBe(400);
      expect(answer.json).toMatchObject({ code: 'BRIDGE_DOCUMENT_INVALID', fields: { index: 1 } });
    }
    expect((await ask(key.keyId, [good])).status).toBe(201);
  });

  test.each([
    ['no document', []],
    ['too many', Array.from({ length: 201 }, () => document(new Uint8Array(1)))],
    ['a title that reads backwards', [document(new Uint8Array(1), DIGEST, 'a\u202Eb')]],
    ['a digest of another length', [document(new Uint8Array(1), 'abcd')]],
  ])('%s: BRIDGE_REQUEST_INVALID', async (_name, documents) => {
    const key = await insertKey('sm2-sm3');
    const answer = await ask(key.keyId, documents);
    expect(answer.status).toBe(400);
    expect(answer.json.code).toBe('BRIDGE_REQUEST_INVALID');
  });

  test('a wrong PIN leaves the batch open', async () => {
    const key = await insertKey('sm2-sm3');
    const { operationId } = (await ask(key.keyId, [document(attributes(key, DIGEST))])).json;
    expect((await enterPin(operationId, '99999999')).json.code).toBe('PIN_INCORRECT');
    expect((await enterPin(operationId, PIN)).status).toBe(204);
  });
});
