import type {
  BigIntIdentity,
  BigIntText,
  Json,
  Timestamp,
  TimestampDefault,
} from '../../infra/database/tables.ts';

/** Bytes come as Buffer from both engines. */
type Bytes = Uint8Array;

export type TrustTables = {
  trust_profile: { id: string; profile: Json<unknown>; version: number; updated_at: TimestampDefault };
  trust_authority: {
    id: string;
    name: string;
    name_en: string;
    phone: string;
    website: string | null;
    region: string;
    joined: boolean;
    status: 'active' | 'suspended';
    status_reason: string | null;
    status_since: Timestamp;
    profile_id: string;
    policy: Json<unknown>;
    policy_version: number;
    version: number;
    created_at: TimestampDefault;
    updated_at: TimestampDefault;
  };
  trust_authority_certificate: {
    authority_id: string;
    role: 'anchor' | 'intermediate';
    sha256: string;
    spki_sha256: string;
    der: Bytes;
  };
  trust_source: { authority_id: string; kind: 'crl' | 'ocsp'; url: string; position: number };
  trust_change: {
    id: BigIntIdentity;
    authority_id: string;
    change: 'recognise' | 'policy' | 'suspend' | 'resume' | 'contact';
    before: Json<unknown> | null;
    after: Json<unknown>;
    reason: string;
    actor: string;
    approval_id: string | null;
    ends_at: Timestamp | null;
    applied_at: TimestampDefault;
  };
  trust_revision: { one: boolean; revision: BigIntText };
  trust_crl: {
    url: string;
    authority_id: string;
    der: Bytes | null;
    sha256: string | null;
    issuer_hash: string | null;
    crl_number: string | null;
    this_update: Timestamp | null;
    next_update: Timestamp | null;
    entries: number | null;
    etag: string | null;
    last_modified: string | null;
    fetched_at: Timestamp | null;
    checked_at: Timestamp | null;
    problem: string | null;
    failures: number;
  };
  trust_ocsp_answer: {
    certificate_sha256: string;
    authority_id: string;
    response: Bytes;
    fetched_at: Timestamp;
    expires_at: Timestamp;
  };
  trust_health_sample: {
    id: BigIntIdentity;
    authority_id: string;
    kind: 'crl' | 'ocsp' | 'grace';
    at: Timestamp;
    ok: boolean;
    latency_ms: number | null;
    reason: string | null;
  };
  trust_certificate_seen: {
    issuer_sha256: string;
    serial_number: string;
    spki_sha256: string;
    fingerprint: string;
    authority_id: string;
    first_seen_at: Timestamp;
  };
  trust_list_version: {
    sequence: BigIntText;
    document: Bytes;
    hash: string;
    previous: string | null;
    issued_at: Timestamp;
    valid_until: Timestamp;
    reason: string;
    published_by: string;
  };
};
