import { readFileSync } from 'node:fs';
import { networkInterfaces } from 'node:os';
import { fixedClock } from '@hufu/kernel';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { challenge, pair, SITE, type TestBridge, testBridge } from '../support/bridge.ts';
import { type Answer, ask, askOwn } from '../support/http.ts';
import { insertToken, testKey } from '../support/tokens.ts';

const clock = fixedClock(Date.parse('2026-11-20T08:00:00Z'));
let running: TestBridge;
let port: number;
beforeAll(async () => {
  running = await testBridge({ clock });
  port = running.port;
});
afterAll(() => running.close());

const askAs = (origin: string, path: string, method = 'GET', body?: unknown): Promise<Answer> =>
  ask(port, `/v1${path}`, { method, headers: { origin }, ...(body === undefined ? {} : { body }) });

describe('OD-02 the bridge listens on loopback for those who may', () => {
  test.each(['hub.example.cn', 'attacker.example:8709', '127.0.0.1', '192.168.1.2:8709'])(
    'DNS rebinding: the host %j is refused on every path',
    async (host) => {
      for (const path of ['/', '/v1/status', '/own/tokens', '/assets/x.js']) {
        const answer = await ask(port, path, { headers: { host, origin: SITE, 'hufu-own': '1' } });
        expect(answer.status).toBe(421);
      }
    },
  );

  test('is bound to 127.0.0.1 and to no other address of this machine', async () => {
    const others = Object.values(networkInterfaces())
      .flatMap((addresses) => addresses ?? [])
      .filter(({ internal, family }) => !internal && family === 'IPv4');
    for (const { address } of others) {
      await expect(fetch(`http://${address}:${port}/v1/status`)).rejects.toThrow();
    }
    expect((await askAs(SITE, '/status')).status).toBe(200);
  });

  test.each(['null', 'file://', 'https://hub.example.cn/', 'chrome-extension://abc', 'ftp://x.example'])(
    'the origin %j names no site and is refused',
    async (origin) => {
      expect(await askAs(origin, '/status')).toMatchObject({
        status: 403,
        json: { code: 'BRIDGE_ORIGIN_REFUSED' },
      });
    },
  );

  test('a request without an origin, as forms and images send it, is refused', async () => {
    expect((await ask(port, '/v1/status')).json.code).toBe('BRIDGE_ORIGIN_REFUSED');
  });

  test('an origin that was not approved reads nothing but the status', async () => {
    const status = await askAs('https://other.example', '/status');
    expect(status.json).toEqual({
      service: 'hufu-keybridge',
      protocol: 1,
      oldestProtocol: 1,
      version: expect.any(String),
      approved: false,
    });
    for (const path of ['/tokens', '/certificates', '/operations/x']) {
      const answer = await askAs('https://other.example', path);
      expect(answer.json.code).toBe('BRIDGE_NOT_PAIRED');
      expect(answer.headers['access-control-allow-origin']).toBeUndefined();
    }
  });

  test('preflights: private network access only for asking paths, or for approved origins', async () => {
    const preflight = (origin: string, path: string): Promise<Answer> =>
      ask(port, `/v1${path}`, {
        method: 'OPTIONS',
        headers: {
          origin,
          'access-control-request-method': 'GET',
          'access-control-request-private-network': 'true',
        },
      });
    const open = await preflight('https://other.example', '/pairings');
    expect(open.headers).toMatchObject({
      'access-control-allow-origin': 'https://other.example',
      'access-control-allow-private-network': 'true',
    });
    expect(open.headers['access-control-allow-credentials']).toBeUndefined();
    const closed = await preflight('https://other.example', '/certificates');
    expect(closed.status).toBe(401);
    expect(closed.headers['access-control-allow-private-network']).toBeUndefined();
    await pair(port, 'https://approved.example');
    const approved = await preflight('https://approved.example', '/certificates');
    expect(approved).toMatchObject({
      status: 204,
      headers: { 'access-control-allow-private-network': 'true' },
    });
  });

  test('a secret serves its own origin only', async () => {
    const { secret } = await pair(port);
    await pair(port, 'https://thief.example');
    const headers = { origin: 'https://thief.example', authorization: `Bearer ${secret}` };
    expect((await ask(port, '/v1/certificates', { headers })).json.code).toBe('BRIDGE_NOT_PAIRED');
  });

  test('is kept as a hash, and lost with the approval', async () => {
    const site = await pair(port, 'https://revoked.example');
    expect(readFileSync(`${running.dataDir}/sites.json`, 'utf8')).not.toContain(site.secret);
    expect((await site.ask('/tokens')).status).toBe(200);
    expect((await site.ask('/pairing', { method: 'DELETE' })).status).toBe(204);
    expect((await site.ask('/tokens')).json.code).toBe('BRIDGE_NOT_PAIRED');
  });

  test.each([
    ['without the header', {}],
    ['from a site', { 'hufu-own': '1', origin: SITE }],
    ['from another site by the browser', { 'hufu-own': '1', 'sec-fetch-site': 'cross-site' }],
  ])("the own pages' interface is closed %s", async (_name, headers) => {
    for (const [path, method] of [
      ['/own/tokens', 'GET'],
      ['/own/pairings/x/decision', 'POST'],
      ['/own/sites/revoke', 'POST'],
    ] as const) {
      const answer = await ask(port, path, { method, headers, ...(method === 'POST' ? { body: {} } : {}) });
      expect(answer).toMatchObject({ status: 403, json: { code: 'BRIDGE_ORIGIN_REFUSED' } });
    }
  });

  test('bad input: what is not JSON, too large or unknown is refused with a code', async () => {
    const site = await pair(port);
    const { keyId } = await insertToken(running.bridge, await testKey());
    const body = { act: 'login', keyId, payload: challenge() };
    for (const broken of [{ ...body, extra: 1 }, { ...body, keyId: 'x'.repeat(100_000) }, []]) {
      const answer = await site.ask('/operations', { method: 'POST', body: broken });
      expect(answer).toMatchObject({ status: 400, json: { code: 'BRIDGE_REQUEST_INVALID' } });
    }
    const form = await site.ask('/operations', {
      method: 'POST',
      headers: { 'content-type': 'text/plain' },
      body,
    });
    expect(form.json.code).toBe('BRIDGE_REQUEST_INVALID');
    expect((await askAs(SITE, '/nothing')).json.code).toBe('BRIDGE_NOT_FOUND');
  });
});

