-- 2026-11-20  The desk: operators, their sessions, and steps that need a second person.

create table operator (
  id text primary key,
  name_sealed text not null,
  roles jsonb not null check (jsonb_typeof(roles) = 'array' and jsonb_array_length(roles) > 0),
  state text not null check (state in ('ACTIVE', 'DISABLED')),
  issuer_sha256 text not null,
  serial_number text not null,
  spki_sha256 text not null,
  fingerprint text not null,
  certificate bytea not null,
  issuer_name text not null,
  version int not null default 1,
  created_at timestamptz not null,
  last_login_at timestamptz
);
create unique index operator_certificate on operator (issuer_sha256, serial_number, spki_sha256);

create table desk_session (
  id text primary key,
  token_sha256 text not null unique check (token_sha256 ~ '^[0-9a-f]{64}$'),
  operator_id text not null references operator (id),
  logged_in_at timestamptz not null,
  last_seen_at timestamptz not null,
  -- absolute; idleness ends it earlier
  expires_at timestamptz not null,
  ended_at timestamptz
);
create index desk_session_operator on desk_session (operator_id) where ended_at is null;

create table approval (
  id text primary key,
  kind text not null check (kind in (
    'UNBIND', 'CA_RECOGNISE', 'CA_POLICY', 'CA_RESUME', 'PLATFORM_CHANGE', 'PLATFORM_RESUME',
    'OPERATOR_ADD', 'OPERATOR_ROLES', 'OPERATOR_ENABLE')),
  subject text not null,
  -- the subject as it was when proposed: an approval of something else is stale
  subject_state text not null,
  summary text not null,
  changes jsonb not null,
  payload jsonb not null,
  reason text not null,
  state text not null check (state in ('OPEN', 'APPROVED', 'REJECTED', 'WITHDRAWN', 'EXPIRED')),
  proposed_by text not null references operator (id),
  proposed_at timestamptz not null,
  decided_by text references operator (id),
  decided_at timestamptz,
  decision_note text,
  -- what the second person's key signed, with the signature: provable without the hub
  decision_statement bytea,
  decision_signature bytea,
  decision_fingerprint text,
  expires_at timestamptz not null,
  check (decided_by is null or decided_by <> proposed_by),
  check (state not in ('APPROVED', 'REJECTED') or (decided_by is not null and decision_signature is not null)),
  check ((state = 'OPEN') = (decided_at is null))
);
create unique index approval_one_open on approval (kind, subject) where state = 'OPEN';
create index approval_open on approval (proposed_at desc) where state = 'OPEN';
