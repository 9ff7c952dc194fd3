import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { pkcs11Driver } from '../../src/drivers/pkcs11/pkcs11-driver.ts';
import { pinStateOf } from '../../src/drivers/pkcs11/return-values.ts';
import type { TokenDriver } from '../../src/drivers/token-driver.ts';
import { challenge, type PairedSite, pair, type TestBridge, testBridge } from '../support/bridge.ts';
import { type Answer, askOwn } from '../support/http.ts';
import { opensslVerifies } from '../support/openssl.ts';
import { bundledProgram, type TestProgram } from '../support/program.ts';
import { type HsmKey, provisionHsm } from '../support/provision-hsm.ts';
import { HSM_PIN, SOFTHSM_MODULE, type SoftHsm, softHsm } from '../support/softhsm.ts';

// SoftHSM accepts the SM2 curve, but signs plain ECDSA with it: SM2 signatures by PKCS#11 cannot be proved with it.
let hsm: SoftHsm;
let keys: readonly HsmKey[];
let program: TestProgram;
let driver: TokenDriver;
let running: TestBridge;
let site: PairedSite;

beforeAll(async () => {
  const builder = fileURLToPath(new URL('../../../../scripts/build-pkcs11.mjs', import.meta.url));
  expect(spawnSync(process.execPath, [builder], { stdio: 'inherit' }).status).toBe(0);
  hsm = softHsm('投标人');
  keys = await provisionHsm(hsm.config, ['p256', 'rsa']);
  program = await bundledProgram();
  process.env['SOFTHSM2_CONF'] = hsm.config;
  driver = pkcs11Driver({ id: 'pkcs11-1', path: SOFTHSM_MODULE, program });
  running = await testBridge({ drivers: [driver] });
  site = await pair(running.port);
});
afterAll(async () => {
  await running.close();
  program.remove();
  hsm.remove();
});

const start = async (keyId: string): Promise<string> => {
  const body = { act: 'login', keyId, payload: challenge() };
  return (await site.ask('/operations', { method: 'POST', body })).json.operationId;
};
const enterPin = (operationId: string, pin: string): Promise<Answer> =>
  askOwn(running.port, `/operations/${operationId}/pin`, { method: 'POST', body: { pin } });

describe('OD-02 PKCS#11 tokens', () => {
  test('the token and its certificates are shown', async () => {
    expect((await site.ask('/tokens')).json).toMatchObject({
      drivers: [
        { driver: 'soft', state: 'ready' },
        { driver: 'pkcs11-1', state: 'ready' },
      ],
      tokens: [{ driver: 'pkcs11-1', label: '投标人', mediaNumber: expect.stringMatching(/^[0-9a-f]{16}$/) }],
    });
    const { certificates } = (await site.ask('/certificates')).json;
    expect(certificates.map((one: { algorithm: string }) => one.algorithm).sort()).toEqual([
      'ecdsa-p256-sha256',
      'rsa-pkcs1-sha256',
    ]);
  });

  test.each([0, 1])('openssl verifies a signature by the non-extractable key %i', async (index) => {
    expect(keys[index]?.leaks).toBe(false);
    const { certificates } = (await site.ask('/certificates')).json;
    const shown = Buffer.from(keys[index]?.certificate ?? []).toString('base64');
    const { keyId } = certificates.find((one: { certificate: string }) => one.certificate === shown);
    const operationId = await start(keyId);
    expect((await enterPin(operationId, HSM_PIN)).status).toBe(204);
    const state = (await site.ask(`/operations/${operationId}`)).json;
    expect(state.state).toBe('done');
    expect(opensslVerifies(state.result)).toBe(true);
  });

  test("a wrong PIN is the token's word, and its flags say that tries run out", async () => {
    const [{ keyId }] = (await site.ask('/certificates')).json.certificates;
    const operationId = await start(keyId);
    const wrong = await enterPin(operationId, '00000000');
    expect(wrong).toMatchObject({ status: 403, json: { code: 'PIN_INCORRECT' } });
    expect((await site.ask(`/operations/${operationId}`)).json).toEqual({ state: 'waiting' });
    const [token] = (await site.ask('/tokens')).json.tokens;
    expect(token.pin.state).toBe('low');
    expect((await enterPin(operationId, HSM_PIN)).status).toBe(204);
    const [after] = (await site.ask('/tokens')).json.tokens;
    expect(after.pin.state).toBe('ok');
  });

  test.each([
    [0x400, { state: 'ok' }],
    [0x1_0400, { state: 'low' }],
    [0x3_0400, { state: 'final', attemptsLeft: 1 }],
    [0x4_0400, { state: 'locked', attemptsLeft: 0 }],
  ])('token flags %i mean %o (CK_TOKEN_INFO)', (flags, state) => {
    expect(pinStateOf(flags)).toEqual(state);
  });

  test('a session that was closed signs no more', async () => {
    const [token] = await driver.tokens();
    const [key] = await driver.keys(token?.ref ?? '');
    const session = await driver.open(token?.ref ?? '', HSM_PIN);
    expect((await session.sign(key?.ref ?? '', new Uint8Array(8))).length).toBeGreaterThan(60);
    await session.close();
    await expect(session.sign(key?.ref ?? '', new Uint8Array(8))).rejects.toMatchObject({
      code: 'TOKEN_REMOVED',
    });
  });
});

describe('AST-006 drivers that are not there do no harm', () => {
  test.each([
    ['a missing file', '/nonexistent/pkcs11.so', 'absent'],
    ['a file that is no module', fileURLToPath(import.meta.url), 'broken'],
  ])('%s', async (_name, path, state) => {
    const other = pkcs11Driver({ id: 'pkcs11-2', path, program });
    const bridge = await testBridge({ drivers: [other] });
    const paired = await pair(bridge.port);
    expect((await paired.ask('/tokens')).json).toMatchObject({
      drivers: [{ state: 'ready' }, { driver: 'pkcs11-2', state }],
      tokens: [],
    });
    await bridge.close();
  });
});
