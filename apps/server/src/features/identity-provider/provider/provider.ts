import { createHmac } from 'node:crypto';
import { type Configuration, errors, type KoaContextWithOIDC, Provider } from 'oidc-provider';
import type { Infra } from '../../../infra/infra.ts';
import type { ClientDirectory, EntityDirectory } from '../ports.ts';
import { sqlAdapter } from '../store/adapter.ts';
import { currentScope } from '../store/request-scope.ts';
import { ACR_VALUES, CLAIMS, claimsOf, SCOPES } from './claims.ts';
import { clientMetadata } from './client-metadata.ts';
import { confirmationPolicy, takeConfirmation } from './confirmation.ts';
import { type CookieKeys, cookieNames } from './cookies.ts';
import { renderError } from './error-rendering.ts';
import { LOGOUT_QUEUE } from './logout-queue.ts';
import { loggedOutPage, logoutPage } from './pages.ts';
import { SIGNING_ALGORITHMS, signingKeys } from './signing-keys.ts';
import { type Commit, unitOfWork } from './unit-of-work.ts';

export type ProviderDeps = {
  readonly infra: Infra;
  readonly clients: ClientDirectory;
  readonly entities: EntityDirectory;
  readonly cookieKeys: CookieKeys;
  readonly commit: Commit;
};

/** Seconds. A code is redeemed at once by the platform's server; a token is for reading the claims. */
const LIFE = {
  AuthorizationCode: 60,
  AccessToken: 600,
  ClientCredentials: 600,
  IdToken: 600,
  Interaction: 900,
  PushedAuthorizationRequest: 60,
};

/** Milliseconds for a platform to take a logout notice. */
const NOTICE_TIMEOUT = 5000;

export const issuerOf = (baseUrl: string) => `${baseUrl}/oidc`;

/** The provider over today's keys. It keeps nothing itself: another one can take over between two requests. */
export function buildProvider(deps: ProviderDeps): Provider {
  const { infra, clients } = deps;
  const { config } = infra;
  const configuration: Configuration = {
    adapter: sqlAdapter({
      queryable: infra.database.pool,
      registerSql: clients.revisionSql,
      recordSql: deps.entities.recordSql,
      async findClient(clientId, revision) {
        const client = await clients.find(clientId, revision === undefined ? undefined : { revision });
        return client && !client.suspended ? clientMetadata(client) : undefined;
      },
    }),
    jwks: { keys: signingKeys(infra.vault) },
    enabledJWA: {
      idTokenSigningAlgValues: [...SIGNING_ALGORITHMS],
      userinfoSigningAlgValues: [...SIGNING_ALGORITHMS],
    },
    responseTypes: ['code'],
    scopes: [...SCOPES],
    claims: CLAIMS as NonNullable<Configuration['claims']>,
    acrValues: [...ACR_VALUES],
    subjectTypes: ['public', 'pairwise'],
    pairwiseIdentifier: (_ctx, accountId, client) => pairwiseSubject(infra, accountId, client.clientId),
    // Many platforms never ask userinfo: what the scopes allow goes into the ID token, too.
    conformIdTokenClaims: false,
    clientAuthMethods: ['client_secret_basic', 'client_secret_post', 'none'],
    pkce: { required: () => true },
    interactions: {
      url: (_ctx, interaction) => `/interaction/${interaction.uid}`,
      policy: confirmationPolicy(),
    },
    features: {
      devInteractions: { enabled: false },
      externalSigningSupport: { enabled: true, ack: 'experimental-01' },
      rpInitiatedLogout: {
        enabled: true,
        logoutSource: (ctx, form) => logoutPage(ctx, form),
        postLogoutSuccessSource: (ctx) => loggedOutPage(ctx),
      },
      backchannelLogout: { enabled: true },
      pushedAuthorizationRequests: { enabled: true },
      // A platform's server, calling for itself (the exchange).
      clientCredentials: { enabled: true },
      revocation: { enabled: true },
      introspection: { enabled: true },
      userinfo: { enabled: true },
      resourceIndicators: { enabled: false },
    },
    cookies: {
      keys: deps.cookieKeys as unknown as NonNullable<NonNullable<Configuration['cookies']>['keys']>,
      names: cookieNames(config.baseUrl),
      long: { signed: true, httpOnly: true, sameSite: 'lax', path: '/' },
      short: { signed: true, httpOnly: true, sameSite: 'lax' },
    },
    ttl: { ...LIFE, Grant: config.sessionSeconds, Session: config.sessionSeconds },
    fetch: (address, options) => deliver(address, options),
    findAccount: (ctx, entityId, token) => findAccount(ctx, { entityId, token, entities: deps.entities }),
    async loadExistingGrant(ctx) {
      if (!takeConfirmation(ctx)) return undefined;
      const { session, client } = ctx.oidc;
      const grant = new ctx.oidc.provider.Grant({
        accountId: session!.accountId!,
        clientId: client!.clientId,
      });
      grant.addOIDCScope([...ctx.oidc.requestParamScopes].join(' '));
      await grant.save();
      return grant;
    },
    renderError: (ctx, out, error) => renderError({ ctx, out, error, deps }),
  };
  const provider = new Provider(issuerOf(config.baseUrl), configuration);
  provider.proxy = config.trustProxy !== false;
  adapt(provider, deps);
  provider.use(unitOfWork(deps));
  provider.on('grant.success', noteEntry);
  return provider;
}

