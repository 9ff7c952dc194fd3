import type {
  RaApplicant,
  RaChannel,
  RaCheckItem,
  RaKind,
  RaPaymentState,
  RaReturnReason,
  RaSlot,
  RaState,
} from '@hufu/contracts';
import type { Generated } from 'kysely';
import { type Executor, tablesOf } from '../../infra/database/database.ts';
import type { BigIntIdentity, Json, Timestamp } from '../../infra/database/tables.ts';

export type RaTables = {
  ra_order: {
    id: string;
    reference: string;
    channel: RaChannel;
    kind: RaKind;
    applicant: RaApplicant;
    state: RaState;
    user_id: string | null;
    taken_by: string | null;
    entity_id: string | null;
    platform: Generated<string>;
    unit_name: Generated<string>;
    uscc: Generated<string>;
    authority_id: Generated<string>;
    seal_org: Generated<string>;
    years: Generated<number>;
    expert_no: Generated<string>;
    personal_sealed: string;
    applicant_masked: Generated<string>;
    certificate_id: string | null;
    issued_id: string | null;
    amount: number | null;
    complete_at: Timestamp | null;
    due_at: Timestamp | null;
    finished_at: Timestamp | null;
    late: Generated<boolean>;
    on_time: boolean | null;
    checks: Json<RaCheckItem[]>;
    checked_by: string | null;
    check_note: string | null;
    approved_by: string | null;
    return_reasons: Json<RaReturnReason[]>;
    return_note: string | null;
    warning_accepted_at: Timestamp | null;
    fee_receipt: string | null;
    tracking: string | null;
    created_at: Timestamp;
    updated_at: Timestamp;
    submitted_at: Timestamp | null;
    version: Generated<number>;
  };
  ra_file: {
    id: string;
    order_id: string;
    slot: RaSlot;
    sha256: string;
    name: string;
    size: number;
    media_type: 'application/pdf' | 'image/jpeg' | 'image/png';
    warnings: Json<string[]>;
    uploaded_at: Timestamp;
  };
  ra_event: {
    id: BigIntIdentity;
    order_id: string;
    at: Timestamp;
    event: string;
    state: RaState;
    reasons: Json<RaReturnReason[]>;
    note: string | null;
    operator_id: string | null;
  };
  ra_payment: {
    id: string;
    order_id: string;
    state: RaPaymentState;
    amount: number;
    pay_url: string | null;
    created_at: Timestamp;
    expires_at: Timestamp;
    paid_at: Timestamp | null;
    refunded_at: Timestamp | null;
    refund_reason: string | null;
    updated_at: Timestamp;
  };
  ra_payment_notice: { event_id: string; payment_id: string; state: string; at: Timestamp };
  ra_issuance: {
    reference: string;
    order_id: string;
    authority_id: string;
    digest: string;
    state: 'STARTED' | 'DONE' | 'ABANDONED';
    started_at: Timestamp;
    ended_at: Timestamp | null;
  };
  ra_certificate: {
    id: string;
    order_id: string;
    authority_id: string;
    applicant: RaApplicant;
    medium: 'phone' | 'usb-key';
    user_id: string | null;
    entity_id: string | null;
    unit_name: Generated<string>;
    uscc: Generated<string>;
    person_sealed: string | null;
    person_masked: Generated<string>;
    legal_rep_sealed: string | null;
    expert_no: Generated<string>;
    key_no: string;
    serial_hex: string;
    encryption_serial_hex: string | null;
    fingerprint: string;
    certificate: Uint8Array;
    encryption_certificate: Uint8Array | null;
    chain: Json<string[]>;
    not_before: Timestamp;
    not_after: Timestamp;
    state: 'EFFECTIVE' | 'HELD' | 'REVOKED';
    note: string | null;
    pending: Generated<boolean>;
    created_at: Timestamp;
    updated_at: Timestamp;
    version: Generated<number>;
  };
};

export const raTables = (executor: Executor) => tablesOf<RaTables>(executor);
