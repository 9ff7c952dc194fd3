import { randomBytes } from 'node:crypto';
import type {
  HubSessions,
  LiveSession,
  LoginIntents,
} from '../../../src/features/identity-provider/index.ts';

const COOKIE = 'test-session';

/** Sessions in memory, until the real ones are composed. */
export function fakeSessions(): { sessions: HubSessions; intents: LoginIntents } {
  const live = new Map<string, LiveSession>();
  const endWhere = (holds: (session: LiveSession) => boolean) => {
    const ended = [...live].filter(([, session]) => holds(session));
    for (const [id] of ended) live.delete(id);
    return ended.length;
  };
  return {
    sessions: {
      async create(_tx, { reply, facts }) {
        const id = randomBytes(12).toString('hex');
        const now = Date.now();
        const session = {
          id,
          facts,
          loggedInAt: new Date(now),
          expiresAt: new Date(now + 3_600_000),
          platforms: [],
        };
        live.set(id, session);
        reply.setCookie(COOKIE, id, { path: '/', httpOnly: true });
        return session;
      },
      find: async (request) => live.get(request.cookies[COOKIE] ?? ''),
      async end(_tx, { request, reply }) {
        live.delete(request.cookies[COOKIE] ?? '');
        reply.clearCookie(COOKIE, { path: '/' });
      },
      endById: async (_tx, id) => live.delete(id),
      endForCertificate: async (_tx, id) => endWhere((session) => session.facts.certificateId === id),
      endForEntity: async (_tx, id) => endWhere((session) => session.facts.entityId === id),
      list: async () => ({ items: [...live.values()], total: live.size }),
    },
    intents: {
      create: async (_tx, { clientId }) => ({
        redirectTo: `https://platform.example/start?client=${clientId}`,
      }),
    },
  };
}
