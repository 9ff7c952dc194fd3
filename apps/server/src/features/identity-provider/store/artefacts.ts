import { sql } from 'kysely';
import type pg from 'pg';
import type { Tx } from '../../../infra/database/database.ts';
import { type Fragment, statementOf } from '../../../infra/database/fragment.ts';
import type { SessionFacts } from '../ports.ts';
import type { Payload } from '../tables.ts';
import type { Artefact, LoadedSession, RequestScope, Step } from './request-scope.ts';
import { storedId } from './stored-id.ts';

/** What a read needs of the pool. */
export type Queryable = Pick<pg.Pool, 'query'>;

type SessionRow = {
  id: string;
  uid: string;
  payload: Payload;
  facts: SessionFacts | null;
  expires_at: Date;
  intents: string[] | null;
};
type SessionRowWithRegister = SessionRow & { register: string };

/** Someone was faster: a code was redeemed, an intent used or a session ended meanwhile. */
export class StaleWrite extends Error {
  override readonly name = 'StaleWrite';
}

export async function applySteps(queryable: Queryable, steps: readonly Step[]): Promise<void> {
  if (steps.length === 0) return;
  const values = [JSON.stringify(steps)];
  await knowingStale(() =>
    queryable.query({ name: 'oidc-apply', text: 'select oidc_apply($1::jsonb)', values }),
  );
}

/** Another data-modifying statement; its text must depend on nothing but the name. */
export type Beside = { readonly name: string; readonly fragment: Fragment };

/** The same, with another that stands and falls with it. */
export async function applyStepsAnd(
  queryable: Queryable,
  steps: readonly Step[],
  { name, fragment }: Beside,
): Promise<void> {
  await knowingStale(() =>
    queryable.query(
      statementOf(
        `oidc-apply-${name}`,
        (bind) =>
          `with beside as (${fragment(bind)}) select oidc_apply(${bind(JSON.stringify(steps))}::jsonb)`,
      ),
    ),
  );
}

export async function applyStepsIn(tx: Tx, steps: readonly Step[]): Promise<void> {
  await knowingStale(() => sql`select oidc_apply(${JSON.stringify(steps)}::jsonb)`.execute(tx));
}

async function knowingStale(work: () => Promise<unknown>): Promise<void> {
  try {
    await work();
  } catch (error) {
    if ((error as { code?: unknown }).code === 'HF001') throw new StaleWrite('stale', { cause: error });
    throw error;
  }
}

export async function findArtefact(
  queryable: Queryable,
  kind: string,
  id: string,
): Promise<Artefact | undefined> {
  const { rows } = await queryable.query<{ payload: Payload; consumed_at: Date | null }>({
    name: 'oidc-find',
    text: `select payload, consumed_at from oidc_artefact where kind = $1 and id = $2 and expires_at > now()`,
    values: [kind, storedId(kind, id)],
  });
  const row = rows[0];
  return row && { payload: { ...row.payload, jti: id }, consumed: seconds(row.consumed_at) };
}

export type TokenQuestion = {
  readonly kind: string;
  readonly id: string;
  /** An expression for what is true of the entity, which is read along. */
  readonly recordSql: (entityId: string) => string;
};

