import { type InteractionDetails, interactionRoutes } from '@hufu/contracts';
import type { FastifyRequest } from 'fastify';
import type { AuditEntry } from '../../../infra/audit/audit.ts';
import { auditOrigin } from '../../../infra/http/caller-facts.ts';
import type { HttpApp } from '../../../infra/http/http-app.ts';
import { mount } from '../../../infra/http/mount.ts';
import type { Infra } from '../../../infra/infra.ts';
import { identityError } from '../errors.ts';
import type { ClientDirectory, ClientRegistration, LiveSession } from '../ports.ts';
import { type CookieKeys, cookieNames, signedCookie } from '../provider/cookies.ts';
import type { Resume } from '../provider/passage.ts';
import type { InteractionPresenter } from '../sessions-face.ts';
import { goOn } from './go-on.ts';
import {
  type FoundInteraction,
  findInteraction,
  finishInteraction,
  type StoredInteraction,
} from './interaction-store.ts';
import { issuerRestart } from './restart.ts';

export type InteractionDeps = {
  readonly infra: Infra;
  readonly clients: ClientDirectory;
  readonly presenter: InteractionPresenter;
  readonly cookieKeys: CookieKeys;
  readonly resume: Resume;
};

/** The answer to the platform is a page that posts itself: the browser has to fetch it from the provider. */
const ANSWERED_BY_PAGE = 'form_post';

/** Way A: a platform began the login. The interaction's cookie is bound to its path, hence these addresses. */
export function mountInteractions(app: HttpApp, deps: InteractionDeps): void {
  const { pool } = deps.infra.database;

  mount(app, {
    route: interactionRoutes.details,
    handler: async ({ params, request }) => {
      return show(deps, await open(deps, request, params.uid, { standing: true }));
    },
  });

  mount(app, {
    route: interactionRoutes.confirm,
    handler: async ({ params, body, request, reply }) => {
      const opened = await open(deps, request, params.uid);
      const { interaction, client } = opened;
      const session = loggedIn(opened);
      // Authorised was what that session would tell: another's claims were not shown.
      if (body.authorisation !== session.id) throw identityError('OIDC_CONFIRMATION_ORDER');
      await deps.presenter.admit({ session, clientId: client.clientId });
      const acts = ['interaction.authorise', 'interaction.confirm'];
      const audits = acts.map((action) => auditOf(deps, { request, session, client, action }));
      const decision = { session, result: confirmed(session), audits };
      const redirectTo =
        interaction.responseMode === ANSWERED_BY_PAGE
          ? await finishInteraction(pool, params.uid, decision)
          : await goOn(
              deps.resume,
              { request, reply },
              { ...decision, found: opened, cookie: opened.cookie! },
            );
      if (redirectTo === undefined) throw expired(deps, client);
      return { redirectTo };
    },
  });

  mount(app, {
    route: interactionRoutes.abort,
    handler: async ({ params, request }) => {
      const { client, session } = await open(deps, request, params.uid, { evenSuspended: true });
      const result = { error: 'access_denied', error_description: 'the holder declined' };
      const audits = [auditOf(deps, { request, session, client, action: 'interaction.abort' })];
      const redirectTo = await finishInteraction(pool, params.uid, { result, session: undefined, audits });
      if (redirectTo === undefined) throw expired(deps, client);
      return { redirectTo };
    },
  });
}

type Opened = FoundInteraction & {
  readonly client: ClientRegistration;
  /** Value of the session cookie, if there is a good one. */
  readonly cookie: string | undefined;
};

/** @throws HUB_INTERACTION_EXPIRED, HUB_PLATFORM_SUSPENDED, HUB_PLATFORM_UNKNOWN */
async function open(
  deps: InteractionDeps,
  request: FastifyRequest,
  uid: string,
  options: { evenSuspended?: boolean; standing?: boolean } = {},
): Promise<Opened> {
  const names = cookieNames(deps.infra.config.baseUrl);
  const cookieNamed = (name: string) => signedCookie(request.headers.cookie, name, deps.cookieKeys);
  const cookie = cookieNamed(names.session);
  const found = await findInteraction(deps.infra.database.pool, {
    uid,
    cookie,
    registerSql: deps.clients.revisionSql,
    ...(options.standing ? { standingSql: deps.presenter.standingSql } : {}),
  });
  const client =
    found && (await deps.clients.find(found.interaction.clientId, { revision: found.registerRevision }));
  const own = cookieNamed(names.interaction) === uid;
  if (!found?.interaction.open || !own) throw expired(deps, client);
  if (!client) throw identityError('HUB_PLATFORM_UNKNOWN');
  if (client.suspended && !options.evenSuspended) {
    await deps.infra.audit.refused({
      actor: { kind: 'anonymous' },
      action: 'interaction.open',
      subject: { kind: 'platform', id: client.clientId },
      code: 'HUB_PLATFORM_SUSPENDED',
      origin: auditOrigin(request, deps.infra.sourceHash),
    });
    throw identityError('HUB_PLATFORM_SUSPENDED');
  }
  return { ...found, client, cookie };
}

/** @throws HUB_SESSION_REQUIRED also when the platform asked for a fresh login and this one is older */
function loggedIn({ session, interaction }: Opened): LiveSession {
  if (!session || mustLogIn(interaction, session)) throw identityError('HUB_SESSION_REQUIRED');
  return session;
}

function mustLogIn(interaction: StoredInteraction, session: LiveSession): boolean {
  return interaction.promptName === 'login' && session.loggedInAt < interaction.startedAt;
}

async function show(
  deps: InteractionDeps,
  { interaction, client, session, standing }: Opened,
): Promise<InteractionDetails> {
  const usable = session && !mustLogIn(interaction, session) ? session : undefined;
  return deps.presenter.show({
    uid: interaction.uid,
    clientId: client.clientId,
    session: usable,
    expiresAt: interaction.expiresAt,
    restartUrl: issuerRestart(client, deps.infra.config.baseUrl) ?? null,
    standing,
  });
}

function auditOf(
  { infra }: InteractionDeps,
  act: {
    request: FastifyRequest;
    session: LiveSession | undefined;
    client: ClientRegistration;
    action: string;
  },
): AuditEntry {
  const { session } = act;
  return {
    actor: session
      ? { kind: 'entity', id: session.facts.entityId, certificate: session.facts.certificateId }
      : { kind: 'anonymous' },
    action: act.action,
    subject: { kind: 'platform', id: act.client.clientId },
    origin: auditOrigin(act.request, infra.sourceHash),
  };
}

function confirmed(session: LiveSession) {
  return {
    login: {
      accountId: session.facts.entityId,
      ts: Math.floor(session.loggedInAt.getTime() / 1000),
      acr: session.facts.acr,
      amr: [...session.facts.amr],
      remember: true,
    },
    consent: { confirmed: true, sessionUid: session.id },
  };
}

function expired(deps: InteractionDeps, client: ClientRegistration | undefined) {
  const restartUrl = client && issuerRestart(client, deps.infra.config.baseUrl);
  return identityError('HUB_INTERACTION_EXPIRED', restartUrl === undefined ? {} : { restartUrl });
}
