-- 2026-11-21  One identity for hub, library, seals and platforms (GEN-001), and the library's accounts (SM-ENTITY).

create table entity (
  id text primary key,
  kind text not null check (kind in ('ORGANISATION', 'NATURAL_PERSON')),
  uscc text unique check (uscc ~ '^[0-9A-HJ-NPQRTUWXY]{18}$'),
  -- keyed hash of the ID number: the number itself is sealed where it is needed
  id_no_hash text unique,
  created_at timestamptz not null,
  check ((kind = 'ORGANISATION') = (uscc is not null)),
  check ((kind = 'NATURAL_PERSON') = (id_no_hash is not null))
);
insert into entity (id, kind, uscc, created_at) select id, 'ORGANISATION', uscc, created_at from enterprise;
alter table enterprise add constraint enterprise_entity foreign key (id) references entity (id);

create table library_entity (
  id text primary key references entity (id),
  kind text not null check (kind in ('ORGANISATION', 'NATURAL_PERSON')),
  -- a person's name is sealed, with a mask to show
  name text,
  name_sealed text,
  name_masked text not null,
  -- OD-08: what two names are compared by
  name_key text,
  id_no_sealed text,
  roles jsonb not null check (jsonb_typeof(roles) = 'array'),
  state text not null check (state in ('REGISTERED_SIMPLE', 'ACTIVE')),
  -- by the desk: looking only
  frozen_at timestamptz,
  frozen_reason text,
  -- by the desk: this account was a second one of the same entity
  merged_into text references entity (id),
  registered_by text not null check (registered_by in ('KEY', 'HUB', 'CITIZEN')),
  -- F-REG
  applicant_sealed text,
  -- parts of a complete registration (LIB-BASE-04)
  base_submitted_at timestamptz,
  letter_version text,
  letter_signed_at timestamptz,
  activated_at timestamptz,
  version int not null default 1 check (version > 0),
  created_at timestamptz not null,
  updated_at timestamptz not null,
  last_login_at timestamptz,
  check (kind = 'NATURAL_PERSON' or (name is not null and name_key is not null and jsonb_array_length(roles) between 1 and 3)),
  check (kind = 'ORGANISATION' or (name is null and name_sealed is not null and id_no_sealed is not null)),
  check ((state = 'ACTIVE') = (activated_at is not null)),
  check ((letter_version is null) = (letter_signed_at is null)),
  check (merged_into is null or frozen_at is not null)
);
create index library_entity_created on library_entity (created_at desc, id);
create index library_entity_name on library_entity (name_key);

-- LIB-REG-04: which text somebody agreed to, and when.
create table library_agreement (
  id bigint generated always as identity primary key,
  entity_id text not null references library_entity (id),
  code text not null,
  version text not null,
  text_sha256 text not null check (text_sha256 ~ '^[0-9a-f]{64}$'),
  agreed_at timestamptz not null,
  key_fingerprint text,
  unique (entity_id, code, version)
);
create trigger library_agreement_append_only before update or delete on library_agreement
  for each row execute function refuse_change();

-- F-KEY, SM-KEY: a certificate in 权限管理.
create table library_key (
  id text primary key,
  entity_id text not null references library_entity (id),
  cert_type text not null check (cert_type in ('TOKEN', 'MOBILE')),
  state text not null check (state in ('SUBMITTED', 'VOIDED')),
  is_primary boolean not null,
  issuer_sha256 text not null check (issuer_sha256 ~ '^[0-9a-f]{64}$'),
  serial_number text not null check (serial_number ~ '^[0-9a-f]{1,64}$'),
  spki_sha256 text not null check (spki_sha256 ~ '^[0-9a-f]{64}$'),
  fingerprint text not null check (fingerprint ~ '^[0-9a-f]{64}$'),
  certificate bytea not null,
  authority_id text not null,
  authority_name text not null,
  issuer_name text not null,
  unit_name text not null,
  uscc text,
  holder_kind text not null,
  cert_key_no text not null,
  media_no text,
  medium text not null,
  algorithm text not null,
  valid_from timestamptz not null,
  valid_to timestamptz not null,
  -- 证书使用者: name, phone and, if given, ID number
  user_sealed text not null,
  void_reason text,
  voided_at timestamptz,
  version int not null default 1 check (version > 0),
  created_at timestamptz not null,
  updated_at timestamptz not null,
  last_used_at timestamptz,
  check ((state = 'VOIDED') = (voided_at is not null and void_reason is not null)),
  check (state = 'SUBMITTED' or not is_primary)
);
-- KEY-017; of a natural person it makes sure that there is one certificate (OD-12)
create unique index library_key_one_primary on library_key (entity_id) where is_primary;
create unique index library_key_once on library_key (issuer_sha256, serial_number, spki_sha256) where state = 'SUBMITTED';
create index library_key_entity on library_key (entity_id, created_at, id);
create index library_key_identity on library_key (issuer_sha256, serial_number);

