import type { FastifyPluginAsync, FastifyReply, FastifyRequest } from 'fastify';
import type { Provider } from 'oidc-provider';
import type { Feature } from '../../infra/feature.ts';
import type { HttpApp } from '../../infra/http/http-app.ts';
import { sourceKey } from '../../infra/http/rate-limit.ts';
import type { Infra } from '../../infra/infra.ts';
import { IDENTITY_ERRORS } from './errors.ts';
import { mountInteractions } from './interactions/routes.ts';
import type { ClientDirectory, EntityDirectory, LoginListener } from './ports.ts';
import { commitWith } from './provider/commit.ts';
import { cookieKeys } from './provider/cookies.ts';
import { logoutHandler } from './provider/logout-job.ts';
import { LOGOUT_QUEUE } from './provider/logout-queue.ts';
import { resumeBy } from './provider/passage.ts';
import { buildProvider } from './provider/provider.ts';
import { ensureSigningKeys, rotateDueKeys } from './provider/rotation.ts';
import { SIGNING_PURPOSE } from './provider/signing-keys.ts';
import { createIntents, createSessions } from './sessions/sessions.ts';
import type { HubSessions, InteractionPresenter, LoginIntents } from './sessions-face.ts';
import { purgeExpired } from './store/purge.ts';
import { type ServerTokens, serverTokens } from './store/server-tokens.ts';

export type IdentityPorts = {
  readonly entities: EntityDirectory;
  readonly listener: LoginListener;
  readonly presenter: InteractionPresenter;
};

export type Identity = {
  readonly sessions: HubSessions;
  readonly intents: LoginIntents;
  /** Access tokens of programs that act for themselves. */
  readonly serverTokens: ServerTokens;
  /** The feature, once those whom it asks exist: they in turn need the sessions. */
  feature(ports: IdentityPorts): Feature;
};

const DAY = 86_400;
/** Path that the provider is mounted at; the issuer ends in it. */
const MOUNT = '/oidc';

/** The OpenID provider, and the session that it shares with the hub. Makes the signing keys when there are none. */
export async function createIdentity(infra: Infra, clients: ClientDirectory): Promise<Identity> {
  await ensureSigningKeys(infra.vault);
  const keys = cookieKeys(infra.vault.secret('cookies'));
  const sessions = createSessions({ infra, clients, cookieKeys: keys });
  const intents = createIntents({ infra, clients, cookieKeys: keys });

  const feature = ({ entities, listener, presenter }: IdentityPorts): Feature => {
    const build = () =>
      buildProvider({ infra, clients, entities, cookieKeys: keys, commit: commitWith(infra, listener) });
    let provider = build();
    let answer = provider.callback();
    let stopListening = () => {};
    return {
      name: 'identity-provider',
      errors: IDENTITY_ERRORS,
      limits: {
        'oidc-authorise': { requests: 300, seconds: 60 },
        'oidc-token': { requests: 1200, seconds: 60 },
        'oidc-client': { requests: 600, seconds: 60 },
      },
      jobs: { [LOGOUT_QUEUE]: logoutHandler(() => provider) },
      periodic: [
        {
          name: 'oidc-rotate-keys',
          everySeconds: DAY / 4,
          run: () => rotateDueKeys(infra.vault, infra.clock.now()),
        },
        { name: 'oidc-purge', everySeconds: 300, run: () => purgeExpired(infra.database.pool) },
      ],
      checks: {
        async keys() {
          const current = infra.vault.list(SIGNING_PURPOSE).find((key) => key.state === 'current');
          if (!current) throw new Error('no signing key');
        },
      },
      async register(app) {
        stopListening = infra.vault.onChange(() => {
          provider = build();
          answer = provider.callback();
        });
        const resume = resumeBy({
          baseUrl: infra.config.baseUrl,
          cookieKeys: keys,
          answer: (...call) => answer(...call),
          mountedAt: MOUNT,
        });
        mountInteractions(app, { infra, clients, presenter, cookieKeys: keys, resume });
        await mountProvider(app, { infra, answer: (...call) => answer(...call) });
      },
      async stop() {
        stopListening();
      },
    };
  };
  return { sessions, intents, serverTokens: serverTokens(infra.database.pool, clients), feature };
}

/** The provider reads bodies and writes answers itself; limits, headers and the access log stay ours. */
async function mountProvider(
  app: HttpApp,
  { infra, answer }: { infra: Infra; answer: ReturnType<Provider['callback']> },
): Promise<void> {
  const hand = (request: FastifyRequest, reply: FastifyReply) => {
    const client = basicUser(request.headers.authorization);
    // Per source, too: the name is not proved yet, and nobody may use up a platform's share in its name.
    if (client !== undefined) infra.limiter.enforce('oidc-client', `${client}\0${sourceKey(request.ip)}`);
    reply.hijack();
    for (const [name, value] of Object.entries(reply.getHeaders())) {
      if (value !== undefined) reply.raw.setHeader(name, value as string | number | string[]);
    }
    const raw = request.raw as typeof request.raw & { originalUrl?: string };
    raw.originalUrl = raw.url ?? '';
    raw.url = raw.originalUrl.slice(MOUNT.length) || '/';
    return answer(raw, reply.raw);
  };
  const plugin: FastifyPluginAsync = async (own) => {
    own.removeAllContentTypeParsers();
    own.addContentTypeParser('*', (_request, _payload, done) => done(null));
    const hidden = { schema: { hide: true } } as const;
    for (const path of ['/auth', '/auth/:uid', '/session/*']) {
      own.all(`${MOUNT}${path}`, { ...hidden, config: { anyOrigin: true, limit: 'oidc-authorise' } }, hand);
    }
    own.all(`${MOUNT}/*`, { ...hidden, config: { anyOrigin: true, limit: 'oidc-token' } }, hand);
  };
  await app.register(plugin);
}

/** Client id of HTTP basic authentication: the platform that a limit counts. */
function basicUser(header: string | undefined): string | undefined {
  const encoded = /^Basic ([A-Za-z0-9+/=]{1,1000})$/i.exec(header ?? '')?.[1];
  return encoded === undefined ? undefined : Buffer.from(encoded, 'base64').toString('utf8').split(':')[0];
}
