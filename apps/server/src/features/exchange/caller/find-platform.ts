import type { ExchangeScope } from '@hufu/contracts';
import { ANONYMOUS, type CallerFinder } from '../../access/index.ts';
import type { ExchangeDeps } from '../deps.ts';
import { exchangeError } from '../errors.ts';
import { registrationOf } from '../registration/registration-store.ts';

declare module 'fastify' {
  interface FastifyContextConfig {
    /** Which use of a platform's access token an operation is. */
    exchangeScope?: ExchangeScope;
  }
}

/** Requests of one platform, all its servers together. */
export const PLATFORM_LIMIT = 'exchange-platform';

const bearer = (header: string | undefined): string | undefined =>
  /^Bearer ([\w.~+/-]{20,200}=*)$/i.exec(header ?? '')?.[1];

/**
 * The platform whose access token a request carries (RFC 6750 §2.1). A token is good for the uses that it was asked
 * for and that the desk allows this platform; a suspended platform is nobody.
 * @throws EXCHANGE_SCOPE, RATE_LIMITED
 */
export const platformFinder =
  (deps: Pick<ExchangeDeps, 'tokens' | 'platforms' | 'limiter' | 'database'>): CallerFinder =>
  async (request) => {
    const token = bearer(request.headers.authorization);
    const holder = token === undefined ? undefined : await deps.tokens.find(token);
    const platform = holder && deps.platforms.lastSeen(holder.clientId);
    if (holder === undefined || platform === undefined) return ANONYMOUS;
    deps.limiter.enforce(PLATFORM_LIMIT, platform.code);
    const scope = request.routeOptions.config.exchangeScope;
    const { scopes } = await registrationOf(deps.database.db, platform.code);
    if (scope === undefined || !holder.scopes.includes(scope) || !scopes.includes(scope)) {
      throw exchangeError('EXCHANGE_SCOPE', { scope: scope ?? '' });
    }
    return { kind: 'platform', code: platform.code, clientId: holder.clientId };
  };
