import { createRemoteJWKSet, decodeJwt, jwtVerify } from 'jose';
import * as client from 'openid-client';
import { beforeAll, describe, expect, test } from 'vitest';
import { type Bound, boundAndLoggedIn, confirmTwice, leaveHub, openInteraction } from '../support/holder.ts';
import { expectStatus, type Installation, type PlatformOrder } from '../support/installation.ts';
import { START_WITHIN_MS } from '../support/programs.ts';

/** Data of a platform that the demo registers at its start. */
export const platform = (code: string): PlatformOrder => ({
  code,
  clientId: code,
  clientSecret: `secret-of-${code}-0123456789`,
  joined: true,
  redirectUris: [`https://${code}.example/oidc/callback`],
  postLogoutRedirectUris: [`https://${code}.example/`],
  initiateLoginUri: `https://${code}.example/oidc/initiate`,
});

/** openid-client, unmodified, as a platform of the hub. */
export function openidClientSuite(installation: () => Installation): void {
  const CALLBACK = 'https://hohhot.example/oidc/callback';
  const GOODBYE = 'https://hohhot.example/';
  const SCOPE = 'openid entity certificate';

  let hub: Installation;
  let holder: Bound;
  let config: client.Configuration;

  beforeAll(async () => {
    hub = installation();
    config = await configurationOf('hohhot');
    holder = await boundAndLoggedIn(hub);
  }, START_WITHIN_MS);

  function configurationOf(code: string, secret = `secret-of-${code}-0123456789`) {
    return client.discovery(new URL(hub.issuer), code, secret, undefined, {
      execute: [client.allowInsecureRequests],
    });
  }

  async function loginRequest(more: Readonly<Record<string, string>> = {}) {
    const verifier = client.randomPKCECodeVerifier();
    const state = client.randomState();
    const nonce = client.randomNonce();
    const parameters = {
      redirect_uri: CALLBACK,
      scope: SCOPE,
      code_challenge: await client.calculatePKCECodeChallenge(verifier),
      code_challenge_method: 'S256',
      state,
      nonce,
      ...more,
    };
    const checks = { pkceCodeVerifier: verifier, expectedState: state, expectedNonce: nonce };
    return { parameters, checks };
  }

  type Login = Awaited<ReturnType<typeof loginRequest>>;

  async function enter({ parameters }: Login, { browser }: Pick<Bound, 'browser'> = holder): Promise<URL> {
    const uid = await openInteraction(browser, client.buildAuthorizationUrl(config, parameters).href);
    return confirmTwice(browser, uid);
  }

  /** What openid-client throws, by its OAuth code. */
  async function refusal(work: Promise<unknown>): Promise<{ error?: string; status?: number }> {
    return work.then(
      () => ({}),
      (thrown: { error?: string; status?: number }) => thrown,
    );
  }

  describe('openid-client 6, unmodified, is a platform of the hub', () => {
    test('OD-07 discovery tells what there is, and nothing that weakens it', () => {
      const metadata = config.serverMetadata();
      expect(metadata).toMatchObject({
        issuer: hub.issuer,
        response_types_supported: ['code'],
        code_challenge_methods_supported: ['S256'],
        backchannel_logout_supported: true,
        backchannel_logout_session_supported: true,
        pushed_authorization_request_endpoint: `${hub.issuer}/request`,
      });
      expect(metadata.id_token_signing_alg_values_supported).not.toContain('none');
      expect(metadata.id_token_signing_alg_values_supported).not.toContain('HS256');
      expect(metadata.grant_types_supported).not.toContain('implicit');
      expect(metadata.token_endpoint_auth_methods_supported).toContain('client_secret_basic');
      expect(metadata.scopes_supported).toEqual(expect.arrayContaining(['openid', 'entity', 'certificate']));
    });

    test('HUB-064 OD-07 code flow with PKCE: the claims of the enterprise and its certificate', async () => {
      const login = await loginRequest();
      const tokens = await client.authorizationCodeGrant(config, await enter(login), login.checks);
      const claims = tokens.claims()!;
      const info = await client.fetchUserInfo(config, tokens.access_token, claims.sub);
      for (const told of [claims, info]) {
        expect(told).toMatchObject({
          uscc: holder.uscc,
          entity_name: holder.unitName,
          entity_roles: ['BIDDER'],
          cert_kind: 'enterprise',
          key_role: 'PRIMARY',
        });
        expect(String(told['cert_serial']).toLowerCase()).toBe(holder.key.serialHex);
      }
      expect(claims['acr']).toBe('urn:hufu:acr:usb-key');
      // A login lasts as long as the hub's session: no token outlives it.
      expect(tokens.refresh_token).toBeUndefined();
    });

    test('OD-07 without the scopes nothing is told but who it is', async () => {
      const login = await loginRequest({ scope: 'openid' });
      const claims = (
        await client.authorizationCodeGrant(config, await enter(login), login.checks)
      ).claims()!;
      expect(claims['uscc']).toBeUndefined();
      expect(claims['entity_name']).toBeUndefined();
      expect(claims['cert_serial']).toBeUndefined();
    });

    test('OD-07 PAR: the pushed request logs in, and serves once', async () => {
      const login = await loginRequest();
      const address = await client.buildAuthorizationUrlWithPAR(config, login.parameters);
      expect([...address.searchParams.keys()].sort()).toEqual(['client_id', 'request_uri']);
      const uid = await openInteraction(holder.browser, address.href);
      const tokens = await client.authorizationCodeGrant(
        config,
        await confirmTwice(holder.browser, uid),
        login.checks,
      );
      expect(tokens.claims()!['uscc']).toBe(holder.uscc);
      const again = await leaveHub(holder.browser, address.href);
      expect(again.searchParams.get('error')).toBe('invalid_request_uri');
      expect(again.searchParams.has('code')).toBe(false);
    });

    test('HUB-063 consent refused: access_denied, and no code', async () => {
      const login = await loginRequest();
      const address = client.buildAuthorizationUrl(config, login.parameters);
      const uid = await openInteraction(holder.browser, address.href);
      const aborted = await holder.browser.call<{ redirectTo: string }>(`/interaction/${uid}/abort`, {
        method: 'POST',
      });
      const back = await leaveHub(holder.browser, aborted.body.redirectTo);
      expect(back.searchParams.has('code')).toBe(false);
      expect(await refusal(client.authorizationCodeGrant(config, back, login.checks))).toMatchObject({
        error: 'access_denied',
      });
    });

    test('HUB-064 a code works once: the second use is invalid_grant, and takes back what the first one gave', async () => {
      const login = await loginRequest();
      const callback = await enter(login);
      const tokens = await client.authorizationCodeGrant(config, callback, login.checks);
      const again = client.authorizationCodeGrant(config, callback, login.checks);
      expect(await refusal(again)).toMatchObject({ error: 'invalid_grant', status: 400 });
      const info = client.fetchUserInfo(config, tokens.access_token, tokens.claims()!.sub);
      expect(await refusal(info)).toMatchObject({ status: 401 });
    });

    test('HUB-064 a code is bound to its PKCE verifier and to its platform', async () => {
      const stolen = await loginRequest();
      const callback = await enter(stolen);
      const wrong = { ...stolen.checks, pkceCodeVerifier: client.randomPKCECodeVerifier() };
      expect(await refusal(client.authorizationCodeGrant(config, callback, wrong))).toMatchObject({
        error: 'invalid_grant',
      });
      const mine = await loginRequest();
      const other = await configurationOf('ulanqab');
      expect(
        await refusal(client.authorizationCodeGrant(other, await enter(mine), mine.checks)),
      ).toMatchObject({ error: 'invalid_grant' });
    });

    test('HUB-064 a wrong client secret is invalid_client', async () => {
      const thief = await configurationOf('hohhot', 'not-the-secret-0123456789');
      const login = await loginRequest();
      expect(
        await refusal(client.authorizationCodeGrant(thief, await enter(login), login.checks)),
      ).toMatchObject({ error: 'invalid_client', status: 401 });
    });

    test.each([
      'https://attacker.example/callback',
      `${CALLBACK}/../x`,
      `${CALLBACK}?next=https://attacker.example`,
      'https://hohhot.example.attacker.example/oidc/callback',
      'javascript:alert(1)',
      `${CALLBACK}#x`,
    ])('HUB-064 the hostile redirect_uri %s gets a page here and is never visited', async (redirectUri) => {
      const { parameters } = await loginRequest({ redirect_uri: redirectUri });
      const { answer, next } = await holder.browser.follow(
        client.buildAuthorizationUrl(config, parameters).href,
        () => false,
      );
      expect(next).toBeUndefined();
      expect(answer.status).toBe(400);
      expect(answer.headers.get('location')).toBeNull();
      expect(answer.headers.get('content-type')).toContain('text/html');
      expect(answer.text).toContain('OIDC_REDIRECT_URI');
      expect(answer.text).not.toContain('attacker');
    });

    test('HUB-064 without PKCE, and with plain PKCE, no login begins', async () => {
      for (const change of [{ code_challenge_method: 'plain' }, { code_challenge: '' }]) {
        const { parameters } = await loginRequest(change);
        const asked = Object.fromEntries(Object.entries(parameters).filter(([, value]) => value !== ''));
        if (!('code_challenge' in asked))
          delete (asked as { code_challenge_method?: string }).code_challenge_method;
        const { next } = await holder.browser.follow(
          client.buildAuthorizationUrl(config, asked).href,
          () => false,
        );
        expect(next?.href.startsWith(CALLBACK)).toBe(true);
        expect(next?.searchParams.get('error')).toBe('invalid_request');
        expect(next?.searchParams.has('code')).toBe(false);
      }
    });

    test('HUB-064 no answer leaves the code flow: token and id_token are refused', async () => {
      for (const responseType of ['token', 'id_token', 'code id_token']) {
        const { parameters } = await loginRequest({ response_type: responseType });
        const address = client.buildAuthorizationUrl(config, parameters).href;
        const { next, answer } = await holder.browser.follow(address, () => false);
        const said = next === undefined ? answer.text : next.href;
        expect(said).toMatch(/unsupported_response_type|unauthorized_client|invalid_request|OIDC_REQUEST/);
        expect(said).not.toMatch(/[?#&](access_token|id_token|code)=/);
      }
    });

    test('OD-07 JWKS: public keys alone; the ID token verifies with jose and fails when a claim is changed', async () => {
      const address = config.serverMetadata().jwks_uri!;
      const { keys } = (await (await fetch(address)).json()) as { keys: Record<string, string>[] };
      expect(keys.length).toBeGreaterThan(0);
      for (const key of keys) {
        expect(key['kid']).toBeTruthy();
        expect(key['use']).toBe('sig');
        for (const secret of ['d', 'p', 'q', 'dp', 'dq', 'qi', 'k']) expect(key).not.toHaveProperty(secret);
      }
      const login = await loginRequest();
      const { id_token: token } = await client.authorizationCodeGrant(
        config,
        await enter(login),
        login.checks,
      );
      const jwks = createRemoteJWKSet(new URL(address));
      const expected = { issuer: hub.issuer, audience: 'hohhot', algorithms: ['ES256'] };
      expect((await jwtVerify(token!, jwks, expected)).payload.sub).toBe(decodeJwt(token!).sub);
      const [head, body, signature] = token!.split('.') as [string, string, string];
      const changed = { ...decodeJwt(token!), uscc: '91150102MA0N7A2144' };
      const forged = [head, Buffer.from(JSON.stringify(changed)).toString('base64url'), signature].join('.');
      expect(body).not.toBe(forged.split('.')[1]);
      await expect(jwtVerify(forged, jwks, expected)).rejects.toThrow('signature verification failed');
    });

    test('OD-07 prompt=none without a session is answered with login_required, not with a page', async () => {
      const login = await loginRequest({ prompt: 'none' });
      const stranger = hub.browser();
      const back = await leaveHub(stranger, client.buildAuthorizationUrl(config, login.parameters).href);
      expect(await refusal(client.authorizationCodeGrant(config, back, login.checks))).toMatchObject({
        error: 'login_required',
      });
    });

    test('HUB-058 HUB-063 a second platform: no second login, but both confirmations', async () => {
      const other = await configurationOf('ulanqab');
      const login = await loginRequest({ redirect_uri: 'https://ulanqab.example/oidc/callback' });
      const address = client.buildAuthorizationUrl(other, login.parameters).href;
      const uid = await openInteraction(holder.browser, address);
      const details = await holder.browser.call(`/interaction/${uid}/details`);
      expect(details.body).toMatchObject({ step: 'AUTHORISE' });
      const unauthorised = { body: { authorisation: null } };
      const early = await holder.browser.call(`/interaction/${uid}/confirm`, unauthorised);
      expect(early.body).toMatchObject({ code: 'OIDC_CONFIRMATION_ORDER' });
      const tokens = await client.authorizationCodeGrant(
        other,
        await confirmTwice(holder.browser, uid),
        login.checks,
      );
      expect(tokens.claims()!['uscc']).toBe(holder.uscc);
    });

    test('OD-07 RP-initiated logout: the holder confirms, the browser returns, hub and tokens are ended', async () => {
      const leaving = await boundAndLoggedIn(hub);
      const login = await loginRequest();
      const tokens = await client.authorizationCodeGrant(config, await enter(login, leaving), login.checks);
      const { browser } = leaving;
      const address = client.buildEndSessionUrl(config, {
        id_token_hint: tokens.id_token!,
        post_logout_redirect_uri: GOODBYE,
        state: 'logout-state',
      });
      const page = await browser.open(address.href);
      expectStatus(page, 200);
      const xsrf = /name="xsrf" value="([^"]+)"/.exec(page.text)![1]!;
      const left = await browser.call(`${hub.issuer}/session/end/confirm`, {
        body: new URLSearchParams({ xsrf, logout: 'yes' }),
      });
      expect(left.headers.get('location')).toBe(`${GOODBYE}?state=logout-state`);
      expectStatus(await browser.call('/api/v1/hub/session'), 401);
      const info = client.fetchUserInfo(config, tokens.access_token, tokens.claims()!.sub);
      expect(await refusal(info)).toMatchObject({ status: 401 });
    });

    test('OD-07 RP-initiated logout to an address that nobody registered ends on our own page', async () => {
      const address = client.buildEndSessionUrl(config, {
        client_id: 'hohhot',
        post_logout_redirect_uri: 'https://attacker.example/',
      });
      const { answer, next } = await holder.browser.follow(address.href, () => false);
      expect(next).toBeUndefined();
      expect(answer.status).toBe(400);
      expectStatus(await holder.browser.call('/api/v1/hub/session'), 200);
    });
  });
}
