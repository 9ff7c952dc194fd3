import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { HufuIdentity } from '@hufu/sdk';
import { afterAll, expect, test } from 'vitest';
import { createPlatform } from '../../src/app.ts';
import { PlatformConfig } from '../../src/config.ts';
import { openStore } from '../../src/store.ts';

const folder = mkdtempSync(join(tmpdir(), 'hufu-platform-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const HOUR = 3_600_000;

test('a session ends by itself, and leaves the store', () => {
  const clock = { now: Date.parse('2026-11-20T08:00:00Z') };
  const store = openStore(join(folder, 'sessions'), () => clock.now);
  const since = new Date(clock.now).toISOString();
  const identity = { uscc: 'x' } as HufuIdentity;
  store.putSession('first', { identity, since, direct: false });
  clock.now += 8 * HOUR - 1;
  expect(store.session('first')).toBeDefined();
  clock.now += 1;
  expect(store.session('first')).toBeUndefined();
  store.putSession('second', { identity, since: new Date(clock.now).toISOString(), direct: false });
  expect(readFileSync(join(folder, 'sessions', 'platform.json'), 'utf8')).not.toContain('first');
});

const config = PlatformConfig.parse({
  code: 'demo',
  name: '示例平台',
  accent: '#2f6f6a',
  port: 1,
  baseUrl: 'http://localhost:1',
  dataDir: folder,
  issuer: 'http://localhost:2/oidc',
  hubUrl: 'http://localhost:2',
  clientId: 'demo',
  clientSecret: 'a-secret-of-the-demo-platform',
  reviewerPassword: 'reviewer-password',
  trustListKeys: '',
  keyBridgePorts: [],
  hotline: '1',
  filingMode: 'LOCAL',
});

const platform = () =>
  createPlatform({
    config,
    hub: {} as never,
    direct: {} as never,
    store: openStore(join(folder, 'review')),
    library: {} as never,
    publicDir: folder,
  });

test('a reviewer’s login is this one login, no word that opens the door for ever', async () => {
  const app = await platform();
  const headers = { origin: 'http://localhost:1', 'content-type': 'application/x-www-form-urlencoded' };
  const wrong = await app.inject({
    method: 'POST',
    url: '/review/login',
    headers,
    payload: 'password=wrong',
  });
  expect([wrong.statusCode, wrong.cookies]).toEqual([403, []]);
  const right = await app.inject({
    method: 'POST',
    url: '/review/login',
    headers,
    payload: `password=${config.reviewerPassword}`,
  });
  const [cookie] = right.cookies;
  const cookies = { [cookie!.name]: cookie!.value };
  const listed = async (asked: typeof app) =>
    !(await asked.inject({ url: '/review', cookies })).body.includes('name="password"');
  expect(await listed(app)).toBe(true);
  const restarted = await platform();
  expect(await listed(restarted)).toBe(false);
  await Promise.all([app.close(), restarted.close()]);
});
