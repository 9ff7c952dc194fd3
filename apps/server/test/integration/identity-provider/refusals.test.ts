import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import type { Browser } from '../../support/oidc/browser.ts';
import { atInteraction, authorised, confirm, startHub, type TestHub } from '../../support/oidc/hub.ts';
import { type Platform, startPlatform } from '../../support/oidc/platform.ts';

let hub: TestHub;
let platform: Platform;
let browser: Browser;
beforeAll(async () => {
  platform = await startPlatform('platform-a');
  hub = await startHub([platform]);
});
afterAll(async () => {
  await hub.close();
  await platform.close();
});
beforeEach(async () => {
  hub.clients.set(platform.clientId, platform.registration);
  browser = hub.browser();
  await hub.logIn(browser);
});

const suspend = () => hub.clients.set(platform.clientId, { ...platform.registration, suspended: true });
const refusals = async (code: string) => {
  const { rows } = await hub.infra.database.pool.query<{ n: string }>(
    `select count(*) as n from audit_entry where outcome = 'refused' and code = $1`,
    [code],
  );
  return Number(rows[0]!.n);
};
const errorOf = async (work: Promise<unknown>) =>
  work.then(
    () => 'none',
    (error: { error?: string; code?: string; status?: number }) => error.error ?? error.status ?? error.code,
  );

test('declined: the platform hears access_denied and gets no code', async () => {
  const pending = await platform.begin(hub.issuer);
  const uid = await atInteraction(browser, pending.url);
  const { body } = await browser.api<{ redirectTo: string }>(`/interaction/${uid}/abort`, 'POST');
  const end = await browser.follow(body.redirectTo);
  const left = 'left' in end ? end.left : undefined;
  expect(left?.searchParams.get('error')).toBe('access_denied');
  expect(left?.searchParams.has('code')).toBe(false);
});

test('a code works once; the second use revokes what the first one gave', async () => {
  const pending = await platform.begin(hub.issuer);
  const callback = await hub.walk(browser, pending.url);
  const tokens = await pending.finish(callback);
  expect(await errorOf(pending.finish(callback))).toBe('invalid_grant');
  const userinfo = await fetch(`${hub.issuer}/me`, {
    headers: { authorization: `Bearer ${tokens.access_token}` },
  });
  expect(userinfo.status).toBe(401);
});

test('of two uses of one code at the same moment one succeeds', async () => {
  const pending = await platform.begin(hub.issuer);
  const callback = await hub.walk(browser, pending.url);
  const results = await Promise.all([1, 2, 3].map(() => errorOf(pending.finish(callback))));
  expect(results.filter((one) => one === 'none').length).toBeLessThanOrEqual(1);
  expect(results.filter((one) => one === 'invalid_grant').length).toBeGreaterThanOrEqual(2);
});

test('PKCE is required', async () => {
  const pending = await platform.begin(hub.issuer, { withoutPkce: true });
  const end = await browser.follow(pending.url);
  expect('left' in end && end.left.searchParams.get('error')).toBe('invalid_request');
});

test('a wrong client secret is refused', async () => {
  const pending = await platform.begin(hub.issuer);
  const callback = await hub.walk(browser, pending.url);
  const answer = await fetch(`${hub.issuer}/token`, {
    method: 'POST',
    headers: { authorization: `Basic ${Buffer.from('platform-a:guess').toString('base64')}` },
    body: new URLSearchParams({ grant_type: 'authorization_code', code: callback.searchParams.get('code')! }),
  });
  expect(answer.status).toBe(401);
});

test('a hostile redirect_uri gets a page here and is never visited', async () => {
  const before = await refusals('OIDC_REDIRECT_URI');
  const pending = await platform.begin(hub.issuer, {
    parameters: { redirect_uri: 'https://evil.example/callback' },
  });
  const answer = await browser.get(pending.url);
  const text = await answer.text();
  expect([answer.status, answer.headers.get('location')]).toEqual([400, null]);
  expect(text).toContain('返回地址未登记');
  expect(text).not.toContain('evil.example');
  expect(answer.headers.get('content-security-policy')).toContain("default-src 'none'");
  expect(await refusals('OIDC_REDIRECT_URI')).toBe(before + 1);
  const english = await browser.get(pending.url, { 'accept-language': 'en' });
  expect(await english.text()).toContain('not registered');
});

test('an unknown platform gets a page here', async () => {
  const pending = await platform.begin(hub.issuer, { parameters: { client_id: 'nobody' } });
  const answer = await browser.get(pending.url);
  expect([answer.status, answer.headers.get('location')]).toEqual([400, null]);
  expect(await answer.text()).toContain('未登记');
});

test('suspended before the request: refused with the reason', async () => {
  const pending = await platform.begin(hub.issuer);
  suspend();
  const answer = await browser.get(pending.url);
  expect([answer.status, await answer.text()]).toEqual([
    403,
    expect.stringContaining('HUB_PLATFORM_SUSPENDED'),
  ]);
});

test('suspended between the two confirmations: nothing is issued', async () => {
  const pending = await platform.begin(hub.issuer);
  const uid = await atInteraction(browser, pending.url);
  const shown = await authorised(browser, uid);
  suspend();
  const answer = await confirm(browser, uid, shown);
  expect([answer.status, answer.body.code]).toEqual([403, 'HUB_PLATFORM_SUSPENDED']);
  hub.clients.set(platform.clientId, platform.registration);
  expect((await confirm(browser, uid, shown)).status).toBe(200);
});

