import type { AuditEntry } from '../../../infra/audit/audit.ts';
import { auditFragments } from '../../../infra/audit/audit-fragment.ts';
import { statementOf } from '../../../infra/database/fragment.ts';
import type { LiveSession, SessionFacts } from '../ports.ts';
import { liveSession } from '../sessions/live-session.ts';
import type { Queryable } from '../store/artefacts.ts';
import type { LoadedSession } from '../store/request-scope.ts';
import { storedId } from '../store/stored-id.ts';
import type { Payload } from '../tables.ts';

/** A login that a platform began, as far as our pages know it. */
export type StoredInteraction = {
  readonly uid: string;
  readonly clientId: string;
  readonly promptName: string;
  readonly startedAt: Date;
  readonly expiresAt: Date;
  /** How the platform wants to be answered. */
  readonly responseMode: string | undefined;
  /** Still to be answered. */
  readonly open: boolean;
};

type Row = { payload: Payload; expires_at: Date; open: boolean };
type RowWithSession = Row & {
  session_id: string;
  session_uid: string | null;
  session_facts: SessionFacts;
  session_payload: Payload;
  session_logged_in_at: Date;
  session_expires_at: Date;
  standing: unknown;
  register: string;
};

export type FoundInteraction = {
  readonly interaction: StoredInteraction;
  /** Whoever is logged in with the session cookie that came along. */
  readonly session: LiveSession | undefined;
  /** What the presenter asked to be read along. */
  readonly standing: unknown;
  readonly registerRevision: string;
  /** The same as the provider will ask for it when this login goes on. */
  readonly stored: { readonly payload: Payload; readonly session: LoadedSession | undefined };
};

/**
 * A login that a platform began, with the session of the browser that shows it: one round trip.
 * @param key.cookie value of the session cookie, its signature verified
 * @param key.registerSql an expression for the revision of the register of clients, which is read along
 * @param key.standingSql an expression for the standing of a certificate, which is read along
 */
export async function findInteraction(
  queryable: Queryable,
  key: {
    uid: string;
    cookie?: string | undefined;
    registerSql: string;
    standingSql?: (certificateId: string) => string;
  },
): Promise<FoundInteraction | undefined> {
  const { uid, cookie, registerSql, standingSql = () => 'null::jsonb' } = key;
  const { rows } = await queryable.query<RowWithSession>({
    name: key.standingSql === undefined ? 'interaction-find' : 'interaction-show',
    text: `select a.payload, a.expires_at, a.expires_at > now() and a.consumed_at is null as open,
                  s.id as session_id, s.uid as session_uid, s.facts as session_facts, s.payload as session_payload,
                  s.logged_in_at as session_logged_in_at,
                  s.expires_at as session_expires_at,
                  ${standingSql('s.certificate_id')} as standing, ${registerSql} as register
             from oidc_artefact a
             left join login_session s on s.id = $2 and s.expires_at > now() and s.facts is not null
            where a.kind = 'Interaction' and a.id = $1`,
    values: [storedId('Interaction', uid), cookie === undefined ? null : storedId('Session', cookie)],
  });
  const row = rows[0];
  if (row === undefined) return undefined;
  const { standing, register: registerRevision } = row;
  return {
    interaction: read(uid, row),
    session: sessionOf(row),
    standing,
    registerRevision,
    stored: { payload: row.payload, session: loadedOf(row) },
  };
}

function sessionOf(row: RowWithSession): LiveSession | undefined {
  if (row.session_uid === null) return undefined;
  return liveSession({
    uid: row.session_uid,
    facts: row.session_facts,
    payload: row.session_payload,
    logged_in_at: row.session_logged_in_at,
    expires_at: row.session_expires_at,
  });
}

/** Without what was confirmed on the hub: here it is this login that was. */
function loadedOf(row: RowWithSession): LoadedSession | undefined {
  if (row.session_uid === null) return undefined;
  return {
    id: row.session_id,
    uid: row.session_uid,
    payload: row.session_payload,
    facts: row.session_facts,
    expiresAt: row.session_expires_at,
    intents: [],
  };
}

/**
 * Notes what the holder has decided. @param audits of it, in order
 * @returns where the browser goes on; undefined when the interaction is over
 */
export async function finishInteraction(
  queryable: Queryable,
  uid: string,
  outcome: { result: Payload; session: LiveSession | undefined; audits: readonly AuditEntry[] },
): Promise<string | undefined> {
  const { rows } = await queryable.query<{ return_to: string }>(
    statementOf(`interaction-finish-${outcome.audits.length}`, (bind) => {
      const id = bind(storedId('Interaction', uid));
      const result = bind(JSON.stringify(outcome.result));
      const session = `${bind(outcome.session?.id ?? null)}::text`;
      return `
        with changed as (
          update oidc_artefact
             set payload = payload || jsonb_build_object('result', ${result}::jsonb, 'session',
                   case when ${session} is null then payload -> 'session'
                        else jsonb_build_object('uid', ${session}) end)
           where kind = 'Interaction' and id = ${id} and expires_at > now() and consumed_at is null
       returning payload ->> 'returnTo' as return_to
        ), noted as (${auditFragments(outcome.audits, 'changed')(bind)})
        select return_to from changed`;
    }),
  );
  return rows[0]?.return_to;
}

function read(uid: string, { payload, expires_at, open }: Row): StoredInteraction {
  const { params, prompt, iat } = payload as {
    params: { client_id: string; response_mode?: string };
    prompt: { name: string };
    iat: number;
  };
  return {
    uid,
    clientId: params.client_id,
    promptName: prompt.name,
    startedAt: new Date(iat * 1000),
    expiresAt: expires_at,
    responseMode: params.response_mode,
    open,
  };
}
