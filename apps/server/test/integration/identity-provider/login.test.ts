import { decodeJwt, decodeProtectedHeader } from 'jose';
import * as client from 'openid-client';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { atInteraction, authorised, confirm, FACTS, startHub, type TestHub } from '../../support/oidc/hub.ts';
import { type Platform, startPlatform } from '../../support/oidc/platform.ts';

let hub: TestHub;
let first: Platform;
let second: Platform;
let pairwise: Platform;
beforeAll(async () => {
  first = await startPlatform('platform-a');
  second = await startPlatform('platform-b', { idTokenAlgorithm: 'RS256' });
  pairwise = await startPlatform('platform-c', { subjectType: 'pairwise', authentication: 'none' });
  hub = await startHub([first, second, pairwise]);
});
afterAll(async () => {
  await hub.close();
  for (const one of [first, second, pairwise]) await one.close();
});

test('HUB-064 code flow with PKCE: login, both confirmations, claims in ID token and userinfo (OD-07)', async () => {
  const browser = hub.browser();
  const pending = await first.begin(hub.issuer);
  const uid = await atInteraction(browser, pending.url);
  const details = () => browser.api<{ step: string }>(`/interaction/${uid}/details`);
  expect((await details()).body.step).toBe('LOGIN');
  await hub.logIn(browser);
  expect((await details()).body.step).toBe('AUTHORISE');
  const { body } = await confirm(browser, uid, await authorised(browser, uid));
  const end = await browser.follow(body.redirectTo);
  const tokens = await pending.finish('left' in end ? end.left : new URL('about:blank'));

  expect(tokens.claims()).toMatchObject({
    iss: hub.issuer,
    sub: FACTS.entityId,
    uscc: '91150102MA0N5B9H71',
    entity_name: '内蒙古测试有限公司',
    entity_roles: ['BIDDER'],
    cert_serial: '5f3a00c1',
    cert_issuer: 'CN=Test Root',
    cert_kind: 'enterprise',
    key_role: 'PRIMARY',
    acr: 'urn:hufu:acr:usb-key',
    amr: ['hwk', 'pin', 'mfa'],
  });
  expect(decodeProtectedHeader(tokens.id_token!).alg).toBe('ES256');
  const config = await first.configuration(hub.issuer);
  const userinfo = await client.fetchUserInfo(config, tokens.access_token, FACTS.entityId);
  expect(userinfo).toMatchObject({ uscc: '91150102MA0N5B9H71', cert_serial: '5f3a00c1' });
  expect(hub.entered).toContainEqual({ entityId: FACTS.entityId, clientId: 'platform-a' });
});

test('HUB-063 a second platform costs no second login, but always both confirmations', async () => {
  const browser = hub.browser();
  await hub.logIn(browser);
  for (const platform of [first, second, first]) {
    const pending = await platform.begin(hub.issuer);
    const tokens = await pending.finish(await hub.walk(browser, pending.url));
    expect(tokens.claims()?.sub).toBe(FACTS.entityId);
  }
  const { body } = await browser.api<{ platforms: string[] }>('/test/session');
  expect(body.platforms.toSorted()).toEqual(['platform-a', 'platform-b']);
});

test('HUB-062 确认登录 without 确认授权 is refused, and one session cannot confirm for another', async () => {
  const browser = hub.browser();
  await hub.logIn(browser);
  const pending = await first.begin(hub.issuer);
  const uid = await atInteraction(browser, pending.url);
  const early = await confirm(browser, uid, null);
  expect([early.status, early.body.code]).toEqual([409, 'OIDC_CONFIRMATION_ORDER']);
  const shown = await authorised(browser, uid);
  await hub.logIn(browser, { certificateId: 'certificate-2' });
  const other = await confirm(browser, uid, shown);
  expect([other.status, other.body.code]).toEqual([409, 'OIDC_CONFIRMATION_ORDER']);
});

test('an interaction belongs to the browser that began it', async () => {
  const pending = await first.begin(hub.issuer);
  const uid = await atInteraction(hub.browser(), pending.url);
  const stranger = hub.browser();
  await hub.logIn(stranger);
  const { body } = await stranger.api<{ id: string }>('/test/session');
  const answer = await confirm(stranger, uid, body.id);
  expect([answer.status, answer.body.code]).toEqual([410, 'HUB_INTERACTION_EXPIRED']);
});

test('HUB-062 HUB-063 both confirmations are recorded, in their order, for this session', async () => {
  const browser = hub.browser();
  await hub.logIn(browser);
  const pending = await first.begin(hub.issuer);
  await hub.walk(browser, pending.url);
  const { rows } = await hub.infra.database.pool.query(
    `select action, actor_id, actor_certificate, subject_id, outcome, source_hash is not null as source
       from audit_entry where action like 'interaction.%' order by id desc limit 2`,
  );
  const entry = {
    actor_id: FACTS.entityId,
    actor_certificate: FACTS.certificateId,
    subject_id: 'platform-a',
    outcome: 'ok',
    source: true,
  };
  expect(rows.toReversed()).toEqual([
    { ...entry, action: 'interaction.authorise' },
    { ...entry, action: 'interaction.confirm' },
  ]);
});

