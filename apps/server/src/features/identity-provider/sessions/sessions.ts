import { toBase64Url } from '@hufu/kernel';
import type { FastifyRequest } from 'fastify';
import { sql } from 'kysely';
import { type Executor, type Tx, tablesOf } from '../../../infra/database/database.ts';
import type { Infra } from '../../../infra/infra.ts';
import { identityError } from '../errors.ts';
import { issuerRestart } from '../interactions/restart.ts';
import type { ClientDirectory, LiveSession, SessionFacts } from '../ports.ts';
import { type CookieKeys, cookieNames, signedCookie } from '../provider/cookies.ts';
import { LOGOUT_QUEUE } from '../provider/logout-queue.ts';
import type { HubSessions, LoginIntents } from '../sessions-face.ts';
import { findSession } from '../store/artefacts.ts';
import { storedId } from '../store/stored-id.ts';
import type { IdentityTables, Payload } from '../tables.ts';
import { authorizationsOf, liveSession } from './live-session.ts';
import { clearSessionCookie, type SessionCookie, setSessionCookie } from './session-cookie.ts';

/** Seconds between 确认登录 on the hub and the platform's request (OD-07). */
const INTENT_LIFE = 60;

export type SessionDeps = {
  readonly infra: Infra;
  readonly clients: ClientDirectory;
  readonly cookieKeys: CookieKeys;
};

const COLUMNS = ['uid', 'facts', 'payload', 'logged_in_at', 'expires_at'] as const;

/** The one session of a browser, as the hub uses it. The OpenID provider reads the same rows by its adapter. */
export function createSessions(deps: SessionDeps): HubSessions {
  const { infra, clients, cookieKeys } = deps;
  const { config, clock } = infra;
  const cookie: SessionCookie = {
    name: cookieNames(config.baseUrl).session,
    keys: cookieKeys,
    secure: config.baseUrl.startsWith('https:'),
  };
  const cookieOf = (request: FastifyRequest) => signedCookie(request.headers.cookie, cookie.name, cookieKeys);

  /** Ends what the query finds: rows go, platforms are told by the outbox. */
  const endRows = async (
    tx: Tx,
    where: { column: 'id' | 'uid' | 'certificate_id' | 'entity_id'; value: string },
  ): Promise<number> => {
    const rows = await tablesOf<IdentityTables>(tx)
      .deleteFrom('login_session')
      .where(where.column, '=', where.value)
      .returning(COLUMNS)
      .execute();
    for (const row of rows) {
      await tablesOf<IdentityTables>(tx)
        .deleteFrom('oidc_artefact')
        .where('session_uid', '=', row.uid)
        .where('kind', '!=', 'Interaction')
        .execute();
      const told = row.facts === null ? {} : authorizationsOf(row.payload);
      for (const [clientId, { sid }] of Object.entries(told)) {
        await infra.outbox.enqueue(tx, {
          queue: LOGOUT_QUEUE,
          subject: clientId,
          payload: { clientId, sub: row.facts!.entityId, sid },
        });
      }
    }
    return rows.length;
  };

  return {
    async create(tx, { request, reply, facts }) {
      const before = cookieOf(request);
      if (before !== undefined) await endRows(tx, { column: 'id', value: storedId('Session', before) });
      const { value, row, session } = newSession(deps, facts);
      await tablesOf<IdentityTables>(tx).insertInto('login_session').values(row).execute();
      setSessionCookie(reply, cookie, { value, expires: session.expiresAt });
      return session;
    },

    draft({ request, reply, facts }) {
      if (cookieOf(request) !== undefined) return undefined;
      const { value, row, session } = newSession(deps, facts);
      return {
        session,
        insert: (source) => (bind) =>
          `
          insert into login_session (${Object.keys(row).join(', ')})
          select ${Object.values(row).map(bind).join(', ')} from ${source}`,
        deliver: () => setSessionCookie(reply, cookie, { value, expires: session.expiresAt }),
      };
    },

    async find(request) {
      const value = cookieOf(request);
      if (value === undefined) return undefined;
      const found = await findSession(infra.database.pool, value, clients.revisionSql);
      if (!found?.facts) return undefined;
      return liveSession({
        uid: found.uid,
        facts: found.facts,
        payload: found.payload,
        logged_in_at: null,
        expires_at: found.expiresAt,
      });
    },

    async end(tx, { request, reply }) {
      const value = cookieOf(request);
      if (value !== undefined) await endRows(tx, { column: 'id', value: storedId('Session', value) });
      clearSessionCookie(reply, cookie);
    },
    endById: async (tx, sessionId) => (await endRows(tx, { column: 'uid', value: sessionId })) > 0,
    endForCertificate: (tx, certificateId) => endRows(tx, { column: 'certificate_id', value: certificateId }),
    endForEntity: (tx, entityId) => endRows(tx, { column: 'entity_id', value: entityId }),

    async isAt(executor, { entityId, clientId }) {
      const { rows } = await sql`
        select from login_session
         where entity_id = ${entityId} and expires_at > ${new Date(clock.now())}
           and (payload -> 'authorizations') ? ${clientId} limit 1`.execute(executor);
      return rows.length > 0;
    },

    async list(executor: Executor, { limit, offset, entityIds }) {
      if (entityIds?.length === 0) return { items: [], total: 0 };
      const live = tablesOf<IdentityTables>(executor)
        .selectFrom('login_session')
        .where('entity_id', 'is not', null)
        .where('expires_at', '>', new Date(clock.now()))
        .$if(entityIds !== undefined, (query) => query.where('entity_id', 'in', [...(entityIds ?? [])]));
      const rows = await live
        .select(COLUMNS)
        .orderBy('logged_in_at', 'desc')
        .orderBy('uid')
        .limit(limit)
        .offset(offset)
        .execute();
      const { total } = await live
        .select((e) => e.fn.countAll<string>().as('total'))
        .executeTakeFirstOrThrow();
      return { items: rows.map(liveSession), total: Number(total) };
    },
  };
}

