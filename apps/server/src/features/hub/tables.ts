import type { ChallengeAct, EntityRole } from '@hufu/contracts';
import type { z } from 'zod';
import { type Executor, tablesOf } from '../../infra/database/database.ts';
import type { BigIntIdentity, Json, Timestamp } from '../../infra/database/tables.ts';
import type { HolderKind } from './domain/eligibility.ts';
import type { NoticeFacts } from './domain/notices.ts';
import type { UnbindStateName } from './domain/unbind-states.ts';

type Role = z.infer<typeof EntityRole>;
type Act = z.infer<typeof ChallengeAct>;

export type HubTables = {
  enterprise: {
    id: string;
    uscc: string;
    unit_name: string;
    unit_name_key: string;
    reg_city: string;
    legal_rep_sealed: string;
    phone_sealed: string;
    address_sealed: string;
    roles: Json<Role[]>;
    state: 'BOUND' | 'UNBOUND';
    version: number;
    bound_at: Timestamp;
    last_login_at: Timestamp | null;
    created_at: Timestamp;
    updated_at: Timestamp;
  };
  enterprise_certificate: {
    id: string;
    enterprise_id: string;
    role: 'PRIMARY' | 'SECONDARY';
    state: 'BOUND' | 'UNBOUND' | 'RENEWED';
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
    holder_kind: HolderKind;
    cert_key_no: string;
    cert_key_no_assigned: boolean;
    media_no: string | null;
    medium: 'usb-key' | 'phone' | 'software' | 'unknown';
    algorithm: string;
    valid_from: Timestamp;
    valid_to: Timestamp;
    revocation: 'GOOD' | 'REVOKED' | 'LOST' | 'UNKNOWN';
    renews_id: string | null;
    advice: Json<string[]>;
    bound_at: Timestamp;
    last_used_at: Timestamp | null;
    unbound_at: Timestamp | null;
    unbound_reason: string | null;
  };
  platform_activation: {
    enterprise_id: string;
    platform_code: string;
    activated_at: Timestamp;
    activated_with: string;
    last_login_at: Timestamp;
    logins: number;
  };
  notice: {
    id: string;
    enterprise_id: string;
    kind: string;
    facts: Json<NoticeFacts>;
    at: Timestamp;
  };
  notice_read: { notice_id: string; certificate_id: string; read_at: Timestamp };
  challenge: {
    id: string;
    act: Act;
    nonce: string;
    origin: string;
    audience: string;
    browser_sha256: string;
    subject: string | null;
    summary: string | null;
    issued_at: Timestamp;
    expires_at: Timestamp;
    used_at: Timestamp | null;
  };
  attempt: {
    id: string;
    act: 'login' | 'bind' | 'activate';
    browser_sha256: string;
    state: 'CHECKING' | 'DONE' | 'FAILED';
    authority_name: string | null;
    budget_ms: number;
    input_sealed: string | null;
    outcome: 'LOGGED_IN' | 'BOUND' | 'ALREADY_BOUND' | 'ACTIVATED' | null;
    certificate_id: string | null;
    advice: Json<string[]>;
    problem: Json<StoredProblem> | null;
    session_id: string | null;
    started_at: Timestamp;
    finished_at: Timestamp | null;
    lease_until: Timestamp;
    expires_at: Timestamp;
  };
  platform_authorisation: {
    id: string;
    session_id: string;
    enterprise_id: string;
    platform_code: string;
    authorised_at: Timestamp;
    expires_at: Timestamp;
    confirmed_at: Timestamp | null;
  };
  unbind_application: {
    id: string;
    reference: string;
    token_sha256: string;
    enterprise_id: string;
    certificate_id: string;
    uscc: string;
    unit_name: string;
    title: string;
    applicant_email_sealed: string;
    applicant_email_masked: string;
    state: Exclude<UnbindStateName, 'DRAFT'>;
    round: number;
    received_at: Timestamp;
    due_at: Timestamp;
    checked_by: string | null;
    checked_at: Timestamp | null;
    check_note: string | null;
    decided_at: Timestamp | null;
    reject_reasons: Json<string[]>;
    reject_note: string | null;
    objection: string | null;
    objected_by: string | null;
    version: number;
  };
  unbind_file: {
    application_id: string;
    round: number;
    field: 'licenceScan' | 'authorisation';
    attachment_id: string;
    name: string;
    size: number;
    type: string;
    warnings: Json<string[]>;
  };
  unbind_event: {
    id: BigIntIdentity;
    application_id: string;
    at: Timestamp;
    state: string;
    note: string | null;
  };
};

/** A refusal that has to be told later, to whoever polls. */
export type StoredProblem = {
  readonly code: string;
  readonly fields: Readonly<Record<string, string | number | boolean | readonly string[]>>;
};

export const hubTables = (executor: Executor) => tablesOf<HubTables>(executor);
