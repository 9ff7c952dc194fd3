import type { Json, Timestamp } from '../../infra/database/tables.ts';
import type { SessionFacts } from './ports.ts';

/** What oidc-provider keeps; the shape is its business. */
export type Payload = Record<string, unknown>;

export type IdentityTables = {
  login_session: {
    id: string;
    uid: string;
    entity_id: string | null;
    certificate_id: string | null;
    facts: Json<SessionFacts> | null;
    payload: Json<Payload>;
    logged_in_at: Timestamp | null;
    expires_at: Timestamp;
  };
  oidc_artefact: {
    kind: string;
    id: string;
    grant_id: string | null;
    session_uid: string | null;
    payload: Json<Payload>;
    expires_at: Timestamp;
    consumed_at: Timestamp | null;
  };
  login_intent: {
    session_uid: string;
    client_id: string;
    expires_at: Timestamp;
  };
};
