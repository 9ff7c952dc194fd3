import type {
  PhoneCertificateKind,
  PhoneDeviceState,
  PhoneMessageKind,
  PhoneOffer,
  PhoneParcel,
  PhonePersonRole,
  PhonePurpose,
  PhoneScope,
  PhoneUse,
} from '@hufu/contracts';
import type { HalfUsage } from '@hufu/phone-key';
import type { Generated } from 'kysely';
import { type Executor, tablesOf } from '../../infra/database/database.ts';
import type { Json, Timestamp } from '../../infra/database/tables.ts';

type OfferState = PhoneOffer['state'];

/** Why a half cannot be used for a while. */
export type Hold = 'DEVICE' | 'ENTERPRISE' | 'CERTIFICATE' | 'GRANT' | 'LEFT';

export type PhoneTables = {
  phone_user: {
    id: string;
    phone_hash: string;
    phone_sealed: string;
    phone_masked: string;
    id_no_hash: string | null;
    id_no_sealed: string | null;
    id_no_masked: string | null;
    name_sealed: string | null;
    name_masked: string | null;
    verified_at: Timestamp | null;
    created_at: Timestamp;
    last_login_at: Timestamp;
  };
  phone_login_code: {
    id: string;
    phone_hash: string;
    code_hash: string;
    tries: Generated<number>;
    sent_at: Timestamp;
    expires_at: Timestamp;
    used_at: Timestamp | null;
  };
  phone_device: {
    id: string;
    user_id: string;
    name: string;
    signing_key: Uint8Array;
    agreement_key: Uint8Array;
    state: PhoneDeviceState;
    frozen_at: Timestamp | null;
    frozen_reason: string | null;
    registered_at: Timestamp;
    last_seen_at: Timestamp;
    removed_at: Timestamp | null;
  };
  phone_session: {
    id: string;
    token_sha256: string;
    user_id: string;
    device_id: string | null;
    real_name_at: Timestamp | null;
    logged_in_at: Timestamp;
    last_seen_at: Timestamp;
    expires_at: Timestamp;
    ended_at: Timestamp | null;
  };
  phone_real_name: {
    state_sha256: string;
    session_id: string;
    nonce: string;
    verifier_sealed: string;
    expires_at: Timestamp;
    used_at: Timestamp | null;
  };
  phone_enterprise: { entity_id: string; name: string; updated_at: Timestamp };
  phone_claim: {
    id: string;
    entity_id: string;
    user_id: string;
    uscc: string;
    name: string;
    state: 'OPEN' | 'APPROVED' | 'DROPPED' | 'ENDED';
    at: Timestamp;
    decided_at: Timestamp | null;
  };
  phone_person: {
    id: string;
    entity_id: string;
    user_id: string;
    role: PhonePersonRole;
    since: Timestamp;
    until: Timestamp | null;
  };
  phone_invitation: {
    id: string;
    entity_id: string;
    phone_hash: string;
    phone_masked: string;
    invited_by: string;
    state: OfferState;
    at: Timestamp;
    expires_at: Timestamp;
    answered_at: Timestamp | null;
  };
  phone_transfer: {
    id: string;
    entity_id: string;
    from_user: string;
    to_user: string;
    state: OfferState;
    by_desk: boolean;
    at: Timestamp;
    expires_at: Timestamp;
    answered_at: Timestamp | null;
  };
  phone_admin_replacement: {
    id: string;
    entity_id: string;
    former_user: string;
    candidate_user: string;
    reason: string;
    letter_sha256: string;
    letter_name: string;
    letter_type: 'application/pdf' | 'image/jpeg' | 'image/png';
    state: 'PROPOSED' | 'OFFERED' | 'ENDED';
    transfer_id: string | null;
    at: Timestamp;
    decided_at: Timestamp | null;
  };
  phone_certificate: {
    id: string;
    kind: PhoneCertificateKind;
    entity_id: string | null;
    user_id: string;
    order_id: string;
    authority_id: string;
    subject_sealed: string;
    uscc: string | null;
    serial_number: string;
    fingerprint: string;
    signing_certificate: Uint8Array;
    encryption_certificate: Uint8Array | null;
    valid_from: Timestamp;
    valid_to: Timestamp;
    state: 'EFFECTIVE' | 'HELD' | 'LOST' | 'REVOKED' | 'REPLACED';
    replaced_by: string | null;
    kept_at: Timestamp;
    changed_at: Timestamp;
  };
  phone_half: {
    id: string;
    usage: HalfUsage;
    device_id: string;
    certificate_id: string | null;
    public_key: Uint8Array;
    split_by: string | null;
    confirmed_at: Timestamp | null;
    state: 'NEW' | 'ACTIVE' | 'LOCKED' | 'FROZEN' | 'DESTROYED';
    holds: Json<Hold[]>;
    created_at: Timestamp;
    last_used_at: Timestamp | null;
    destroyed_at: Timestamp | null;
  };
  phone_offer: {
    id: string;
    certificate_id: string;
    from_device: string;
    to_device: string;
    parcels: Json<PhoneParcel[]>;
    state: OfferState;
    at: Timestamp;
    expires_at: Timestamp;
    answered_at: Timestamp | null;
  };
  phone_grant: {
    id: string;
    certificate_id: string;
    person_id: string;
    scope: PhoneScope;
    granted_by: string;
    granted_at: Timestamp;
    revoked_by: string | null;
    revoked_at: Timestamp | null;
    ended_by: 'ADMIN' | 'LEFT' | 'CERTIFICATE' | null;
  };
  phone_use: {
    id: string;
    user_id: string;
    device_id: string | null;
    certificate_id: string | null;
    half_id: string | null;
    usage: HalfUsage;
    purpose: PhonePurpose;
    scope: PhoneScope;
    order_ref: string;
    challenge_id: string | null;
    origin: string | null;
    count: number;
    outcome: PhoneUse['outcome'];
    code: string | null;
    at: Timestamp;
    expires_at: Timestamp;
    relayed_at: Timestamp | null;
    closed_at: Timestamp | null;
  };
  phone_rewrap: {
    id: string;
    user_id: string;
    certificate_id: string;
    to_certificate: string;
    use_id: string;
    envelopes: Json<{ id: string; sm3: string }[]>;
    at: Timestamp;
    done_at: Timestamp | null;
  };
  phone_message: {
    id: string;
    user_id: string;
    kind: PhoneMessageKind;
    once: string;
    facts: Json<Record<string, string | number | boolean>>;
    at: Timestamp;
    read_at: Timestamp | null;
  };
};

export const phoneTables = (executor: Executor) => tablesOf<PhoneTables>(executor);
