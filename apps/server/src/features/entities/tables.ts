import type { EntityKind, EntityRole, KeyEvent, ProofFile } from '@hufu/contracts';
import type { Generated } from 'kysely';
import type { z } from 'zod';
import { type Executor, tablesOf } from '../../infra/database/database.ts';
import type { BigIntIdentity, Json, Timestamp } from '../../infra/database/tables.ts';

/** LIB-REG-04: a text that somebody agreed to. */
export type Acceptance = { readonly code: string; readonly version: string; readonly sha256: string };

export type LoginMethod = 'KEY' | 'HUB' | 'CITIZEN';
export type Proof = z.output<typeof ProofFile>;

export type EntityTables = {
  entity: {
    id: string;
    kind: EntityKind;
    uscc: string | null;
    id_no_hash: string | null;
    created_at: Timestamp;
  };
  library_entity: {
    id: string;
    kind: EntityKind;
    name: string | null;
    name_sealed: string | null;
    name_masked: string;
    name_key: string | null;
    id_no_sealed: string | null;
    roles: Json<EntityRole[]>;
    state: 'REGISTERED_SIMPLE' | 'ACTIVE';
    frozen_at: Timestamp | null;
    frozen_reason: string | null;
    merged_into: string | null;
    registered_by: LoginMethod;
    applicant_sealed: string | null;
    base_submitted_at: Timestamp | null;
    letter_version: string | null;
    letter_signed_at: Timestamp | null;
    activated_at: Timestamp | null;
    version: Generated<number>;
    created_at: Timestamp;
    updated_at: Timestamp;
    last_login_at: Timestamp | null;
  };
  library_agreement: {
    id: BigIntIdentity;
    entity_id: string;
    code: string;
    version: string;
    text_sha256: string;
    agreed_at: Timestamp;
    key_fingerprint: string | null;
  };
  library_key: {
    id: string;
    entity_id: string;
    cert_type: 'TOKEN' | 'MOBILE';
    state: 'SUBMITTED' | 'VOIDED';
    is_primary: boolean;
    issuer_sha256: string;
    serial_number: string;
    spki_sha256: string;
    fingerprint: string;
    certificate: Uint8Array;
    authority_id: string;
    authority_name: string;
    issuer_name: string;
    unit_name: string;
    uscc: string | null;
    holder_kind: string;
    cert_key_no: string;
    media_no: string | null;
    medium: string;
    algorithm: string;
    valid_from: Timestamp;
    valid_to: Timestamp;
    user_sealed: string;
    void_reason: string | null;
    voided_at: Timestamp | null;
    version: Generated<number>;
    created_at: Timestamp;
    updated_at: Timestamp;
    last_used_at: Timestamp | null;
  };
  library_key_version: {
    key_id: string;
    version: number;
    entity_id: string;
    event: z.infer<typeof KeyEvent>;
    fingerprint: string;
    facts: Json<Readonly<Record<string, string | boolean | null>>>;
    user_sealed: string;
    reason: string | null;
    proof: Json<readonly Proof[]>;
    by_fingerprint: string | null;
    at: Timestamp;
  };
  library_delegation: {
    id: string;
    entity_id: string;
    person_sealed: string;
    person_masked: string;
    person_hash: string;
    modules: Json<string[]>;
    granted_by: string;
    granted_at: Timestamp;
    expires_at: Timestamp;
    revoked_at: Timestamp | null;
    revoked_reason: string | null;
    last_used_at: Timestamp | null;
  };
  library_session: {
    id: string;
    token_sha256: string;
    entity_id: string;
    method: LoginMethod;
    key_id: string | null;
    delegation_id: string | null;
    fingerprint: string | null;
    identity: EntityRole | null;
    logged_in_at: Timestamp;
    last_seen_at: Timestamp;
    expires_at: Timestamp;
    ended_at: Timestamp | null;
  };
  library_admission: {
    id: string;
    purpose: 'REGISTER' | 'ACTIVATE' | 'CHOOSE' | 'KEY';
    browser_sha256: string;
    session_id: string | null;
    entity_id: string | null;
    certificate: Uint8Array;
    media_no: string | null;
    at: Timestamp;
    expires_at: Timestamp;
    used_at: Timestamp | null;
  };
  library_hub_entry: {
    code_sha256: string;
    hub_session_id: string;
    enterprise_id: string;
    certificate_id: string;
    expires_at: Timestamp;
    used_at: Timestamp | null;
  };
  library_letter: {
    id: string;
    entity_id: string;
    version: string;
    task_id: string;
    opened_at: Timestamp;
    signed_at: Timestamp | null;
    document_sha256: string | null;
  };
  library_sync_code: {
    id: string;
    entity_id: string;
    code_hash: string;
    code_sealed: string;
    state: 'ACTIVE' | 'CONSUMED' | 'REPLACED';
    issued_at: Timestamp;
    expires_at: Timestamp;
    ended_at: Timestamp | null;
    platform_code: string | null;
  };
  library_sync_failure: {
    platform_code: string;
    user_hash: string;
    failures: number;
    last_at: Timestamp;
    locked_until: Timestamp | null;
  };
  library_citizen_login: {
    state_sha256: string;
    browser_sha256: string;
    nonce: string;
    verifier_sealed: string;
    agreements: Json<readonly Acceptance[]>;
    expires_at: Timestamp;
    used_at: Timestamp | null;
  };
};

export const entityTables = (executor: Executor) => tablesOf<EntityTables>(executor);
