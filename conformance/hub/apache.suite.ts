import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Apache, apacheAddresses, startApache } from '../support/apache.ts';
import type { Browser } from '../support/browser.ts';
import {
  authorised,
  type Bound,
  boundAndLoggedIn,
  confirmTwice,
  leaveHub,
  logIn,
  openInteraction,
} from '../support/holder.ts';
import { expectStatus, type Installation } from '../support/installation.ts';
import { freePort, START_WITHIN_MS } from '../support/programs.ts';

/** Apache with mod_auth_openidc, unmodified, as a platform of the hub. */
export function apacheSuite(installation: () => Installation): void {
  /** No platform of the region: the desk enters it as a new one. */
  const CODE = 'apache-witness';

  let hub: Installation;
  let apache: Apache;
  let port: number;

  type Registered = Readonly<Record<string, unknown>> & { readonly clientId: string };

  /** One proposes that the platform joins, another agrees with a signature of their key. */
  async function join(platform: Registered): Promise<void> {
    const proposed = await (await hub.operator(0)).browser.call<{ id: string }>(
      `/api/v1/desk/platforms/${CODE}`,
      { method: 'PATCH', body: { ...platform, joined: true, reason: '接入互认' } },
    );
    expectStatus(proposed as never, 202);
    const { id } = proposed.body;
    const { browser, key } = await hub.operator(1);
    const proof = await browser.proof('desk-approve', key, { subject: `APPROVE:${id}` });
    const decided = await browser.call(`/api/v1/desk/approvals/${id}/decision`, {
      body: { decision: 'APPROVE', note: '', proof },
    });
    expectStatus(decided as never, 200);
  }

  /** The desk registers the platform, as for any vendor; the secret is told once and goes into Apache's configuration. */
  async function register(): Promise<{ clientId: string; clientSecret: string }> {
    const { browser } = await hub.operator(0);
    const { base, redirectUri, backchannel, goodbye } = apacheAddresses(port);
    const answer = await browser.call<{ platform: Registered; clientSecret: string }>(
      '/api/v1/desk/platforms',
      {
        body: {
          code: CODE,
          name: '见证平台',
          nameEn: 'Witness platform',
          group: 'WEST',
          homeUrl: `${base}/`,
          supportPhone: '0471-0000001',
          subsystems: [],
          filingMode: 'LOCAL',
          subjectType: 'public',
          redirectUris: [redirectUri],
          postLogoutRedirectUris: [goodbye],
          initiateLoginUri: `${redirectUri}`,
          backchannelLogoutUri: backchannel,
          reason: '测试登记',
        },
      },
    );
    expectStatus(answer as never, 201);
    await join(answer.body.platform);
    return { clientId: answer.body.platform.clientId, clientSecret: answer.body.clientSecret };
  }

  beforeAll(async () => {
    hub = installation();
    port = await freePort();
    apache = await startApache({ port, issuer: hub.issuer, ...(await register()) });
  }, START_WITHIN_MS);
  afterAll(() => apache?.stop());

  const page = (address = '/protected/index.shtml') => `${apache.base}${address}`;

  /** From a protected page of the platform through the hub and back to that page. */
  async function enter(browser: Browser, address = page()): Promise<string> {
    const uid = await openInteraction(browser, address);
    const callback = await confirmTwice(browser, uid);
    expect(callback.href.startsWith(apacheAddresses(port).redirectUri)).toBe(true);
    const { answer } = await browser.follow(callback.href, () => true);
    expectStatus(answer, 200);
    return answer.text;
  }

  const shown = (text: string) =>
    Object.fromEntries(text.split('\n').map((line) => line.split('=', 2) as [string, string]));

  describe('Apache with mod_auth_openidc, unmodified, is a platform of the hub', () => {
    let holder: Bound;
    beforeAll(async () => {
      holder = await boundAndLoggedIn(hub);
    });

    test('HUB-064 PLAT-001 OD-07 a whole login: Apache serves its protected page to the enterprise', async () => {
      const said = shown(await enter(holder.browser));
      expect(said).toMatchObject({
        REMOTE_USER: holder.uscc,
        OIDC_CLAIM_uscc: holder.uscc,
        OIDC_CLAIM_entity_name: holder.unitName,
        OIDC_CLAIM_entity_roles: 'BIDDER',
        OIDC_CLAIM_cert_serial: expect.stringMatching(new RegExp(`^${holder.key.serialHex}$`, 'i')),
        OIDC_CLAIM_cert_kind: 'enterprise',
        OIDC_CLAIM_key_role: 'PRIMARY',
      });
      // Logged in: the page again, without the hub.
      const again = await holder.browser.open(page());
      expect(again.status).toBe(200);
    });

    test('OD-07 a claim decides at the platform: a bidder is no agency', async () => {
      expect((await holder.browser.open(page('/protected/agencies/index.shtml'))).status).toBe(401);
    });

    test('HUB-002 begun at the platform without a session: the hub asks for the key first', async () => {
      const browser = hub.browser();
      const uid = await openInteraction(browser, page());
      const before = await browser.call<{ step: string; platform: { code: string } }>(
        `/interaction/${uid}/details`,
      );
      expect(before.body).toMatchObject({ step: 'LOGIN', platform: { code: CODE } });
      const confirm = { body: { authorisation: null } };
      expectStatus(await browser.call(`/interaction/${uid}/confirm`, confirm), 401);
      const login = await logIn(browser, holder);
      expectStatus(login as never, 201);
      // What the login has answered is what the page would be told.
      expect(login.body.admission?.id).toBe(await authorised(browser, uid));
      const callback = await confirmTwice(browser, uid);
      const { answer } = await browser.follow(callback.href, () => true);
      expect(shown(answer.text)['REMOTE_USER']).toBe(holder.uscc);
    });

    test('HUB-063 refused by the holder: Apache gets access_denied and no session', async () => {
      const browser = hub.browser();
      const uid = await openInteraction(browser, page());
      const { body } = await browser.call<{ redirectTo: string }>(`/interaction/${uid}/abort`, {
        method: 'POST',
      });
      const back = await leaveHub(browser, body.redirectTo);
      expect(back.href.startsWith(apacheAddresses(port).redirectUri)).toBe(true);
      expect(back.searchParams.get('error')).toBe('access_denied');
      expect((await browser.open(back.href)).text).not.toContain('REMOTE_USER');
      expect((await browser.open(page())).status).toBe(302);
    });

    test('OD-07 logging out at the hub ends the session in Apache by the back channel', async () => {
      const other = await boundAndLoggedIn(hub);
      await enter(other.browser);
      expectStatus(await other.browser.call('/api/v1/hub/session', { method: 'DELETE' }), 204);
      await expect.poll(async () => (await other.browser.open(page())).status).toBe(302);
      // Nobody else is logged out with it.
      expect((await holder.browser.open(page())).status).toBe(200);
    });

    test('OD-07 a logout notice that the hub did not sign ends nothing', async () => {
      const forged = ['{"alg":"none"}', JSON.stringify({ iss: hub.issuer, sub: 'anybody' }), '']
        .map((part) => Buffer.from(part).toString('base64url'))
        .join('.');
      const answer = await fetch(apacheAddresses(port).backchannel, {
        method: 'POST',
        body: new URLSearchParams({ logout_token: forged }),
      });
      expect(answer.status).toBeGreaterThanOrEqual(400);
      expect((await holder.browser.open(page())).status).toBe(200);
    });

    test('OD-07 logging out at Apache leads over the hub and back, and ends both when the holder says so', async () => {
      const { browser } = holder;
      const { redirectUri, goodbye } = apacheAddresses(port);
      const begin = `${redirectUri}?logout=${encodeURIComponent(goodbye)}`;
      const { answer } = await browser.follow(begin, () => true);
      expectStatus(answer, 200);
      const action = /action="([^"]+)"/.exec(answer.text)?.[1];
      const secret = /name="xsrf" value="([^"]+)"/.exec(answer.text)?.[1];
      expect(action).toBe(`${hub.issuer}/session/end/confirm`);
      const left = await browser.call(action!, {
        body: new URLSearchParams({ xsrf: secret!, logout: 'yes' }),
      });
      expect(left.headers.get('location')).toMatch(goodbye);
      expectStatus(await browser.call('/api/v1/hub/session'), 401);
      await expect.poll(async () => (await browser.open(page())).status).toBe(302);
    });

    test('HUB-062 a platform that the desk suspends gets nobody in any more', async () => {
      const late = await boundAndLoggedIn(hub);
      const uid = await openInteraction(late.browser, page());
      const authorisation = await authorised(late.browser, uid);
      const { browser } = await hub.operator(0);
      expectStatus(
        await browser.call(`/api/v1/desk/platforms/${CODE}/suspension`, { body: { reason: '安全事件' } }),
        200,
      );
      const answer = await late.browser.call(`/interaction/${uid}/confirm`, { body: { authorisation } });
      expect(answer.status).toBe(403);
      expect(answer.body).toMatchObject({ code: 'HUB_PLATFORM_SUSPENDED' });
    });
  });
}
