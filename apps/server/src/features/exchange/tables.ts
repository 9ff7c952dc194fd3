import type { ExchangeScope, MappingRow, MirrorGaps, PlatformNoticeKind, PushState } from '@hufu/contracts';
import type { Generated } from 'kysely';
import { type Executor, tablesOf } from '../../infra/database/database.ts';
import type { BigIntText, Json, Timestamp } from '../../infra/database/tables.ts';

export type ExchangeTables = {
  exchange_platform: {
    platform_code: string;
    webhook_url: string | null;
    keys: Json<Record<string, unknown>[]>;
    scopes: Json<ExchangeScope[]>;
    recognises: Json<string[]>;
    last_notice: Generated<BigIntText>;
    version: Generated<number>;
    updated_at: Timestamp;
  };
  exchange_mapping: {
    platform_code: string;
    rows: Json<MappingRow[]>;
    version: Generated<number>;
    updated_at: Timestamp;
  };
  exchange_mapping_version: {
    platform_code: string;
    version: number;
    rows: Json<MappingRow[]>;
    reason: string | null;
    approval_id: string | null;
    at: Timestamp;
  };
  exchange_answer: {
    platform_code: string;
    key: string;
    operation: string;
    request_sha256: string;
    answer_sealed: string | null;
    at: Timestamp;
  };
  exchange_pull: {
    id: string;
    platform_code: string;
    entity_id: string;
    user_ref: string;
    lib_version: number;
    complete: boolean;
    gaps: Json<MirrorGaps> | null;
    package_sha256: string;
    at: Timestamp;
    files_until: Timestamp;
  };
  exchange_pull_file: { pull_id: string; sha256: string; name: string };
  exchange_consent: { entity_id: string; platform_code: string; given_at: Timestamp };
  exchange_use: {
    platform_code: string;
    callback_id: string;
    entity_id: string;
    performance_id: string;
    tender_no: string;
    use_status: string;
    used_at: Timestamp;
    use_count: number;
    received_at: Timestamp;
  };
  exchange_notice: {
    id: string;
    platform_code: string;
    seq: BigIntText;
    kind: PlatformNoticeKind;
    entity_id: string;
    record_id: string;
    facts: Json<Record<string, unknown>>;
    at: Timestamp;
    state: PushState;
    attempts: Generated<number>;
    last_error: Generated<string | null>;
    last_tried_at: Timestamp | null;
    acknowledged_at: Timestamp | null;
  };
  exchange_project: {
    trade_no: string;
    section: string;
    platform_code: string;
    uscc: string;
    record_type: string;
    statement: string;
    issued_at: Timestamp;
    state: 'ENTERED' | 'WAITING';
    entity_id: string | null;
    record_id: string | null;
    received_at: Timestamp;
    updated_at: Timestamp;
  };
  exchange_approval: {
    id: string;
    platform_code: string;
    filing_id: string;
    entity_id: string;
    record_id: string;
    version: number;
    sm3: string;
    decided_at: Timestamp;
    received_at: Timestamp;
    withdrawn_at: Timestamp | null;
    withdrawn_because: 'PLATFORM' | 'VOIDED' | 'FROZEN' | 'SUPERSEDED' | null;
  };
  exchange_recognition: {
    id: string;
    platform_code: string;
    entity_id: string;
    approval_id: string;
    user_ref: string;
    recognised_at: Timestamp;
    withdrawn_at: Timestamp | null;
  };
  exchange_sealing: {
    id: string;
    platform_code: string;
    entity_id: string;
    task_id: string | null;
    title: string;
    return_url: string;
    sha256: string;
    at: Timestamp;
  };
};

export const exchangeTables = (executor: Executor) => tablesOf<ExchangeTables>(executor);
