import * as oidc from 'openid-client';
import { sdkError } from '../errors.ts';
import { type HufuIdentity, identityFromClaims } from './identity.ts';
import { type LogoutNotice, logoutTokenReader } from './logout-token.ts';

export type HubLoginOptions = {
  /** The hub's issuer, e.g. https://hub.example/oidc */
  readonly issuer: string;
  readonly clientId: string;
  readonly clientSecret: string;
  /** Where the hub sends the browser back to; registered at the hub. */
  readonly redirectUri: string;
  /** Plain http is refused unless this is set; for a hub on the same machine only. */
  readonly allowHttp?: boolean;
};

/** What a platform keeps, in its own session, between sending the browser away and its return. */
export type PendingLogin = { readonly state: string; readonly nonce: string; readonly verifier: string };

export type HubLogin = {
  /** Address of the hub to send the browser to, and what to keep until it comes back. */
  begin(): Promise<{ readonly url: string; readonly pending: PendingLogin }>;
  /**
   * @param currentUrl the whole address that the browser came back with
   * @throws CodedError SDK_LOGIN_EXPIRED, SDK_LOGIN_CANCELLED, SDK_LOGIN_REFUSED, SDK_CLAIMS_INCOMPLETE
   */
  complete(currentUrl: URL, pending: PendingLogin | undefined): Promise<HufuIdentity>;
  /** Address that ends the hub's session too, then comes back to `returnTo` (registered at the hub). */
  logoutUrl(identity: HufuIdentity, returnTo: string): Promise<string>;
  /** @throws CodedError SDK_LOGOUT_TOKEN_INVALID */
  readLogoutToken(token: string): Promise<LogoutNotice>;
};

const SCOPE = 'openid entity certificate';

function refusal(cause: unknown) {
  if (cause instanceof oidc.AuthorizationResponseError) {
    const cancelled = cause.error === 'access_denied';
    return sdkError(cancelled ? 'SDK_LOGIN_CANCELLED' : 'SDK_LOGIN_REFUSED', { error: cause.error }, cause);
  }
  if (cause instanceof oidc.ResponseBodyError) {
    return sdkError('SDK_LOGIN_REFUSED', { error: cause.error }, cause);
  }
  return sdkError('SDK_LOGIN_EXPIRED', {}, cause);
}

/**
 * Login through the hub: OpenID Connect authorization code flow with PKCE (OD-07, HUB-064, PLAT-002).
 * Discovery happens at first use and again after a failure, so a platform can start while the hub is down.
 */
export function hubLogin(options: HubLoginOptions): HubLogin {
  let discovered: Promise<oidc.Configuration> | undefined;
  const execute = options.allowHttp === true ? [oidc.allowInsecureRequests] : [];

  async function configuration(): Promise<oidc.Configuration> {
    discovered ??= oidc.discovery(
      new URL(options.issuer),
      options.clientId,
      undefined,
      oidc.ClientSecretBasic(options.clientSecret),
      { execute },
    );
    try {
      return await discovered;
    } catch (cause) {
      discovered = undefined;
      throw sdkError('SDK_HUB_UNREACHABLE', {}, cause);
    }
  }

  const readToken = logoutTokenReader(options.clientId, async () => (await configuration()).serverMetadata());

  return {
    async begin() {
      const config = await configuration();
      const pending = {
        state: oidc.randomState(),
        nonce: oidc.randomNonce(),
        verifier: oidc.randomPKCECodeVerifier(),
      };
      const url = oidc.buildAuthorizationUrl(config, {
        redirect_uri: options.redirectUri,
        scope: SCOPE,
        state: pending.state,
        nonce: pending.nonce,
        code_challenge: await oidc.calculatePKCECodeChallenge(pending.verifier),
        code_challenge_method: 'S256',
      });
      return { url: url.href, pending };
    },

    async complete(currentUrl, pending) {
      if (pending === undefined) throw sdkError('SDK_LOGIN_EXPIRED');
      const config = await configuration();
      const tokens = await oidc
        .authorizationCodeGrant(config, currentUrl, {
          expectedState: pending.state,
          expectedNonce: pending.nonce,
          pkceCodeVerifier: pending.verifier,
          idTokenExpected: true,
        })
        .catch((cause: unknown) => {
          throw refusal(cause);
        });
      const claims = tokens.claims();
      if (claims === undefined || tokens.id_token === undefined) throw sdkError('SDK_CLAIMS_INCOMPLETE');
      return identityFromClaims(claims, tokens.id_token);
    },

    async logoutUrl(identity, returnTo) {
      const config = await configuration();
      const url = oidc.buildEndSessionUrl(config, {
        id_token_hint: identity.idToken,
        post_logout_redirect_uri: returnTo,
      });
      return url.href;
    },

    readLogoutToken: readToken,
  };
}
