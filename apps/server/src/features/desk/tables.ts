import type { Approval, DeskRole } from '@hufu/contracts';
import { type Executor, tablesOf } from '../../infra/database/database.ts';
import type { Json, Timestamp } from '../../infra/database/tables.ts';

export type DeskTables = {
  operator: {
    id: string;
    name_sealed: string;
    roles: Json<DeskRole[]>;
    state: 'ACTIVE' | 'DISABLED';
    issuer_sha256: string;
    serial_number: string;
    spki_sha256: string;
    fingerprint: string;
    certificate: Uint8Array;
    issuer_name: string;
    version: number;
    created_at: Timestamp;
    last_login_at: Timestamp | null;
  };
  desk_session: {
    id: string;
    token_sha256: string;
    operator_id: string;
    logged_in_at: Timestamp;
    last_seen_at: Timestamp;
    expires_at: Timestamp;
    ended_at: Timestamp | null;
  };
  approval: {
    id: string;
    kind: Approval['kind'];
    subject: string;
    subject_state: string;
    summary: string;
    changes: Json<Approval['changes']>;
    payload: Json<unknown>;
    reason: string;
    state: Approval['state'];
    proposed_by: string;
    proposed_at: Timestamp;
    decided_by: string | null;
    decided_at: Timestamp | null;
    decision_note: string | null;
    decision_statement: Uint8Array | null;
    decision_signature: Uint8Array | null;
    decision_fingerprint: string | null;
    expires_at: Timestamp;
  };
};

export const deskTables = (executor: Executor) => tablesOf<DeskTables>(executor);
