import { fixedClock, fromBase64, fromUtf8 } from '@hufu/kernel';
import { authStatementBytes, parseAuthStatement } from '@hufu/keybridge-client';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { challenge, type PairedSite, pair, SITE, type TestBridge, testBridge } from '../support/bridge.ts';
import { type Answer, ask, askOwn } from '../support/http.ts';
import { opensslVerifies } from '../support/openssl.ts';
import { insertToken, PIN, testKey, UNIT } from '../support/tokens.ts';

const clock = fixedClock(Date.parse('2026-11-20T08:00:00Z'));
let running: TestBridge;
let site: PairedSite;
beforeAll(async () => {
  running = await testBridge({ clock });
  site = await pair(running.port);
});
afterAll(() => running.close());

const start = async (keyId: string, over: Record<string, unknown> = {}): Promise<string> => {
  const answer = await site.ask('/operations', {
    method: 'POST',
    body: { act: 'login', keyId, payload: challenge(), ...over },
  });
  expect(answer.status).toBe(201);
  return answer.json.operationId;
};

const enterPin = (operationId: string, pin: string): Promise<Answer> =>
  askOwn(running.port, `/operations/${operationId}/pin`, { method: 'POST', body: { pin } });

const stateOf = async (operationId: string): Promise<Answer['json']> =>
  (await site.ask(`/operations/${operationId}`)).json;

describe('AST-014 signing a challenge after PIN entry', () => {
  test.each(['sm2-sm3', 'ecdsa-p256-sha256', 'rsa-pkcs1-sha256'] as const)(
    'openssl verifies a signature with %s',
    async (algorithm) => {
      const { keyId, tokenId } = await insertToken(running.bridge, await testKey(algorithm));
      const operationId = await start(keyId);
      expect((await enterPin(operationId, PIN)).status).toBe(204);
      const { state, result } = await stateOf(operationId);
      expect(state).toBe('done');
      expect(result.algorithm).toBe(algorithm);
      expect(opensslVerifies(result)).toBe(true);
      const altered = { ...result, statement: Buffer.from('HUFU-AUTH-V1\n{}').toString('base64') };
      expect(opensslVerifies(altered)).toBe(false);
      await running.bridge.softTokens.folder.setInserted(tokenId, false);
    },
  );

  test('the bridge composes what is signed: act, real origin, challenge and certificate', async () => {
    const { keyId, tokenId } = await insertToken(running.bridge, await testKey());
    const operationId = await start(keyId, {
      act: 'bind',
      payload: challenge({ summary: `绑定 ${UNIT}` }),
    });
    await enterPin(operationId, PIN);
    const { result } = await stateOf(operationId);
    const signed = parseAuthStatement(fromBase64(result.statement));
    const [shown] = (await site.ask('/certificates')).json.certificates;
    expect(signed).toEqual({
      ...challenge({ summary: `绑定 ${UNIT}` }),
      act: 'bind',
      origin: SITE,
      certificateSha256: shown.sha256,
    });
    expect(fromUtf8(authStatementBytes(signed))).toBe(fromUtf8(fromBase64(result.statement)));
    await running.bridge.softTokens.folder.setInserted(tokenId, false);
  });

  test('is no signing oracle: bytes, hashes, foreign acts and origins are refused', async () => {
    const { keyId, tokenId } = await insertToken(running.bridge, await testKey());
    for (const body of [
      { act: 'login', keyId, payload: { message: 'AAAA' } },
      { act: 'login', keyId, payload: 'AAAA' },
      { act: 'sign', keyId, payload: challenge() },
      { act: 'login', keyId, payload: challenge({ origin: 'https://bank.example' }) },
      { act: 'login', keyId, payload: challenge(), origin: 'https://bank.example' },
      { act: 'login', keyId, payload: challenge({ summary: '长'.repeat(100_000) }) },
    ]) {
      const answer = await site.ask('/operations', { method: 'POST', body });
      expect(answer).toMatchObject({ status: 400, json: { code: 'BRIDGE_REQUEST_INVALID' } });
    }
    await running.bridge.softTokens.folder.setInserted(tokenId, false);
  });

  test('the PIN frame is told who asks, for what, and whose certificate is used', async () => {
    const { keyId } = await insertToken(running.bridge, await testKey());
    const operationId = await start(keyId);
    const view = (await askOwn(running.port, `/operations/${operationId}`)).json;
    expect(view).toMatchObject({ origin: SITE, title: '互认系统', act: 'login', holder: { unitName: UNIT } });
  });
});