function newSession({ infra: { clock, random, config } }: SessionDeps, facts: SessionFacts) {
  const value = toBase64Url(random(32));
  const uid = toBase64Url(random(16));
  const loggedInAt = new Date(Math.floor(clock.now() / 1000) * 1000);
  const expiresAt = new Date(loggedInAt.getTime() + config.sessionSeconds * 1000);
  const payload: Payload = {
    kind: 'Session',
    uid,
    accountId: facts.entityId,
    loginTs: loggedInAt.getTime() / 1000,
    acr: facts.acr,
    amr: [...facts.amr],
    iat: loggedInAt.getTime() / 1000,
    exp: expiresAt.getTime() / 1000,
  };
  const row = {
    id: storedId('Session', value),
    uid,
    entity_id: facts.entityId,
    certificate_id: facts.certificateId,
    facts: JSON.stringify(facts),
    payload: JSON.stringify(payload),
    logged_in_at: loggedInAt,
    expires_at: expiresAt,
  };
  const session: LiveSession = { id: uid, facts, loggedInAt, expiresAt, platforms: [] };
  return { value, row, session };
}

/** Way B: the hub has both confirmations and sends the browser to the platform. */
export function createIntents({ infra, clients }: SessionDeps): LoginIntents {
  return {
    async create(tx, { sessionId, clientId }) {
      const client = await clients.find(clientId, { executor: tx });
      if (!client) throw identityError('HUB_PLATFORM_UNKNOWN');
      if (client.suspended) throw identityError('HUB_PLATFORM_SUSPENDED');
      const redirectTo = issuerRestart(client, infra.config.baseUrl);
      if (redirectTo === undefined) throw identityError('OIDC_NO_ENTRY');
      const expiresAt = new Date(infra.clock.now() + INTENT_LIFE * 1000);
      await tablesOf<IdentityTables>(tx)
        .insertInto('login_intent')
        .values({ session_uid: sessionId, client_id: clientId, expires_at: expiresAt })
        .onConflict((conflict) =>
          conflict.columns(['session_uid', 'client_id']).doUpdateSet({ expires_at: expiresAt }),
        )
        .execute();
      return { redirectTo };
    },
  };
}
