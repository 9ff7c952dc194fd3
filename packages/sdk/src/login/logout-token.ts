import { createRemoteJWKSet, jwtVerify } from 'jose';
import { sdkError } from '../errors.ts';

/** Which of the hub's sessions ended: everything that it logged in must end here too. */
export type LogoutNotice = { readonly sid: string | undefined; readonly subject: string | undefined };

const EVENT = 'http://schemas.openid.net/event/backchannel-logout';
const MAX_AGE = '5 minutes';

type Metadata = { readonly issuer: string; readonly jwks_uri?: string };

/** Checks of OpenID Connect Back-Channel Logout 1.0 §2.6. */
export function logoutTokenReader(clientId: string, metadata: () => Promise<Metadata>) {
  let keys: ReturnType<typeof createRemoteJWKSet> | undefined;

  return async (token: string): Promise<LogoutNotice> => {
    const { issuer, jwks_uri } = await metadata();
    if (jwks_uri === undefined) throw sdkError('SDK_LOGOUT_TOKEN_INVALID', { reason: 'keys' });
    keys ??= createRemoteJWKSet(new URL(jwks_uri));
    const { payload } = await jwtVerify(token, keys, {
      issuer,
      audience: clientId,
      maxTokenAge: MAX_AGE,
      requiredClaims: ['jti', 'events'],
    }).catch((cause: unknown) => {
      throw sdkError('SDK_LOGOUT_TOKEN_INVALID', { reason: 'signature' }, cause);
    });
    const events = payload['events'];
    const isLogout = typeof events === 'object' && events !== null && EVENT in events;
    if (!isLogout || 'nonce' in payload) throw sdkError('SDK_LOGOUT_TOKEN_INVALID', { reason: 'event' });
    const sid = payload['sid'];
    if (typeof sid !== 'string' && payload.sub === undefined) {
      throw sdkError('SDK_LOGOUT_TOKEN_INVALID', { reason: 'subject' });
    }
    return { sid: typeof sid === 'string' ? sid : undefined, subject: payload.sub };
  };
}