/**
 * Only logout notices are sent, to addresses that the desk has registered: platforms on an inner network are meant
 * to be reached, which the provider's own agent would refuse.
 */
function deliver(address: Parameters<typeof fetch>[0], options: Parameters<typeof fetch>[1]) {
  const { dispatcher: _, ...rest } = (options ?? {}) as RequestInit & { dispatcher?: unknown };
  return fetch(address, { ...rest, signal: AbortSignal.timeout(NOTICE_TIMEOUT) });
}

/** A redeemed code: the entity is logged in at the platform (HUB-065). */
function noteEntry(ctx: KoaContextWithOIDC): void {
  const scope = currentScope();
  const code = ctx.oidc.entities.AuthorizationCode;
  const sessionId = code?.sessionUid;
  if (!scope || code?.accountId === undefined || sessionId === undefined) return;
  const { accountId: entityId, clientId } = code;
  const certificateId = scope.session(sessionId)?.facts?.certificateId ?? '';
  const entity = scope.entities.get(entityId);
  scope.entered = { entityId, certificateId, clientId: clientId!, sessionId, entity };
  scope.write({
    do: 'audit',
    action: 'platform.enter',
    entityId,
    certificate: certificateId,
    clientId: clientId!,
    requestId: String(ctx.res.getHeader('x-request-id') ?? ''),
  });
}

/** Which certificate was used is a fact of the session; the claims are asked for only when they are told. */
function findAccount(
  ctx: KoaContextWithOIDC,
  asked: { entityId: string; token: unknown; entities: EntityDirectory },
) {
  const { entityId, token, entities } = asked;
  const uid = (token as { sessionUid?: string } | undefined)?.sessionUid ?? ctx.oidc.session?.uid;
  const scope = currentScope();
  const facts = uid === undefined ? undefined : scope?.session(uid)?.facts;
  if (!facts || facts.entityId !== entityId) return undefined;
  return {
    accountId: entityId,
    async claims() {
      const entity = entities.claims(scope?.entities.get(entityId) ?? null);
      if (!entity) throw new errors.InvalidGrant('the entity is not bound any more');
      return claimsOf(entityId, entity, facts);
    },
  };
}

/** OpenID Connect Core 1.0 §8.1, keyed, per platform. */
function pairwiseSubject({ config, vault }: Infra, accountId: string, clientId: string): string {
  const salt = config.pairwiseSalt ?? vault.secret('oidc pairwise subjects');
  return createHmac('sha256', salt).update(`${clientId}\0${accountId}`).digest('base64url');
}

type LogoutNotifier = {
  readonly clientId: string;
  backchannelLogout(sub: string, sid: string | undefined): Promise<void>;
};

/** Where oidc-provider's own way would cost a round trip, a secret in the clear, or a logout that gets lost. */
function adapt(provider: Provider, { clients }: ProviderDeps): void {
  // A login always opens a fresh session, so a resumed request need not rename it.
  provider.Session.prototype.resetIdentifier = () => {};
  const { Client } = provider;
  Client.prototype.compareClientSecret = function compare(actual) {
    return clients.verifySecret(this.clientId, actual);
  };
  const prototype = Client.prototype as unknown as LogoutNotifier;
  const notifyNow = prototype.backchannelLogout;
  prototype.backchannelLogout = async function notify(sub, sid) {
    const scope = currentScope();
    if (!scope) return notifyNow.call(this, sub, sid);
    scope.write({
      do: 'job',
      queue: LOGOUT_QUEUE,
      subject: this.clientId,
      payload: { clientId: this.clientId, sub, sid },
    });
  };
}