describe('OD-02 pairing needs the approval', () => {
  const request = async (origin: string): Promise<string> =>
    (await askAs(origin, '/pairings', 'POST', { title: '网站' })).json.pairingId;
  const decide = (id: string, allowed: boolean): Promise<Answer> =>
    askOwn(port, `/pairings/${id}/decision`, { method: 'POST', body: { allowed } });
  const state = async (origin: string, id: string): Promise<unknown> =>
    (await askAs(origin, `/pairings/${id}`)).json;

  test('the secret is told once, to the origin that asked', async () => {
    const id = await request('https://once.example');
    expect(await state('https://once.example', id)).toEqual({ state: 'pending' });
    expect((await decide(id, true)).status).toBe(204);
    expect(await state('https://other.example', id)).toMatchObject({ code: 'BRIDGE_NOT_FOUND' });
    expect(await state('https://once.example', id)).toEqual({
      state: 'approved',
      secret: expect.any(String),
    });
    expect(await state('https://once.example', id)).toEqual({ state: 'collected' });
    expect((await decide(id, true)).json.code).toBe('OPERATION_SPENT');
  });

  test('a refusal gives nothing', async () => {
    const id = await request('https://refused.example');
    await decide(id, false);
    expect(await state('https://refused.example', id)).toEqual({ state: 'refused' });
    expect(running.bridge.sites.isApproved('https://refused.example')).toBe(false);
  });

  test('a request that nobody answers expires', async () => {
    const id = await request('https://late.example');
    clock.advance(10 * 60_000);
    expect(await state('https://late.example', id)).toEqual({ state: 'expired' });
    expect((await decide(id, true)).json.code).toBe('BRIDGE_APPROVAL_EXPIRED');
  });

  test('a newer request replaces the older one of the same origin', async () => {
    const first = await request('https://twice.example');
    await request('https://twice.example');
    expect((await decide(first, true)).json.code).toBe('BRIDGE_NOT_FOUND');
  });

  test('too many open requests are refused', async () => {
    clock.advance(30 * 60_000);
    for (let index = 0; index < 20; index++) expect(await request(`https://s${index}.example`)).toBeDefined();
    expect((await askAs('https://s20.example', '/pairings', 'POST', {})).json.code).toBe('BRIDGE_BUSY');
    clock.advance(30 * 60_000);
  });

  test('a title that could deceive is refused', async () => {
    for (const title of ['\u202ecn.evil', '多行\n标题', 'x'.repeat(61)]) {
      const answer = await askAs(SITE, '/pairings', 'POST', { title });
      expect(answer.json.code).toBe('BRIDGE_REQUEST_INVALID');
    }
  });
});

describe('OD-05 a key at work is never interrupted', () => {
  test('cancelling is refused while the key signs, and the signature arrives', async () => {
    const { keyId } = await insertToken(running.bridge, await testKey());
    const site = await pair(port);
    const started = await site.ask('/operations', {
      method: 'POST',
      body: { act: 'login', keyId, payload: challenge() },
    });
    const { operationId } = started.json;
    running.bridge.operations.begin(operationId);
    const cancelled = await site.ask(`/operations/${operationId}`, { method: 'DELETE' });
    expect(cancelled.json.code).toBe('OPERATION_RUNNING');
    clock.advance(60 * 60_000);
    expect((await site.ask(`/operations/${operationId}`)).json).toEqual({ state: 'signing' });
    running.bridge.operations.giveBack(operationId);
  });

  test('five open operations of one site are enough', async () => {
    const { keyId } = await insertToken(running.bridge, await testKey());
    const site = await pair(port, 'https://busy.example');
    const start = (): Promise<Answer> =>
      site.ask('/operations', { method: 'POST', body: { act: 'login', keyId, payload: challenge() } });
    for (let index = 0; index < 5; index++) expect((await start()).status).toBe(201);
    expect(await start()).toMatchObject({ status: 429, json: { code: 'BRIDGE_BUSY' } });
  });
});
