import { createHash } from 'node:crypto';
import { toBase64Url } from '@hufu/kernel';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Tx } from '../../infra/database/database.ts';
import { ANONYMOUS, type Caller, type OperatorCaller } from '../access/index.ts';
import type { DeskDeps } from './deps.ts';
import { insertDeskSession, liveDeskSession, touchDeskSession } from './store/sessions.ts';

/** Shorter than a holder's: a desk opens other people's records. */
const LONGEST_MS = 4 * 3_600_000;
const IDLE_MS = 30 * 60_000;
const TOUCH_EVERY_MS = 60_000;

export type LiveDesk = NonNullable<Awaited<ReturnType<typeof liveDeskSession>>>;

/** The desk's own cookie, beside the hub's: one browser may hold both. */
export type DeskSessions = {
  open(tx: Tx, call: { reply: FastifyReply; operatorId: string }): Promise<{ id: string; expiresAt: Date }>;
  find(request: FastifyRequest): Promise<LiveDesk | undefined>;
  caller(request: FastifyRequest): Promise<Caller>;
  forget(reply: FastifyReply): void;
};

const digest = (token: string) => createHash('sha256').update(token).digest('hex');

export function createDeskSessions(deps: DeskDeps): DeskSessions {
  const secure = deps.origin.startsWith('https:');
  const name = secure ? '__Host-hufu-desk' : 'hufu-desk';
  const options = { path: '/', httpOnly: true, sameSite: 'strict', secure } as const;

  const find = async (request: FastifyRequest) => {
    const token = request.cookies[name];
    if (token === undefined) return undefined;
    const now = deps.clock.now();
    const live = await liveDeskSession(deps.database.db, {
      tokenSha256: digest(token),
      now: new Date(now),
      seenAfter: new Date(now - IDLE_MS),
    });
    if (live !== undefined && now - live.lastSeenAt.getTime() > TOUCH_EVERY_MS) {
      await touchDeskSession(deps.database.db, { id: live.sessionId, at: new Date(now) });
    }
    return live;
  };

  return {
    async open(tx, { reply, operatorId }) {
      const token = toBase64Url(deps.random(32));
      const id = toBase64Url(deps.random(16));
      const at = new Date(deps.clock.now());
      const expiresAt = new Date(at.getTime() + LONGEST_MS);
      await insertDeskSession(tx, { id, tokenSha256: digest(token), operatorId, at, expiresAt });
      reply.setCookie(name, token, options);
      return { id, expiresAt };
    },
    find,
    async caller(request) {
      const live = await find(request);
      return live === undefined ? ANONYMOUS : operatorCaller(live);
    },
    forget: (reply) => void reply.clearCookie(name, options),
  };
}

export const operatorCaller = (live: LiveDesk): OperatorCaller => ({
  kind: 'operator',
  sessionId: live.sessionId,
  operatorId: live.operatorId,
  fingerprint: live.fingerprint,
  roles: live.roles,
});
