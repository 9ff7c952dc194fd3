-- 2026-11-21  Applications for certificates: orders of 标证通 (SM-MOB-ORDER) and tickets of the counter (SM-CA-TICKET).

-- Certificates that were issued through this installation.
create table ra_certificate (
  id text primary key,
  -- the application that has led to it
  order_id text not null unique,
  authority_id text not null,
  applicant text not null check (applicant in ('ENTERPRISE', 'INDIVIDUAL', 'EXPERT')),
  medium text not null check (medium in ('phone', 'usb-key')),
  -- whose it is: a user of 标证通, or nobody here (a lock)
  user_id text,
  entity_id text references entity (id),
  unit_name text not null default '',
  uscc text not null default '',
  -- name and number of a person, sealed; and the name with a mask
  person_sealed text,
  person_masked text not null default '',
  legal_rep_sealed text,
  expert_no text not null default '',
  key_no text not null,
  serial_hex text not null check (serial_hex ~ '^[0-9a-f]{2,40}$'),
  encryption_serial_hex text check (encryption_serial_hex ~ '^[0-9a-f]{2,40}$'),
  fingerprint text not null unique check (fingerprint ~ '^[0-9a-f]{64}$'),
  certificate bytea not null,
  encryption_certificate bytea,
  -- issuers up to the root, DER, base64
  chain jsonb not null check (jsonb_typeof(chain) = 'array'),
  not_before timestamptz not null,
  not_after timestamptz not null,
  state text not null check (state in ('EFFECTIVE', 'HELD', 'REVOKED')),
  note text,
  -- the authority has not said yet that it knows the state
  pending boolean not null default false,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  version int not null default 1 check (version > 0),
  unique (authority_id, serial_hex),
  check (not_before < not_after),
  check ((applicant = 'ENTERPRISE') = (person_sealed is null)),
  check (medium = 'usb-key' or user_id is not null)
);
create index ra_certificate_user on ra_certificate (user_id, created_at desc);
create index ra_certificate_created on ra_certificate (created_at desc, id);

create table ra_order (
  id text primary key,
  reference text not null unique,
  channel text not null check (channel in ('APP', 'COUNTER', 'ONLINE')),
  kind text not null check (kind in ('NEW', 'RENEW', 'CHANGE', 'REISSUE', 'CANCEL', 'REAPPLY', 'RESET_PIN')),
  applicant text not null check (applicant in ('ENTERPRISE', 'INDIVIDUAL', 'EXPERT')),
  state text not null check (state in (
    'DRAFT', 'UNDER_REVIEW', 'RETURNED', 'TO_PAY', 'TO_DOWNLOAD', 'EFFECTIVE',
    'RECEIVED', 'IN_PROCESS', 'ISSUED', 'MAILED', 'COMPLETED', 'CANCELLED')),
  user_id text,
  taken_by text references operator (id),
  entity_id text references entity (id),
  platform text not null default '',
  unit_name text not null default '',
  uscc text not null default '',
  authority_id text not null default '',
  seal_org text not null default '',
  years int not null default 0 check (years between 0 and 10),
  expert_no text not null default '',
  -- persons, address, telephone: sealed
  personal_sealed text not null,
  applicant_masked text not null default '',
  -- of every kind but NEW: the certificate that it is about
  certificate_id text references ra_certificate (id),
  -- what it has led to
  issued_id text references ra_certificate (id),
  -- 分, as it was when the order was submitted
  amount int check (amount >= 0),
  -- CA-021, CA-022
  complete_at timestamptz,
  due_at timestamptz,
  finished_at timestamptz,
  -- some part of the work was late, whatever came after
  late boolean not null default false,
  on_time boolean,
  -- CA-020
  checks jsonb not null default '[]',
  checked_by text references operator (id),
  check_note text,
  approved_by text references operator (id),
  return_reasons jsonb not null default '[]',
  return_note text,
  -- MOB-045
  warning_accepted_at timestamptz,
  fee_receipt text,
  tracking text,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  submitted_at timestamptz,
  version int not null default 1 check (version > 0),
  check ((channel = 'APP') = (user_id is not null)),
  check ((channel = 'APP') = (taken_by is null)),
  check (kind = 'NEW' or certificate_id is not null or channel <> 'APP'),
  check ((complete_at is null) = (due_at is null)),
  check (state not in ('TO_PAY', 'TO_DOWNLOAD', 'EFFECTIVE') or approved_by is not null),
  check (state not in ('EFFECTIVE', 'ISSUED', 'MAILED') or issued_id is not null),
  -- two persons, whatever a program says
  check (approved_by is null or approved_by <> checked_by)
);
alter table ra_certificate add constraint ra_certificate_order foreign key (order_id) references ra_order (id);
-- One application of a kind at a time. By user: nobody can keep an enterprise out by applying in its name.
create unique index ra_order_one_new on ra_order (user_id, uscc, kind)
  where channel = 'APP' and applicant = 'ENTERPRISE' and state in ('UNDER_REVIEW', 'RETURNED', 'TO_PAY', 'TO_DOWNLOAD') and kind = 'NEW';
create unique index ra_order_one_step on ra_order (certificate_id)
  where channel = 'APP' and state in ('UNDER_REVIEW', 'RETURNED', 'TO_PAY', 'TO_DOWNLOAD') and certificate_id is not null;
create index ra_order_user on ra_order (user_id, created_at desc) where user_id is not null;
create index ra_order_queue on ra_order (due_at, created_at) where state in ('UNDER_REVIEW', 'RECEIVED', 'IN_PROCESS');
create index ra_order_created on ra_order (created_at desc, id);
create index ra_order_finished on ra_order (finished_at) where finished_at is not null;

create table ra_file (
  id text primary key,
  order_id text not null references ra_order (id),
  slot text not null,
  sha256 text not null check (sha256 ~ '^[0-9a-f]{64}$'),
  name text not null,
  size int not null check (size > 0),
  media_type text not null,
  warnings jsonb not null default '[]',
  uploaded_at timestamptz not null
);
create index ra_file_order on ra_file (order_id, uploaded_at);
create index ra_file_content on ra_file (sha256);

create table ra_event (
  id bigint generated always as identity primary key,
  order_id text not null references ra_order (id),
  at timestamptz not null,
  event text not null,
  state text not null,
  reasons jsonb not null default '[]',
  note text,
  operator_id text references operator (id)
);
create index ra_event_order on ra_event (order_id, id);
create trigger ra_event_append_only before update or delete on ra_event
  for each row execute function refuse_change();
