import { libraryEntityRoutes } from '@hufu/contracts';
import { withTransaction } from '../../../infra/database/database.ts';
import type { HttpApp } from '../../../infra/http/http-app.ts';
import { actorOf, type Member, memberOf, serve } from '../../access/index.ts';
import { accountById } from '../accounts/account-store.ts';
import { type EntityContext, originOf } from '../context.ts';
import { entityError } from '../errors.ts';
import { sessionView } from '../views.ts';
import { IDLE_MS } from './library-sessions.ts';
import { endSession, type ListedSession, openSessions, setIdentity } from './session-store.ts';

/** The session itself: who is logged in, as which identity, and where else. */
export function sessionRoutes(app: HttpApp, context: EntityContext): void {
  const { deps, sessions } = context;

  const viewOf = async (member: Member) => {
    const live = await sessions.byId(member.sessionId);
    if (live === undefined) throw entityError('LIBRARY_UNKNOWN');
    return sessionView(deps, live);
  };

  serve(app, {
    route: libraryEntityRoutes.session,
    handler: async ({ request }) => viewOf(memberOf(request)),
  });

  serve(app, {
    route: libraryEntityRoutes.logout,
    handler: async ({ request, reply }) => {
      const member = memberOf(request);
      await withTransaction(deps.database, async (tx) => {
        await endSession(tx, { id: member.sessionId, at: new Date(deps.clock.now()) });
        await deps.audit.record(tx, {
          actor: actorOf(member),
          action: 'library.logout',
          subject: { kind: 'entity', id: member.entityId },
          origin: originOf(context, request),
        });
      });
      sessions.forget(reply);
      return undefined;
    },
  });

  serve(app, {
    route: libraryEntityRoutes.chooseIdentity,
    handler: async ({ body, request }) => {
      const member = memberOf(request);
      const { identity } = body;
      const account = await accountById(deps.database.db, member.entityId);
      if (!account?.roles.includes(identity)) throw entityError('LIBRARY_CHOICE', { field: 'identity' });
      await withTransaction(deps.database, async (tx) => {
        await setIdentity(tx, { id: member.sessionId, identity });
        await deps.audit.record(tx, {
          actor: actorOf(member),
          action: 'library.choose-identity',
          subject: { kind: 'entity', id: member.entityId },
          before: { identity: member.identity },
          after: { identity },
          origin: originOf(context, request),
        });
      });
      return viewOf(member);
    },
  });

  serve(app, {
    route: libraryEntityRoutes.sessions,
    handler: async ({ request }) => {
      const member = memberOf(request);
      return (await ownSessions(context, member)).map((row) => ({
        id: row.id,
        current: row.id === member.sessionId,
        method: row.method,
        standing: standingOf(row, member),
        loggedInAt: row.logged_in_at.toISOString(),
        lastSeenAt: row.last_seen_at.toISOString(),
        expiresAt: row.expires_at.toISOString(),
      }));
    },
  });

  serve(app, {
    route: libraryEntityRoutes.endSession,
    handler: async ({ params, request }) => {
      const member = memberOf(request);
      const own = await ownSessions(context, member);
      if (!own.some(({ id }) => id === params.id)) throw entityError('LIBRARY_UNKNOWN');
      await withTransaction(deps.database, async (tx) => {
        await endSession(tx, { id: params.id, at: new Date(deps.clock.now()) });
        await deps.audit.record(tx, {
          actor: actorOf(member),
          action: 'library.end-session',
          subject: { kind: 'session', id: params.id },
          entity: member.entityId,
          origin: originOf(context, request),
        });
      });
      return undefined;
    },
  });
}

/** The primary sees every session of the entity; everybody else the sessions of the same key, person or delegation. */
async function ownSessions({ deps }: EntityContext, member: Member): Promise<ListedSession[]> {
  const now = deps.clock.now();
  const all = await openSessions(deps.database.db, {
    entityId: member.entityId,
    now: new Date(now),
    seenAfter: new Date(now - IDLE_MS),
  });
  if (member.standing === 'PRIMARY') return all;
  const mine = all.find(({ id }) => id === member.sessionId);
  return all.filter(
    (row) =>
      row.id === member.sessionId ||
      (member.standing === 'NATURAL' && row.delegation_id === null) ||
      (row.key_id !== null && row.key_id === mine?.key_id) ||
      (row.delegation_id !== null && row.delegation_id === mine?.delegation_id),
  );
}

function standingOf(row: ListedSession, member: Member): Member['standing'] {
  if (row.delegation_id !== null) return 'DELEGATE';
  if (member.entityKind === 'NATURAL_PERSON') return 'NATURAL';
  return row.is_primary === true ? 'PRIMARY' : 'SECONDARY';
}
