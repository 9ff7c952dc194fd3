import { chmodSync, existsSync, readdirSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { fixedClock } from '@hufu/kernel';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { CheckItem } from '../../src/checks/check-item.ts';
import { type TestBridge, testBridge } from '../support/bridge.ts';
import { askOwn } from '../support/http.ts';
import { insertToken, PIN, testKey, UNIT } from '../support/tokens.ts';

const DAY = 86_400_000;
const NOW = Date.parse('2026-11-20T08:00:00Z');

/** A hub with a clock and a download list of its own. */
const hub = { date: NOW, downloads: [] as unknown[], redirect: false };
let server: Server;
let hubOrigin: string;
let running: TestBridge;
const clock = fixedClock(NOW);

beforeAll(async () => {
  server = createServer((request, response) => {
    if (hub.redirect) {
      response.writeHead(302, { location: 'http://127.0.0.1:9/' }).end();
      return;
    }
    response.setHeader('date', new Date(hub.date).toUTCString());
    response.setHeader('content-type', 'application/json');
    response.end(JSON.stringify(request.url === '/healthz' ? {} : hub.downloads));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  hubOrigin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});
beforeEach(async () => {
  Object.assign(hub, { date: NOW, downloads: [], redirect: false });
  clock.moveTo(NOW);
  running = await testBridge({ clock, hub: hubOrigin });
});
afterEach(() => running.close());

async function check(item: CheckItem['item']): Promise<CheckItem | undefined> {
  const { items } = (await askOwn(running.port, '/checks')).json as { items: readonly CheckItem[] };
  return items.find((candidate) => candidate.item === item);
}
const repair = (item: string) => askOwn(running.port, '/checks/repair', { method: 'POST', body: { item } });

describe('AST-006 一键检测', () => {
  test('all is good with a key, a valid certificate, a reachable hub and a right clock', async () => {
    await insertToken(running.bridge, await testKey('sm2-sm3', { from: NOW - DAY, to: NOW + 300 * DAY }));
    const { items } = (await askOwn(running.port, '/checks')).json as { items: readonly CheckItem[] };
    expect(items.map(({ item, verdict }) => `${item} ${verdict}`)).toEqual([
      'service good',
      'data-folder good',
      'token-files good',
      'stale-locks good',
      'drivers good',
      'tokens good',
      'certificates good',
      'hub good',
      'clock good',
    ]);
  });

  test('no key, no certificate', async () => {
    expect(await check('tokens')).toMatchObject({ verdict: 'bad', finding: 'none' });
    expect(await check('certificates')).toMatchObject({ verdict: 'bad', finding: 'none' });
  });

  test.each([
    ['expired', { from: NOW - 30 * DAY, to: NOW - DAY }, 'bad', { unitName: UNIT }],
    ['not-yet-valid', { from: NOW + DAY, to: NOW + 30 * DAY }, 'bad', { unitName: UNIT }],
    ['expiring', { from: NOW - DAY, to: NOW + 29 * DAY }, 'attention', { unitName: UNIT, days: 29 }],
    ['valid', { from: NOW - DAY, to: NOW + 31 * DAY }, 'good', { count: 1 }],
  ])('a certificate that is %s', async (finding, validity, verdict, fields) => {
    await insertToken(running.bridge, await testKey('sm2-sm3', validity));
    expect(await check('certificates')).toMatchObject({ verdict, finding, fields });
  });

  test('a key with wrong PINs, then locked', async () => {
    const { tokenId } = await insertToken(running.bridge, await testKey(), { maximumAttempts: 2 });
    const enter = (pin: string) =>
      askOwn(running.port, `/soft-tokens/${tokenId}/pin`, { method: 'POST', body: { pin, newPin: PIN } });
    await enter('wrong-pin');
    expect(await check('tokens')).toMatchObject({ finding: 'wrong-pins', fields: { attemptsLeft: 1 } });
    await enter('wrong-pin');
    expect(await check('tokens')).toMatchObject({ verdict: 'bad', finding: 'locked' });
  });

  test.each([
    [0, 'good', 'right'],
    [119_000, 'good', 'right'],
    [121_000, 'bad', 'fast'],
    [-121_000, 'bad', 'slow'],
  ])('a clock that is off by %i ms', async (skew, verdict, finding) => {
    clock.moveTo(NOW + skew);
    expect(await check('clock')).toMatchObject({ verdict, finding });
  });

  test('a hub that redirects elsewhere is not followed and counts as unreachable', async () => {
    hub.redirect = true;
    expect(await check('hub')).toMatchObject({ verdict: 'bad', finding: 'unreachable' });
    expect(await check('clock')).toMatchObject({ verdict: 'unknown' });
  });

  test.skipIf(process.platform === 'win32')('a data folder that others can read is repaired', async () => {
    chmodSync(running.dataDir, 0o755);
    expect(await check('data-folder')).toMatchObject({ finding: 'readable-by-others', repairable: true });
    expect((await repair('data-folder')).status).toBe(200);
    expect(statSync(running.dataDir).mode & 0o777).toBe(0o700);
  });

  test('a damaged token file is set aside, not deleted', async () => {
    const { path } = running.bridge.softTokens.folder;
    writeFileSync(join(path, 'broken.hufutoken'), '{}');
    expect(await check('token-files')).toMatchObject({ verdict: 'bad', fields: { count: 1 } });
    await repair('token-files');
    expect(await check('token-files')).toMatchObject({ verdict: 'good' });
    expect(readdirSync(path)).toEqual([`broken.hufutoken.damaged-${NOW}`]);
  });

  test('a lock that was left is removed, a fresh one is not', async () => {
    const { path } = running.bridge.softTokens.folder;
    const [old, fresh] = [join(path, 'a.lock'), join(path, 'b.lock')];
    for (const file of [old, fresh]) writeFileSync(file, '1');
    for (const [file, age] of [
      [old, 61],
      [fresh, 1],
    ] as const)
      utimesSync(file, NOW / 1000 - age, NOW / 1000 - age);
    expect(await check('stale-locks')).toMatchObject({ verdict: 'attention', fields: { count: 1 } });
    await repair('stale-locks');
    expect([existsSync(old), existsSync(fresh)]).toEqual([false, true]);
  });

  test('what only the user can repair is refused', async () => {
    expect((await repair('tokens')).json.code).toBe('BRIDGE_NOT_FOUND');
    expect((await repair('__proto__')).json.code).toBe('BRIDGE_NOT_FOUND');
  });
});

describe('AST-013 软件升级', () => {
  const offered = (version: string, url = '/downloads/a.tgz') => ({
    id: 'assistant',
    version,
    url,
    sha256: 'ab',
  });
  const upgrade = async () => (await askOwn(running.port, '/upgrade')).json;

  test.each([
    ['0.2.0', 'available'],
    ['0.10.0', 'available'],
    ['1.0.0', 'available'],
    ['0.1.0', 'current'],
    ['0.0.9', 'current'],
  ])('the hub offers %s', async (version, state) => {
    hub.downloads = [{ id: 'other', version: '9.9.9', url: '/x', sha256: '' }, offered(version)];
    expect((await upgrade()).state).toBe(state);
  });

  test('the address is made absolute, and one that leads away from the hub is not shown', async () => {
    hub.downloads = [offered('0.2.0')];
    expect((await upgrade()).url).toBe(`${hubOrigin}/downloads/a.tgz`);
    hub.downloads = [offered('0.2.0', 'https://elsewhere.example/a.tgz')];
    expect(await upgrade()).toEqual({ state: 'unknown' });
  });

  test('a hub that says nothing useful', async () => {
    hub.downloads = [{ id: 'assistant', version: 'newest' }, 5, null];
    expect(await upgrade()).toEqual({ state: 'unknown' });
  });
});

describe('令牌 by the own page', () => {
  const post = (path: string, body: unknown) => askOwn(running.port, path, { method: 'POST', body });

  test('a key is made in the token, requested, and certified', async () => {
    const { tokenId } = (await post('/soft-tokens', { label: '锁', pin: PIN })).json;
    const asked = { pin: PIN, usage: 'sign', algorithm: 'sm2-sm3', unitName: UNIT };
    const made = await post(`/soft-tokens/${tokenId}/requests`, asked);
    expect(made.status).toBe(201);
    expect(Buffer.from(made.json.request, 'base64')[0]).toBe(0x30);
    const foreign = Buffer.from((await testKey()).certificate).toString('base64');
    const wrong = { pin: PIN, keyId: made.json.keyId, certificate: foreign };
    expect((await post(`/soft-tokens/${tokenId}/certificates`, wrong)).json.code).toBe(
      'SOFT_TOKEN_CERTIFICATE_MISMATCH',
    );
  });

  test('the PIN is changed, and a new one out of form is refused', async () => {
    const { tokenId } = (await post('/soft-tokens', { label: '锁', pin: PIN })).json;
    const short = await post(`/soft-tokens/${tokenId}/pin`, { pin: PIN, newPin: '123' });
    expect(short.json.code).toBe('PIN_POLICY');
    expect((await post(`/soft-tokens/${tokenId}/pin`, { pin: PIN, newPin: 'another-pin' })).status).toBe(204);
    const old = await post(`/soft-tokens/${tokenId}/pin`, { pin: PIN, newPin: 'third-pin' });
    expect(old.json).toMatchObject({ code: 'PIN_INCORRECT', fields: { attemptsLeft: 9 } });
  });

  test('a file that is no key file is refused', async () => {
    const { tokenId } = (await post('/soft-tokens', { label: '锁', pin: PIN })).json;
    for (const file of ['aGVsbG8=', '/w==', 'MAA=']) {
      const answer = await post(`/soft-tokens/${tokenId}/import`, { pin: PIN, file, password: '' });
      expect(answer.status).toBeGreaterThanOrEqual(400);
      expect(answer.status).toBeLessThan(500);
    }
  });
});
