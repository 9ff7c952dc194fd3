import { createHash } from 'node:crypto';
import { toBase64Url } from '@hufu/kernel';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Tx } from '../../../infra/database/database.ts';
import { ANONYMOUS, type Caller, type Member } from '../../access/index.ts';
import { stateOf } from '../accounts/directory.ts';
import type { EntityDeps } from '../deps.ts';
import type { LoginMethod } from '../tables.ts';
import {
  endSessionOfToken,
  insertSession,
  type LiveRow,
  liveSession,
  touchSession,
} from './session-store.ts';

/** A forgotten page in an office; HUFU_SESSION_SECONDS ends a session however busy it is. */
export const IDLE_MS = 60 * 60_000;
const TOUCH_EVERY_MS = 60_000;

export type Opening = {
  readonly entityId: string;
  readonly method: LoginMethod;
  readonly keyId?: string | null;
  readonly delegationId?: string | null;
  /** Of the certificate; null for a login elsewhere. */
  readonly fingerprint: string | null;
  readonly identity: Member['identity'];
  /** Ends of what the session stands on: certificate, delegation. ms */
  readonly notAfter?: number;
};

type Call = { readonly request: FastifyRequest; readonly reply: FastifyReply };

/** The library's own cookie, beside the hub's and the desk's: one browser may hold them all. */
export type LibrarySessions = {
  /** Ends what the browser had open here before. @returns the session's id */
  open(tx: Tx, call: Call, opening: Opening): Promise<string>;
  find(request: FastifyRequest): Promise<LiveRow | undefined>;
  byId(id: string): Promise<LiveRow | undefined>;
  caller(request: FastifyRequest): Promise<Caller>;
  forget(reply: FastifyReply): void;
};

const digest = (token: string) => createHash('sha256').update(token).digest('hex');
const TOKEN = /^[A-Za-z0-9_-]{43}$/;

export function createLibrarySessions(
  deps: Pick<EntityDeps, 'config' | 'clock' | 'random' | 'database' | 'origin'>,
): LibrarySessions {
  const secure = deps.origin.startsWith('https:');
  const name = secure ? '__Host-hufu_library' : 'hufu_library';
  // Lax: the answers of the hub and of the citizens' provider arrive by navigation from elsewhere.
  const options = { path: '/', httpOnly: true, sameSite: 'lax', secure } as const;
  const { pool, db } = deps.database;

  const tokenOf = (request: FastifyRequest) => {
    const token = request.cookies[name];
    return token !== undefined && TOKEN.test(token) ? token : undefined;
  };
  const look = (by: 'token_sha256' | 'id', value: string) => {
    const now = deps.clock.now();
    return liveSession(pool, { by, value, now: new Date(now), seenAfter: new Date(now - IDLE_MS) });
  };
  const find = async (request: FastifyRequest) => {
    const token = tokenOf(request);
    const live = token === undefined ? undefined : await look('token_sha256', digest(token));
    const now = deps.clock.now();
    if (live !== undefined && now - live.last_seen_at.getTime() > TOUCH_EVERY_MS) {
      await touchSession(db, { id: live.id, at: new Date(now) });
    }
    return live;
  };

  return {
    async open(tx, { request, reply }, opening) {
      const at = new Date(deps.clock.now());
      const former = tokenOf(request);
      if (former !== undefined) await endSessionOfToken(tx, { tokenSha256: digest(former), at });
      const token = toBase64Url(deps.random(32));
      const id = toBase64Url(deps.random(16));
      const longest = at.getTime() + deps.config.sessionSeconds * 1000;
      await insertSession(tx, {
        id,
        token_sha256: digest(token),
        entity_id: opening.entityId,
        method: opening.method,
        key_id: opening.keyId ?? null,
        delegation_id: opening.delegationId ?? null,
        fingerprint: opening.fingerprint,
        identity: opening.identity,
        logged_in_at: at,
        last_seen_at: at,
        expires_at: new Date(Math.min(longest, opening.notAfter ?? longest)),
        ended_at: null,
      });
      reply.setCookie(name, token, options);
      return id;
    },
    find,
    byId: (id) => look('id', id),
    async caller(request) {
      const live = await find(request);
      return live === undefined ? ANONYMOUS : memberFrom(live);
    },
    forget: (reply) => void reply.clearCookie(name, options),
  };
}

/** What a session's holder is at this moment. */
export function memberFrom(live: LiveRow): Member {
  return {
    kind: 'member',
    sessionId: live.id,
    entityId: live.entity_id,
    entityKind: live.kind,
    entityState: stateOf(live),
    standing: standingOf(live),
    keyId: live.key_id,
    fingerprint: live.fingerprint,
    identity: live.identity,
    modules: live.modules ?? 'all',
  };
}

function standingOf(live: Pick<LiveRow, 'delegation_id' | 'kind' | 'is_primary'>): Member['standing'] {
  if (live.delegation_id !== null) return 'DELEGATE';
  if (live.kind === 'NATURAL_PERSON') return 'NATURAL';
  return live.is_primary === true ? 'PRIMARY' : 'SECONDARY';
}
