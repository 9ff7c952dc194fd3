import type { EntityRole } from '@hufu/contracts';
import type { Insertable, Selectable } from 'kysely';
import type pg from 'pg';
import type { Executor, Tx } from '../../../infra/database/database.ts';
import { type EntityTables, entityTables, type LoginMethod } from '../tables.ts';

type SessionRow = Selectable<EntityTables['library_session']>;

/** A session with what its key, its delegation and its entity are now. */
export type LiveRow = {
  readonly id: string;
  readonly entity_id: string;
  readonly method: LoginMethod;
  readonly key_id: string | null;
  readonly delegation_id: string | null;
  readonly fingerprint: string | null;
  readonly identity: EntityRole | null;
  readonly logged_in_at: Date;
  readonly last_seen_at: Date;
  readonly expires_at: Date;
  readonly kind: 'ORGANISATION' | 'NATURAL_PERSON';
  readonly state: 'REGISTERED_SIMPLE' | 'ACTIVE';
  readonly frozen_at: Date | null;
  readonly is_primary: boolean | null;
  readonly modules: readonly string[] | null;
};

/**
 * A voided key, a revoked or ended delegation, a merged account: their sessions are none from that moment on. A key
 * whose certificate was replaced keeps its row, but a session lives by the certificate that opened it.
 */
const LIVE = (column: 'token_sha256' | 'id') => `
  select s.id, s.entity_id, s.method, s.key_id, s.delegation_id, s.fingerprint, s.identity, s.logged_in_at,
         s.last_seen_at, s.expires_at, e.kind, e.state, e.frozen_at, k.is_primary, d.modules
    from library_session s
    join library_entity e on e.id = s.entity_id
    left join library_key k on k.id = s.key_id
    left join library_delegation d on d.id = s.delegation_id
   where s.${column} = $1 and s.ended_at is null and s.expires_at > $2 and s.last_seen_at > $3
     and e.merged_into is null
     and (s.key_id is null or (k.state = 'SUBMITTED' and k.fingerprint = s.fingerprint))
     and (s.delegation_id is null or (d.revoked_at is null and d.expires_at > $2))`;

export async function liveSession(
  queryable: Pick<pg.Pool, 'query'>,
  key: { by: 'token_sha256' | 'id'; value: string; now: Date; seenAfter: Date },
): Promise<LiveRow | undefined> {
  const { rows } = await queryable.query<LiveRow>({
    name: `library-session-${key.by}`,
    text: LIVE(key.by),
    values: [key.value, key.now, key.seenAfter],
  });
  return rows[0];
}

export async function insertSession(tx: Tx, row: Insertable<EntityTables['library_session']>): Promise<void> {
  await entityTables(tx).insertInto('library_session').values(row).execute();
}

export async function touchSession(executor: Executor, { id, at }: { id: string; at: Date }): Promise<void> {
  await entityTables(executor)
    .updateTable('library_session')
    .set({ last_seen_at: at })
    .where('id', '=', id)
    .execute();
}

export async function setIdentity(
  tx: Tx,
  { id, identity }: { id: string; identity: EntityRole },
): Promise<void> {
  await entityTables(tx).updateTable('library_session').set({ identity }).where('id', '=', id).execute();
}

export async function carryOver(
  tx: Tx,
  { id, fingerprint }: { id: string; fingerprint: string },
): Promise<void> {
  await entityTables(tx).updateTable('library_session').set({ fingerprint }).where('id', '=', id).execute();
}

type Column = 'id' | 'token_sha256' | 'entity_id' | 'key_id' | 'delegation_id';
const endWhere =
  (column: Column) =>
  async (tx: Tx, { value, at }: { value: string; at: Date }): Promise<number> => {
    const ended = await entityTables(tx)
      .updateTable('library_session')
      .set({ ended_at: at })
      .where(column, '=', value)
      .where('ended_at', 'is', null)
      .returning('id')
      .execute();
    return ended.length;
  };

export const endSession = (tx: Tx, { id, at }: { id: string; at: Date }) =>
  endWhere('id')(tx, { value: id, at });
export const endSessionOfToken = (tx: Tx, { tokenSha256, at }: { tokenSha256: string; at: Date }) =>
  endWhere('token_sha256')(tx, { value: tokenSha256, at });
export const endSessionsOfEntity = (tx: Tx, { entityId, at }: { entityId: string; at: Date }) =>
  endWhere('entity_id')(tx, { value: entityId, at });
export const endSessionsOfKey = (tx: Tx, { keyId, at }: { keyId: string; at: Date }) =>
  endWhere('key_id')(tx, { value: keyId, at });
export const endSessionsOfDelegation = (tx: Tx, { delegationId, at }: { delegationId: string; at: Date }) =>
  endWhere('delegation_id')(tx, { value: delegationId, at });

export type ListedSession = SessionRow & { readonly is_primary: boolean | null };

/** Sessions of an entity that have not ended, the newest first. */
export const openSessions = (
  executor: Executor,
  { entityId, now, seenAfter }: { entityId: string; now: Date; seenAfter: Date },
): Promise<ListedSession[]> =>
  entityTables(executor)
    .selectFrom('library_session')
    .leftJoin('library_key', 'library_key.id', 'library_session.key_id')
    .selectAll('library_session')
    .select('library_key.is_primary as is_primary')
    .where('library_session.entity_id', '=', entityId)
    .where('ended_at', 'is', null)
    .where('expires_at', '>', now)
    .where('last_seen_at', '>', seenAfter)
    .orderBy('logged_in_at', 'desc')
    .orderBy('library_session.id')
    .limit(200)
    .execute();

/** What ended long ago. Admissions point at the sessions that read a key. */
export async function purgeSessions(executor: Executor, before: Date): Promise<void> {
  await entityTables(executor)
    .deleteFrom('library_session')
    .where('expires_at', '<', before)
    .where(({ not, exists, selectFrom }) =>
      not(
        exists(
          selectFrom('library_admission')
            .select('library_admission.id')
            .whereRef('library_admission.session_id', '=', 'library_session.id'),
        ),
      ),
    )
    .execute();
}