/** A code or token with the grant, the session and the entity that it needs to be valid: one round trip. */
export async function findToken(
  queryable: Queryable,
  { kind, id, recordSql }: TokenQuestion,
  scope: RequestScope | undefined,
): Promise<Artefact | undefined> {
  const { rows } = await queryable.query<{
    payload: Payload;
    consumed_at: Date | null;
    grant_id: string | null;
    grant_payload: Payload | null;
    session: SessionRow | null;
    entity: unknown;
  }>({
    name: 'oidc-find-token',
    text: `
      select a.payload, a.consumed_at, g.id as grant_id, g.payload as grant_payload,
             case when s.id is null then null else
               jsonb_build_object('id', s.id, 'uid', s.uid, 'payload', s.payload, 'facts', s.facts,
                                  'expires_at', s.expires_at) end as session,
             ${recordSql(`(a.payload ->> 'accountId')`)} as entity
        from oidc_artefact a
        left join oidc_artefact g on g.kind = 'Grant' and g.id = a.grant_id and g.expires_at > now()
        left join login_session s on s.uid = a.session_uid and s.expires_at > now()
       where a.kind = $1 and a.id = $2 and a.expires_at > now()`,
    values: [kind, storedId(kind, id)],
  });
  const row = rows[0];
  if (!row) return undefined;
  if (scope && row.grant_id && row.grant_payload) scope.grants.set(row.grant_id, row.grant_payload);
  const { accountId } = row.payload;
  if (scope && typeof accountId === 'string') scope.entities.set(accountId, row.entity);
  if (scope && row.session) {
    const { expires_at, ...session } = row.session;
    const loaded = { ...session, expiresAt: new Date(expires_at), intents: [] };
    scope.sessions.set(loaded.uid, loaded);
  }
  return { payload: { ...row.payload, jti: id }, consumed: seconds(row.consumed_at) };
}

const SESSION_COLUMNS = `
  id, uid, payload, facts, expires_at,
  (select array_agg(client_id) from login_intent i where i.session_uid = s.uid and i.expires_at > now()) as intents`;

/**
 * @param value of the session cookie
 * @param registerSql an expression for the revision of the register of clients, which is read along
 */
export async function findSession(
  queryable: Queryable,
  value: string,
  registerSql: string,
): Promise<(LoadedSession & { readonly registerRevision: string }) | undefined> {
  const { rows } = await queryable.query<SessionRowWithRegister>({
    name: 'session-find',
    text: `select ${SESSION_COLUMNS}, ${registerSql} as register
             from login_session s where id = $1 and expires_at > now()`,
    values: [storedId('Session', value)],
  });
  return rows[0] && { ...loadedSession(rows[0]), registerRevision: rows[0].register };
}

/** A login that goes on, with the session of its browser: one round trip. */
export async function readAhead(
  queryable: Queryable,
  key: { uid: string; cookie: string; registerSql: string },
  scope: RequestScope,
): Promise<void> {
  const { uid, cookie } = key;
  const { rows } = await queryable.query<{
    payload: Payload;
    consumed_at: Date | null;
    session: (Omit<SessionRow, 'expires_at'> & { expires_at: string }) | null;
    register: string;
  }>({
    name: 'oidc-read-ahead',
    text: `select a.payload, a.consumed_at, ${key.registerSql} as register,
                  (select to_jsonb(found) from (
                     select ${SESSION_COLUMNS} from login_session s where s.id = $2 and s.expires_at > now()
                   ) found) as session
             from oidc_artefact a
            where a.kind = 'Interaction' and a.id = $1 and a.expires_at > now()`,
    values: [storedId('Interaction', uid), storedId('Session', cookie)],
  });
  const row = rows[0];
  if (!row?.session) return;
  const { expires_at, ...session } = row.session;
  scope.registerRevision = row.register;
  const payload = { ...row.payload, jti: uid };
  scope.interactionsAhead.set(uid, { payload, consumed: seconds(row.consumed_at) });
  scope.sessionsAhead.set(cookie, loadedSession({ ...session, expires_at: new Date(expires_at) }));
}

export async function findSessionByUid(
  queryable: Queryable,
  uid: string,
): Promise<LoadedSession | undefined> {
  const { rows } = await queryable.query<SessionRow>({
    name: 'session-find-uid',
    text: `select ${SESSION_COLUMNS} from login_session s where uid = $1 and expires_at > now()`,
    values: [uid],
  });
  return rows[0] && loadedSession(rows[0]);
}

function loadedSession(row: SessionRow): LoadedSession {
  return {
    id: row.id,
    uid: row.uid,
    payload: row.payload,
    facts: row.facts,
    expiresAt: row.expires_at,
    intents: row.intents ?? [],
  };
}

function seconds(at: Date | null): number | undefined {
  return at === null ? undefined : Math.floor(at.getTime() / 1000);
}
