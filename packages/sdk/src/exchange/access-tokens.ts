import type { ExchangeScope } from '@hufu/contracts';
import { type Clock, systemClock } from '@hufu/kernel';
import * as oidc from 'openid-client';
import { sdkError } from '../errors.ts';

export type AccessTokenOptions = {
  /** The hub's issuer, e.g. https://hub.example/oidc */
  readonly issuer: string;
  readonly clientId: string;
  readonly clientSecret: string;
  /** Plain http is refused unless this is set; for a hub on the same machine only. */
  readonly allowHttp?: boolean;
  readonly clock?: Clock;
};

export type AccessTokens = {
  /** A token for one use, kept until shortly before it ends. @throws CodedError SDK_HUB_UNREACHABLE, SDK_PLATFORM_REFUSED */
  of(scope: ExchangeScope): Promise<string>;
  /** Forgets a token that the hub did not take. */
  forget(scope: ExchangeScope): void;
};

type Kept = { readonly token: string; readonly until: number };

/** How long before its end a token is replaced, ms. */
const EARLY = 30_000;

/** Access tokens of the platform itself (OAuth 2.0 client credentials, RFC 6749 §4.4), one a use. */
export function accessTokens(options: AccessTokenOptions): AccessTokens {
  const { clock = systemClock } = options;
  const kept = new Map<ExchangeScope, Promise<Kept>>();
  let discovered: Promise<oidc.Configuration> | undefined;

  const configuration = async (): Promise<oidc.Configuration> => {
    discovered ??= oidc.discovery(
      new URL(options.issuer),
      options.clientId,
      undefined,
      oidc.ClientSecretBasic(options.clientSecret),
      { execute: options.allowHttp === true ? [oidc.allowInsecureRequests] : [] },
    );
    try {
      return await discovered;
    } catch (cause) {
      discovered = undefined;
      throw sdkError('SDK_HUB_UNREACHABLE', {}, cause);
    }
  };

  const ask = async (scope: ExchangeScope): Promise<Kept> => {
    const config = await configuration();
    const at = clock.now();
    try {
      const { access_token: token, expires_in: seconds = 60 } = await oidc.clientCredentialsGrant(config, {
        scope,
      });
      return { token, until: at + seconds * 1000 - EARLY };
    } catch (cause) {
      const refused = cause instanceof oidc.ResponseBodyError;
      throw sdkError(refused ? 'SDK_PLATFORM_REFUSED' : 'SDK_HUB_UNREACHABLE', {}, cause);
    }
  };

  return {
    async of(scope) {
      const known = await kept.get(scope)?.catch(() => undefined);
      if (known !== undefined && known.until > clock.now()) return known.token;
      const asking = ask(scope);
      kept.set(scope, asking);
      return (await asking).token;
    },
    forget: (scope) => void kept.delete(scope),
  };
}