test('way B: confirmed on the hub, the platform’s request goes straight through, once', async () => {
  const browser = hub.browser();
  await hub.logIn(browser);
  const { body } = await browser.api<{ redirectTo: string }>('/test/intent', 'POST', {
    clientId: 'platform-a',
  });
  const entry = new URL(body.redirectTo);
  expect(entry.origin + entry.pathname).toBe(`${first.origin}/login`);
  expect(entry.searchParams.get('iss')).toBe(hub.issuer);
  const pending = await first.begin(hub.issuer);
  const end = await browser.follow(pending.url);
  expect('left' in end && (await pending.finish(end.left)).claims()?.sub).toBe(FACTS.entityId);
  const again = await first.begin(hub.issuer);
  await atInteraction(browser, again.url);
  const foreign = await second.begin(hub.issuer);
  await atInteraction(browser, foreign.url);
});

test('PAR: a pushed request logs in, and its address works once', async () => {
  const browser = hub.browser();
  await hub.logIn(browser);
  const pending = await first.begin(hub.issuer, { par: true });
  expect(new URL(pending.url).searchParams.has('redirect_uri')).toBe(false);
  const tokens = await pending.finish(await hub.walk(browser, pending.url));
  expect(tokens.claims()?.sub).toBe(FACTS.entityId);
});

test('pairwise subjects differ per platform and stay the same; a public client needs PKCE alone', async () => {
  const subjects: (string | undefined)[] = [];
  for (let at = 0; at < 2; at++) {
    const browser = hub.browser();
    await hub.logIn(browser);
    const pending = await pairwise.begin(hub.issuer);
    subjects.push((await pending.finish(await hub.walk(browser, pending.url))).claims()?.sub);
  }
  expect(subjects[0]).toBe(subjects[1]);
  expect(subjects[0]).not.toBe(FACTS.entityId);
});

test('prompt=login asks for a fresh login even in a session; prompt=none is answered, not shown', async () => {
  const browser = hub.browser();
  await hub.logIn(browser);
  const silent = await first.begin(hub.issuer, { parameters: { prompt: 'none' } });
  const end = await browser.follow(silent.url);
  expect('left' in end && end.left.searchParams.get('error')).toBe('interaction_required');
});

test('JWKS: the next key is published before it signs, the last one stays; tokens verify throughout', async () => {
  const { vault } = hub.infra;
  const kids = async () => {
    const { keys } = (await (await fetch(`${hub.issuer}/jwks`)).json()) as {
      keys: { kid: string; alg: string; d?: string }[];
    };
    expect(keys.every((key) => key.d === undefined)).toBe(true);
    return keys.filter((key) => key.alg === 'ES256').map((key) => key.kid);
  };
  const login = async () => {
    const browser = hub.browser();
    await hub.logIn(browser);
    const pending = await first.begin(hub.issuer);
    const tokens = await pending.finish(await hub.walk(browser, pending.url));
    return decodeProtectedHeader(tokens.id_token!).kid;
  };
  const [old] = await kids();
  const next = await vault.prepare('oidc', 'ES256');
  expect(await kids()).toEqual([old, next.id]);
  expect(await login()).toBe(old);
  await vault.rotate('oidc', 'ES256');
  expect(await kids()).toEqual([next.id, old]);
  expect(await login()).toBe(next.id);
});

test('the log holds no token, code, cookie or personal data', async () => {
  const browser = hub.browser();
  await hub.logIn(browser);
  const pending = await first.begin(hub.issuer);
  const callback = await hub.walk(browser, pending.url);
  const tokens = await pending.finish(callback);
  const log = hub.infra.logged.join('');
  const secrets = [
    callback.searchParams.get('code')!,
    tokens.access_token,
    tokens.id_token!,
    browser.cookie('hufu_session')!,
  ];
  for (const secret of secrets) {
    expect(secret.length).toBeGreaterThan(10);
    expect(log).not.toContain(secret);
  }
  expect(log).not.toContain('91150102MA0N5B9H71');
  const { rows } = await hub.infra.database.pool.query<{ line: string }>(
    `select row_to_json(t)::text as line from oidc_artefact t union all select row_to_json(s)::text from login_session s
     union all select row_to_json(a)::text from audit_entry a`,
  );
  const kept = rows.map((row) => row.line).join('\n');
  for (const secret of secrets) expect(kept).not.toContain(secret);
  expect(decodeJwt(tokens.id_token!).aud).toBe('platform-a');
});