describe('OD-38 the token counts wrong PINs', () => {
  test('each wrong PIN says how many are left, and the operation stays open', async () => {
    const { keyId } = await insertToken(running.bridge, await testKey());
    const operationId = await start(keyId);
    const wrong = await enterPin(operationId, 'wrong-pin');
    expect(wrong).toMatchObject({
      status: 403,
      json: { code: 'PIN_INCORRECT', fields: { attemptsLeft: 9 } },
    });
    expect(await stateOf(operationId)).toEqual({ state: 'waiting' });
    expect((await askOwn(running.port, `/operations/${operationId}`)).json.pin).toEqual({
      state: 'low',
      attemptsLeft: 9,
    });
    expect((await enterPin(operationId, PIN)).status).toBe(204);
  });

  test('ten wrong PINs lock, the page learns it, and the right PIN no longer helps', async () => {
    const { keyId } = await insertToken(running.bridge, await testKey());
    const operationId = await start(keyId);
    for (let left = 9; left > 0; left--) {
      expect((await enterPin(operationId, 'wrong-pin')).json.fields).toEqual({ attemptsLeft: left });
    }
    expect((await enterPin(operationId, 'wrong-pin')).json.code).toBe('PIN_LOCKED');
    expect(await stateOf(operationId)).toMatchObject({ state: 'failed', code: 'PIN_LOCKED' });
    const another = await start(keyId);
    expect((await enterPin(another, PIN)).json.code).toBe('PIN_LOCKED');
  });

  test('a PIN out of form is not tried and costs no attempt', async () => {
    const { keyId } = await insertToken(running.bridge, await testKey());
    const operationId = await start(keyId);
    expect((await enterPin(operationId, '123')).json.code).toBe('PIN_POLICY');
    expect((await enterPin(operationId, 'wrong-pin')).json.fields).toEqual({ attemptsLeft: 9 });
  });
});

describe('operations end', () => {
  test('an operation signs once', async () => {
    const { keyId } = await insertToken(running.bridge, await testKey());
    const operationId = await start(keyId);
    expect((await enterPin(operationId, PIN)).status).toBe(204);
    expect((await enterPin(operationId, PIN)).json.code).toBe('OPERATION_SPENT');
  });

  test('OD-05 lives at least five minutes, then expires', async () => {
    const { keyId } = await insertToken(running.bridge, await testKey());
    const operationId = await start(keyId);
    clock.advance(5 * 60_000);
    expect(await stateOf(operationId)).toEqual({ state: 'waiting' });
    clock.advance(6 * 60_000);
    expect((await enterPin(operationId, PIN)).json.code).toBe('OPERATION_EXPIRED');
    expect(await stateOf(operationId)).toEqual({ state: 'failed', code: 'OPERATION_EXPIRED' });
  });

  test('the page can cancel, and then no PIN is taken', async () => {
    const { keyId } = await insertToken(running.bridge, await testKey());
    const operationId = await start(keyId);
    expect((await site.ask(`/operations/${operationId}`, { method: 'DELETE' })).status).toBe(204);
    expect((await enterPin(operationId, PIN)).json.code).toBe('OPERATION_CANCELLED');
  });

  test('HUB-083 a key that was pulled out is reported as removed', async () => {
    const { keyId, tokenId } = await insertToken(running.bridge, await testKey());
    const operationId = await start(keyId);
    await running.bridge.softTokens.folder.setInserted(tokenId, false);
    expect((await enterPin(operationId, PIN)).json.code).toBe('TOKEN_REMOVED');
    expect(await stateOf(operationId)).toMatchObject({ state: 'failed', code: 'TOKEN_REMOVED' });
    expect(
      (
        await site.ask('/operations', {
          method: 'POST',
          body: { act: 'login', keyId, payload: challenge() },
        })
      ).json.code,
    ).toBe('TOKEN_ABSENT');
  });

  test('another site sees neither state nor result', async () => {
    const { keyId } = await insertToken(running.bridge, await testKey());
    const operationId = await start(keyId);
    const other = await pair(running.port, 'https://other.example.cn');
    expect((await other.ask(`/operations/${operationId}`)).json.code).toBe('BRIDGE_NOT_FOUND');
    expect((await other.ask(`/operations/${operationId}`, { method: 'DELETE' })).json.code).toBe(
      'BRIDGE_NOT_FOUND',
    );
    expect(
      (await ask(running.port, `/v1/operations/${operationId}`, { headers: { origin: SITE } })).json.code,
    ).toBe('BRIDGE_NOT_PAIRED');
  });
});