test('a platform that is answered by a page gets its code by one; suspended after 确认登录, none', async () => {
  const byPage = { parameters: { response_mode: 'form_post' } };
  for (const suspended of [false, true]) {
    const pending = await platform.begin(hub.issuer, byPage);
    const uid = await atInteraction(browser, pending.url);
    const { body } = await confirm(browser, uid, await authorised(browser, uid));
    if (suspended) suspend();
    const end = await browser.follow(body.redirectTo);
    const answer = 'stayed' in end ? end.stayed : undefined;
    expect(answer?.status).toBe(suspended ? 403 : 200);
    expect((await answer?.text())?.includes('name="code"')).toBe(!suspended);
  }
});

test('of two 确认登录 at the same moment one goes on', async () => {
  const pending = await platform.begin(hub.issuer);
  const uid = await atInteraction(browser, pending.url);
  const shown = await authorised(browser, uid);
  const both = await Promise.all([confirm(browser, uid, shown), confirm(browser, uid, shown)]);
  expect(both.map((one) => one.status).toSorted()).toEqual([200, 410]);
  const { redirectTo } = both.find((one) => one.status === 200)!.body;
  expect(await errorOf(pending.finish(new URL(redirectTo)))).toBe('none');
});

test('suspended before the token request: the code is not redeemed', async () => {
  const pending = await platform.begin(hub.issuer);
  const callback = await hub.walk(browser, pending.url);
  suspend();
  expect(await errorOf(pending.finish(callback))).toBe(401);
});

test('the session ended before the token request: the code is worth nothing', async () => {
  const pending = await platform.begin(hub.issuer);
  const callback = await hub.walk(browser, pending.url);
  await browser.api('/test/logout', 'POST', {});
  expect(await errorOf(pending.finish(callback))).toBe('invalid_grant');
});

test('an entity that is not bound any more gets no token', async () => {
  const pending = await platform.begin(hub.issuer);
  const callback = await hub.walk(browser, pending.url);
  const claims = hub.entities.get('entity-1')!;
  hub.entities.delete('entity-1');
  const result = await errorOf(pending.finish(callback));
  hub.entities.set('entity-1', claims);
  expect(result).toBe('invalid_grant');
});

test('an expired page offers to begin again at the platform', async () => {
  const pending = await platform.begin(hub.issuer);
  const uid = await atInteraction(browser, pending.url);
  await hub.infra.database.pool.query(
    `update oidc_artefact set expires_at = now() - interval '1 second' where kind = 'Interaction'`,
  );
  const answer = await browser.api<{ code: string; fields: { restartUrl: string } }>(
    `/interaction/${uid}/details`,
  );
  expect([answer.status, answer.body.code]).toEqual([410, 'HUB_INTERACTION_EXPIRED']);
  expect(answer.body.fields.restartUrl).toBe(
    `${platform.origin}/login?iss=${encodeURIComponent(hub.issuer)}`,
  );
  const resumed = await browser.get(`${hub.issuer}/auth/${uid}`);
  expect(resumed.status).toBe(400);
  expect(await resumed.text()).toContain(`${platform.origin}/login`);
});

test('the back button after a finished login leads to the same offer', async () => {
  const pending = await platform.begin(hub.issuer);
  const uid = await atInteraction(browser, pending.url);
  const shown = await authorised(browser, uid);
  expect((await confirm(browser, uid, shown)).status).toBe(200);
  const details = await browser.api<{ code: string }>(`/interaction/${uid}/details`);
  expect([details.status, details.body.code]).toEqual([410, 'HUB_INTERACTION_EXPIRED']);
  const again = await confirm(browser, uid, shown);
  expect([again.status, again.body.code]).toEqual([410, 'HUB_INTERACTION_EXPIRED']);
  expect((await browser.get(`${hub.issuer}/auth/${uid}`)).status).toBe(400);
});

test('two tabs: each login goes its own way', async () => {
  const [one, two] = [await platform.begin(hub.issuer), await platform.begin(hub.issuer)];
  const first = await atInteraction(browser, one.url);
  const second = await atInteraction(browser, two.url);
  for (const [uid, pending] of [
    [second, two],
    [first, one],
  ] as const) {
    const { body } = await confirm(browser, uid, await authorised(browser, uid));
    const end = await browser.follow(body.redirectTo);
    expect('left' in end && (await errorOf(pending.finish(end.left)))).toBe('none');
  }
});

test('a page of another site cannot confirm for the holder', async () => {
  const pending = await platform.begin(hub.issuer);
  const uid = await atInteraction(browser, pending.url);
  const answer = await fetch(`${hub.infra.config.baseUrl}/interaction/${uid}/confirm`, {
    method: 'POST',
    headers: { origin: 'https://evil.example', 'content-type': 'application/json' },
    body: '{"authorisation":null}',
  });
  expect(answer.status).toBe(403);
});

test('a forged session cookie is nobody', async () => {
  const value = browser.cookie('hufu_session')!;
  const answer = await fetch(`${hub.infra.config.baseUrl}/test/session`, {
    headers: { cookie: `hufu_session=${value}; hufu_session.sig=AAAA` },
  });
  expect(await answer.json()).toEqual({});
});
