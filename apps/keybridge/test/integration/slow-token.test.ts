import { bridgeError } from '@hufu/keybridge-client';
import { nodeSigner } from '@hufu/pki/node';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { TokenDriver } from '../../src/drivers/token-driver.ts';
import { challenge, type PairedSite, pair, type TestBridge, testBridge } from '../support/bridge.ts';
import { type Answer, askOwn } from '../support/http.ts';
import { PIN, type TestKey, testKey } from '../support/tokens.ts';

/** A token whose signature comes when the test says so. */
type Settle = {
  sign(change?: (signature: Uint8Array) => Uint8Array): Promise<void>;
  pullOut(): void;
  crash(): void;
};

function slowDriver({ pkcs8, certificate }: TestKey): { driver: TokenDriver; started: Promise<Settle> } {
  let begun: (settle: Settle) => void;
  const started = new Promise<Settle>((resolve) => {
    begun = resolve;
  });
  const driver: TokenDriver = {
    id: 'slow',
    health: async () => 'ready',
    tokens: async () => [{ ref: 't', label: '白锁', mediaNumber: 'SLOW-1', pin: { state: 'unknown' } }],
    keys: async () => [{ ref: 'k', usage: 'sign', certificate, algorithm: 'sm2-sm3' }],
    open: async () => ({
      sign: (_key, message) =>
        new Promise((resolve, reject) => {
          begun({
            async sign(change = (signature) => signature) {
              resolve(change(await nodeSigner(pkcs8).sign(message)));
            },
            pullOut: () => reject(bridgeError('TOKEN_REMOVED')),
            crash: () => reject(new Error('driver bug')),
          });
        }),
      close: async () => {},
    }),
    watch: () => () => {},
    close: async () => {},
  };
  return { driver, started };
}

let running: TestBridge;
let site: PairedSite;
let started: Promise<Settle>;
let operationId: string;
let entered: Promise<Answer>;

beforeEach(async () => {
  const slow = slowDriver(await testKey());
  started = slow.started;
  running = await testBridge({ drivers: [slow.driver] });
  site = await pair(running.port);
  const body = { act: 'login', keyId: 'slow.t.k', payload: challenge() };
  ({ operationId } = (await site.ask('/operations', { method: 'POST', body })).json);
  entered = askOwn(running.port, `/operations/${operationId}/pin`, { method: 'POST', body: { pin: PIN } });
});
afterEach(() => running.close());

const state = async (query = ''): Promise<Answer['json']> =>
  (await site.ask(`/operations/${operationId}${query}`)).json;

describe('HUB-056 slow keys, and keys pulled out while they sign', () => {
  test('the page is told that the key is at work, cannot cancel it, and gets the result at once by long poll', async () => {
    const key = await started;
    expect(await state()).toEqual({ state: 'signing' });
    expect((await site.ask(`/operations/${operationId}`, { method: 'DELETE' })).json.code).toBe(
      'OPERATION_RUNNING',
    );
    const second = await askOwn(running.port, `/operations/${operationId}/pin`, {
      method: 'POST',
      body: { pin: PIN },
    });
    expect(second.json.code).toBe('OPERATION_RUNNING');
    const polled = state('?wait=30&after=signing');
    await key.sign();
    expect(await polled).toMatchObject({ state: 'done', result: { algorithm: 'sm2-sm3' } });
    expect((await entered).status).toBe(204);
  });

  test('a key pulled out while signing', async () => {
    (await started).pullOut();
    expect((await entered).json.code).toBe('TOKEN_REMOVED');
    expect(await state()).toEqual({ state: 'failed', code: 'TOKEN_REMOVED', fields: {} });
  });

  test('a signature that does not verify is a fault of the key and never handed out', async () => {
    await (await started).sign((signature) => signature.map((byte, at) => (at === 20 ? byte ^ 1 : byte)));
    expect((await entered).json.code).toBe('TOKEN_FAULT');
    expect(await state()).toMatchObject({ state: 'failed', code: 'TOKEN_FAULT' });
  });

  test('a failure without a code shows as a fault and tells nothing more', async () => {
    (await started).crash();
    const answer = await entered;
    expect(answer).toMatchObject({ status: 500, json: { code: 'BRIDGE_FAULT' } });
    expect(answer.text).not.toContain('driver bug');
  });
});
