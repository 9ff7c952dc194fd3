import type { EnterpriseProfile } from '@hufu/contracts';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  type BoundHolder,
  boundHolder,
  hubWorld,
  joinPlatform,
  logIn,
  type World,
} from '../../support/hub/hub-world.ts';

let world: World;
let holder: BoundHolder;
beforeAll(async () => {
  world = await hubWorld();
  holder = await boundHolder(world);
  await joinPlatform(world, 'hohhot');
});
afterAll(() => world.close());

type Browser = BoundHolder['browser'];
const choose = (browser: Browser, platform = 'hohhot') =>
  browser.call<{ id: string; code?: string }>('/api/v1/hub/authorisations', { body: { platform } });
const confirm = (browser: Browser, id: string) =>
  browser.call<{ redirectTo: string }>(`/api/v1/hub/authorisations/${id}/confirm`, { method: 'POST' });
const read = async (browser: Browser) =>
  (await browser.call<EnterpriseProfile>('/api/v1/hub/enterprise')).body;
const change = async (browser: Browser, version: number) =>
  browser.call('/api/v1/hub/enterprise', { method: 'PATCH', body: { version, roles: ['AGENCY'] } });

/** Everything that lies behind 企业登录. */
async function expectClosed(browser: Browser, authorisation: string): Promise<void> {
  const answers = [
    await browser.call('/api/v1/hub/session'),
    await browser.call('/api/v1/hub/targets'),
    await browser.call('/api/v1/hub/enterprise'),
    await browser.call('/api/v1/hub/notices'),
    await change(browser, 1),
    await choose(browser),
    await confirm(browser, authorisation),
  ];
  for (const { body } of answers) expect(body).toMatchObject({ status: 401, code: 'HUB_SESSION_REQUIRED' });
}

describe('SM-HUB-SESSION each step is reached from the one before it, and from nowhere else', () => {
  test('CA-001, SM-HUB-SESSION ANON: nothing but the login by a certificate, and a refused login opens nothing', async () => {
    const browser = world.browser();
    const { body } = await choose(holder.browser);
    await expectClosed(browser, body.id);
    expect((await logIn(browser, await world.home.issue())).body).toMatchObject({ code: 'HUB_NOT_BOUND' });
    await expectClosed(browser, body.id);
  });

  test('SM-HUB-SESSION CHOOSING → CONFIRMING → CHOOSING: one confirmation for one choice, of what has joined', async () => {
    const { browser } = holder;
    expect((await confirm(browser, 'x'.repeat(22))).body).toMatchObject({
      code: 'HUB_AUTHORISATION_EXPIRED',
    });
    expect((await choose(browser, 'baotou')).body).toMatchObject({ code: 'HUB_PLATFORM_NOT_JOINED' });
    const first = (await choose(browser)).body;
    expect((await confirm(browser, first.id)).body.redirectTo).toContain('https://hohhot.example/start');
    expect((await confirm(browser, first.id)).body).toMatchObject({ code: 'HUB_AUTHORISATION_EXPIRED' });
    expect((await browser.call('/api/v1/hub/targets')).status).toBe(200);
    expect((await choose(browser)).status).toBe(201);
  });

  test('SM-HUB-SESSION MAINTAINING → EDITING_INFO: the primary alone; a secondary reads', async () => {
    const spare = await world.home.issue({ keyNo: 'SPARE' });
    const proof = await holder.browser.proof('activate', spare);
    await holder.browser.call('/api/v1/hub/enterprise/certificates', { body: proof });
    const browser = world.browser();
    expect((await logIn(browser, spare)).body).toMatchObject({ session: { role: 'SECONDARY' } });
    const before = await read(browser);
    expect(before).toMatchObject({ editable: false });
    expect((await change(browser, before.version)).body).toMatchObject({ code: 'HUB_PRIMARY_ONLY' });
    expect((await change(holder.browser, before.version)).body).toMatchObject({ roles: ['AGENCY'] });
  });

  test('SM-HUB-SESSION a logout leads back to ANON, wherever one stood', async () => {
    const { browser } = holder;
    const { body } = await choose(browser);
    expect((await browser.call('/api/v1/hub/session', { method: 'DELETE' })).status).toBe(204);
    await expectClosed(browser, body.id);
  });
});