-- Every version for ever: what the row said, who changed it and why.
create table library_key_version (
  key_id text not null references library_key (id),
  version int not null check (version > 0),
  entity_id text not null references library_entity (id),
  event text not null check (event in ('register', 'activate', 'add', 'change', 'become-primary', 'cease-primary', 'void')),
  fingerprint text not null,
  facts jsonb not null,
  user_sealed text not null,
  reason text,
  proof jsonb not null default '[]',
  -- fingerprint of the key that did it; null when the desk or a login elsewhere did
  by_fingerprint text,
  at timestamptz not null,
  primary key (key_id, version)
);
create index library_key_version_fingerprint on library_key_version (fingerprint);
create trigger library_key_version_append_only before update or delete on library_key_version
  for each row execute function refuse_change();

-- KEY, beyond the manual: a person who acts for the entity with a certificate of their own, in some modules, for a time.
create table library_delegation (
  id text primary key,
  entity_id text not null references library_entity (id),
  person_sealed text not null,
  person_masked text not null,
  person_hash text not null,
  modules jsonb not null check (jsonb_typeof(modules) = 'array' and jsonb_array_length(modules) > 0),
  granted_by text not null references library_key (id),
  granted_at timestamptz not null,
  expires_at timestamptz not null,
  revoked_at timestamptz,
  revoked_reason text,
  last_used_at timestamptz,
  check (expires_at > granted_at),
  check ((revoked_at is null) = (revoked_reason is null))
);
create unique index library_delegation_one on library_delegation (entity_id, person_hash) where revoked_at is null;
create index library_delegation_person on library_delegation (person_hash) where revoked_at is null;

create table library_session (
  id text primary key,
  token_sha256 text not null unique check (token_sha256 ~ '^[0-9a-f]{64}$'),
  entity_id text not null references library_entity (id),
  method text not null check (method in ('KEY', 'HUB', 'CITIZEN')),
  key_id text references library_key (id),
  delegation_id text references library_delegation (id),
  -- the individual's certificate of a delegate, which is no key of the entity
  fingerprint text,
  identity text,
  logged_in_at timestamptz not null,
  last_seen_at timestamptz not null,
  -- absolute; idleness ends it earlier
  expires_at timestamptz not null,
  ended_at timestamptz,
  check (method = 'CITIZEN' or fingerprint is not null),
  check (delegation_id is null or key_id is null)
);
create index library_session_entity on library_session (entity_id) where ended_at is null;
create index library_session_key on library_session (key_id) where ended_at is null;
create index library_session_delegation on library_session (delegation_id) where ended_at is null;
create index library_session_expiry on library_session (expires_at);

alter table challenge drop constraint challenge_act_check;
alter table challenge add constraint challenge_act_check check (act in (
  'login', 'bind', 'activate', 'desk-login', 'desk-approve', 'library-register', 'library-login', 'library-key'));

-- A certificate that has proved itself in this browser and waits for its form; it opens nothing else (LIB-ACT-03).
create table library_admission (
  id text primary key,
  purpose text not null check (purpose in ('REGISTER', 'ACTIVATE', 'CHOOSE', 'KEY')),
  browser_sha256 text not null,
  -- of a key that was read in 权限管理: the session that read it
  session_id text references library_session (id),
  entity_id text references library_entity (id),
  certificate bytea not null,
  media_no text,
  at timestamptz not null,
  expires_at timestamptz not null,
  used_at timestamptz
);
create index library_admission_expiry on library_admission (expires_at);

-- Between 「确认登录」 in the hub and the library's door: one use, one hub session, a minute.
create table library_hub_entry (
  code_sha256 text primary key check (code_sha256 ~ '^[0-9a-f]{64}$'),
  hub_session_id text not null,
  enterprise_id text not null references enterprise (id),
  certificate_id text not null references enterprise_certificate (id),
  expires_at timestamptz not null,
  used_at timestamptz
);
create index library_hub_entry_expiry on library_hub_entry (expires_at);
