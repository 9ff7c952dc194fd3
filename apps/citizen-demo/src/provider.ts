import { randomBytes } from 'node:crypto';
import { exportJWK, generateKeyPair } from 'jose';
import { Provider } from 'oidc-provider';
import { citizenOf } from './citizens.ts';
import type { CitizenConfig } from './config.ts';

/** Seconds. */
const LIFE = {
  AuthorizationCode: 60,
  AccessToken: 300,
  IdToken: 300,
  Interaction: 600,
  Grant: 600,
  Session: 600,
};

/**
 * An OpenID provider of natural persons: code flow with PKCE, real name and ID number in the scope `identity`. It keeps
 * everything in memory: a restart logs everybody out.
 */
export async function createProvider(config: CitizenConfig): Promise<Provider> {
  const { privateKey } = await generateKeyPair('ES256', { extractable: true });
  const key = {
    ...(await exportJWK(privateKey)),
    alg: 'ES256',
    use: 'sig',
    kid: randomBytes(8).toString('hex'),
  };
  return new Provider(config.baseUrl, {
    clients: config.clients.map(({ id, secret, redirectUri }) => ({
      client_id: id,
      client_secret: secret,
      redirect_uris: [redirectUri],
      response_types: ['code'],
      grant_types: ['authorization_code'],
      token_endpoint_auth_method: 'client_secret_basic',
      id_token_signed_response_alg: 'ES256',
    })),
    jwks: { keys: [key] },
    responseTypes: ['code'],
    scopes: ['openid', 'profile', 'identity'],
    claims: {
      openid: ['sub'],
      profile: ['name'],
      identity: ['id_number', 'identity_verified', 'subject_kind'],
    },
    // The clients read them from the ID token alone.
    conformIdTokenClaims: false,
    pkce: { required: () => true },
    ttl: LIFE,
    cookies: {
      keys: [randomBytes(32).toString('base64url')],
      short: { sameSite: 'lax' },
      long: { sameSite: 'lax' },
    },
    interactions: { url: (_ctx, { uid }) => `/interaction/${uid}` },
    features: { devInteractions: { enabled: false }, rpInitiatedLogout: { enabled: false } },
    // Clients of the same operator: whoever logs in has agreed on their own pages.
    async loadExistingGrant({ oidc }) {
      const grant = new oidc.provider.Grant({
        accountId: oidc.session!.accountId!,
        clientId: oidc.client!.clientId,
      });
      grant.addOIDCScope([...oidc.requestParamScopes].join(' '));
      await grant.save();
      return grant;
    },
    findAccount(_ctx, account) {
      const citizen = citizenOf(account);
      return (
        citizen && {
          accountId: account,
          claims: () => ({
            sub: account,
            name: citizen.name,
            id_number: citizen.idNumber,
            identity_verified: citizen.verified,
            subject_kind: citizen.kind,
          }),
        }
      );
    },
  });
}
