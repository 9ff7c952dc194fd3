import { createRemoteJWKSet, jwtVerify } from 'jose';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { withTransaction } from '../../../src/infra/database/database.ts';
import type { Browser } from '../../support/oidc/browser.ts';
import { FACTS, startHub, type TestHub } from '../../support/oidc/hub.ts';
import { type Platform, startPlatform } from '../../support/oidc/platform.ts';

let hub: TestHub;
let first: Platform;
let second: Platform;
beforeAll(async () => {
  first = await startPlatform('platform-a');
  second = await startPlatform('platform-b');
  hub = await startHub([first, second]);
});
afterAll(async () => {
  await hub.close();
  await first.close();
  await second.close();
});

const logInto = async (browser: Browser, platforms: readonly Platform[], facts = {}) => {
  await hub.logIn(browser, facts);
  const sids: unknown[] = [];
  let idToken = '';
  for (const platform of platforms) {
    const pending = await platform.begin(hub.issuer);
    const tokens = await pending.finish(await hub.walk(browser, pending.url));
    sids.push(tokens.claims()?.['sid']);
    idToken = tokens.id_token!;
  }
  return { sids, idToken };
};
const noticed = (platform: Platform, count: number) =>
  vi.waitFor(() => expect(platform.notices.length).toBe(count), { timeout: 30_000 });

test('leaving the hub tells every platform of the session by the back channel', async () => {
  const browser = hub.browser();
  const { sids } = await logInto(browser, [first, second]);
  const before = [first.notices.length, second.notices.length] as const;
  await browser.api('/test/logout', 'POST', {});
  await noticed(first, before[0] + 1);
  await noticed(second, before[1] + 1);
  const keys = createRemoteJWKSet(new URL(`${hub.issuer}/jwks`));
  const { payload } = await jwtVerify(first.notices.at(-1)!, keys, {
    issuer: hub.issuer,
    audience: 'platform-a',
  });
  expect(payload).toMatchObject({
    sub: FACTS.entityId,
    sid: sids[0],
    events: { 'http://schemas.openid.net/event/backchannel-logout': {} },
  });
  expect((await browser.api<object>('/test/session')).body).toEqual({});
});

test('a notice that a platform could not take is sent again', async () => {
  const browser = hub.browser();
  await logInto(browser, [first]);
  const before = first.notices.length;
  first.answers.push(503);
  await browser.api('/test/logout', 'POST', {});
  await noticed(first, before + 2);
});

test('RP-initiated logout: the holder chooses, platforms are told, the browser returns to the platform', async () => {
  const browser = hub.browser();
  const { idToken } = await logInto(browser, [first, second]);
  const before = second.notices.length;
  const url = `${hub.issuer}/session/end?${new URLSearchParams({
    id_token_hint: idToken,
    post_logout_redirect_uri: `${second.origin}/bye`,
    state: 'xyz',
  })}`;
  const page = await browser.get(url);
  const html = await page.text();
  expect(html).toContain('全部退出');
  expect(page.headers.get('content-security-policy')).toContain(second.origin);
  const xsrf = /name="xsrf" value="([^"]+)"/.exec(html)![1]!;
  const done = await browser.form(`${hub.issuer}/session/end/confirm`, { xsrf, logout: 'yes' });
  expect(done.headers.get('location')).toBe(`${second.origin}/bye?state=xyz`);
  await noticed(second, before + 1);
  expect((await browser.api<object>('/test/session')).body).toEqual({});
});

test('RP-initiated logout cannot be forged, nor lead to a foreign address', async () => {
  const browser = hub.browser();
  const { idToken } = await logInto(browser, [second]);
  const foreign = await browser.get(
    `${hub.issuer}/session/end?${new URLSearchParams({ id_token_hint: idToken, post_logout_redirect_uri: 'https://evil.example/' })}`,
  );
  expect(foreign.status).toBe(400);
  const forged = await browser.form(`${hub.issuer}/session/end/confirm`, { xsrf: 'guess', logout: 'yes' });
  expect(forged.status).toBe(400);
  expect((await browser.api<{ id: string }>('/test/session')).body.id).toBeTypeOf('string');
});

test('HUB-088 ending the sessions of a certificate leaves the others alone', async () => {
  const [mine, other] = [hub.browser(), hub.browser()];
  await logInto(mine, [first], { certificateId: 'gone' });
  await logInto(other, [first], { certificateId: 'stays' });
  const before = first.notices.length;
  const ended = await withTransaction(hub.infra.database, (tx) =>
    hub.identity.sessions.endForCertificate(tx, 'gone'),
  );
  hub.infra.outbox.poke();
  expect(ended).toBe(1);
  expect((await mine.api<object>('/test/session')).body).toEqual({});
  expect((await other.api<{ id: string }>('/test/session')).body.id).toBeTypeOf('string');
  await noticed(first, before + 1);
});

test('the desk sees live sessions, newest first, and can end one', async () => {
  const browser = hub.browser();
  const id = await hub.logIn(browser);
  const page = await hub.identity.sessions.list(hub.infra.database.db, { limit: 100, offset: 0 });
  expect(page.items.map((one) => one.id)).toContain(id);
  expect(page.total).toBe(page.items.length);
  expect(await withTransaction(hub.infra.database, (tx) => hub.identity.sessions.endById(tx, id))).toBe(true);
  expect(await withTransaction(hub.infra.database, (tx) => hub.identity.sessions.endById(tx, id))).toBe(
    false,
  );
  expect((await browser.api<object>('/test/session')).body).toEqual({});
});

test('a new login gets a new session: a planted cookie is worth nothing', async () => {
  const browser = hub.browser();
  await hub.logIn(browser);
  const planted = browser.cookie('hufu_session');
  await hub.logIn(browser);
  expect(browser.cookie('hufu_session')).not.toBe(planted);
});
