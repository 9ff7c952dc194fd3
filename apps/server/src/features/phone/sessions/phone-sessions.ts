import { createHash } from 'node:crypto';
import { toBase64Url } from '@hufu/kernel';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { sql } from 'kysely';
import type { Executor, Tx } from '../../../infra/database/database.ts';
import { ANONYMOUS, type Caller } from '../../access/index.ts';
import { type Call, nowOf, type PhoneDeps } from '../deps.ts';
import { phoneTables } from '../tables.ts';

/**
 * Without a device a session is a page on some computer; a device has keys of its own and is not asked for a code
 * every day. Neither session can use a key: that takes the device's signature and the PIN.
 */
const IDLE_MS = { page: 60 * 60_000, device: 14 * 86_400_000 } as const;
const DEVICE_LIFE_MS = 90 * 86_400_000;
const TOUCH_EVERY_MS = 60_000;

const TOKEN = /^[A-Za-z0-9_-]{43}$/;
const digest = (token: string) => createHash('sha256').update(token).digest('hex');

/** A session with what its user and its device are now. */
export type LiveSession = {
  readonly id: string;
  readonly userId: string;
  readonly verified: boolean;
  readonly device: { readonly id: string; readonly state: 'ACTIVE' | 'FROZEN' } | null;
  readonly realNameAt: Date | null;
  readonly expiresAt: Date;
};

/** 标证通's own cookie, beside those of hub, library and desk. */
export type PhoneSessions = {
  /** Ends what the browser had open here before. */
  open(tx: Tx, call: Call, userId: string): Promise<string>;
  find(request: FastifyRequest): Promise<LiveSession | undefined>;
  caller(request: FastifyRequest): Promise<Caller>;
  /** The device has proved its keys: from now on this is a device's session. */
  bindDevice(tx: Tx, bound: { readonly id: string; readonly deviceId: string }): Promise<void>;
  forget(reply: FastifyReply): void;
};

export function createPhoneSessions(deps: PhoneDeps): PhoneSessions {
  const secure = deps.origin.startsWith('https:');
  const name = secure ? '__Host-hufu_phone' : 'hufu_phone';
  // Lax: the identity provider's answer arrives by navigation from elsewhere.
  const options = { path: '/', httpOnly: true, sameSite: 'lax', secure } as const;
  const { db } = deps.database;

  const tokenOf = (request: FastifyRequest) => {
    const token = request.cookies[name];
    return token !== undefined && TOKEN.test(token) ? token : undefined;
  };

  const look = async (tokenSha256: string) => {
    const now = nowOf(deps);
    const row = await phoneTables(db)
      .selectFrom('phone_session as s')
      .innerJoin('phone_user as u', 'u.id', 's.user_id')
      .leftJoin('phone_device as d', 'd.id', 's.device_id')
      .select(['s.id', 's.user_id', 's.device_id', 's.real_name_at', 's.last_seen_at', 's.expires_at'])
      .select(['u.verified_at', 'd.state as device_state'])
      .where('s.token_sha256', '=', tokenSha256)
      .where('s.ended_at', 'is', null)
      .where('s.expires_at', '>', now)
      .executeTakeFirst();
    if (row === undefined || row.device_state === 'REMOVED') return undefined;
    const idle = row.device_id === null ? IDLE_MS.page : IDLE_MS.device;
    return row.last_seen_at.getTime() + idle > now.getTime() ? row : undefined;
  };

  const find = async (request: FastifyRequest): Promise<LiveSession | undefined> => {
    const token = tokenOf(request);
    const row = token === undefined ? undefined : await look(digest(token));
    if (row === undefined) return undefined;
    const now = nowOf(deps);
    if (now.getTime() - row.last_seen_at.getTime() > TOUCH_EVERY_MS) await touch(db, row, now);
    return {
      id: row.id,
      userId: row.user_id,
      verified: row.verified_at !== null,
      device:
        row.device_id === null
          ? null
          : { id: row.device_id, state: row.device_state === 'ACTIVE' ? 'ACTIVE' : 'FROZEN' },
      realNameAt: row.real_name_at,
      expiresAt: row.expires_at,
    };
  };

  return {
    async open(tx, { request, reply }, userId) {
      const at = nowOf(deps);
      const former = tokenOf(request);
      if (former !== undefined) await endSessions(tx, { by: 'token_sha256', value: digest(former), at });
      const token = toBase64Url(deps.random(32));
      const id = toBase64Url(deps.random(16));
      await phoneTables(tx)
        .insertInto('phone_session')
        .values({
          id,
          token_sha256: digest(token),
          user_id: userId,
          device_id: null,
          real_name_at: null,
          logged_in_at: at,
          last_seen_at: at,
          expires_at: new Date(at.getTime() + deps.config.sessionSeconds * 1000),
        })
        .execute();
      reply.setCookie(name, token, { ...options, maxAge: DEVICE_LIFE_MS / 1000 });
      return id;
    },
    find,
    async caller(request) {
      const live = await find(request);
      if (live === undefined) return ANONYMOUS;
      return {
        kind: 'phone',
        sessionId: live.id,
        userId: live.userId,
        deviceId: live.device?.state === 'ACTIVE' ? live.device.id : null,
        verified: live.verified,
      };
    },
    async bindDevice(tx, { id, deviceId }) {
      await phoneTables(tx)
        .updateTable('phone_session')
        .set({ device_id: deviceId, expires_at: new Date(deps.clock.now() + DEVICE_LIFE_MS) })
        .where('id', '=', id)
        .execute();
    },
    forget: (reply) => void reply.clearCookie(name, options),
  };
}

async function touch(
  executor: Executor,
  { id, device_id }: { readonly id: string; readonly device_id: string | null },
  at: Date,
): Promise<void> {
  await phoneTables(executor)
    .updateTable('phone_session')
    .set({ last_seen_at: at })
    .where('id', '=', id)
    .execute();
  if (device_id === null) return;
  await phoneTables(executor)
    .updateTable('phone_device')
    .set({ last_seen_at: at })
    .where('id', '=', device_id)
    .execute();
}

type Ending = {
  readonly by: 'id' | 'token_sha256' | 'device_id';
  readonly value: string;
  readonly at: Date;
};

export async function endSessions(tx: Tx, { by, value, at }: Ending): Promise<void> {
  await phoneTables(tx)
    .updateTable('phone_session')
    .set({ ended_at: at })
    .where(sql.ref(by), '=', value)
    .where('ended_at', 'is', null)
    .execute();
}

/** Real names that are on their way go with their session. */
export async function purgeSessions(executor: Executor, before: Date): Promise<void> {
  await phoneTables(executor).deleteFrom('phone_session').where('expires_at', '<', before).execute();
}
