import type { LiveSession, SessionFacts } from '../ports.ts';
import type { Payload } from '../tables.ts';

/** A row of `login_session` in which somebody is logged in. */
export type SessionRow = {
  readonly uid: string;
  readonly facts: SessionFacts | null;
  readonly payload: Payload;
  readonly logged_in_at: Date | null;
  readonly expires_at: Date;
};

type Authorizations = Readonly<Record<string, { readonly sid?: string }>>;

/** The platforms that were reached in a session, with the session id that each was told. */
export function authorizationsOf(payload: Payload): Authorizations {
  return (payload['authorizations'] ?? {}) as Authorizations;
}

export function liveSession(row: SessionRow): LiveSession {
  return {
    id: row.uid,
    facts: row.facts!,
    loggedInAt: row.logged_in_at ?? new Date(Number(row.payload['loginTs']) * 1000),
    expiresAt: row.expires_at,
    platforms: Object.keys(authorizationsOf(row.payload)),
  };
}
