-- 2026-11-21  标证通: users by their phone number, login codes, sessions, devices, real names (MOB-002, MOB-003).

create table phone_user (
  id text primary key,
  -- keyed hashes for lookup, the values sealed, masks to show
  phone_hash text not null unique,
  phone_sealed text not null,
  phone_masked text not null,
  -- one account per ID number
  id_no_hash text unique,
  id_no_sealed text,
  id_no_masked text,
  name_sealed text,
  name_masked text,
  verified_at timestamptz,
  created_at timestamptz not null,
  last_login_at timestamptz not null,
  check ((verified_at is null) = (id_no_hash is null)),
  check ((verified_at is null) = (id_no_sealed is null)),
  check ((verified_at is null) = (id_no_masked is null)),
  check ((verified_at is null) = (name_sealed is null)),
  check ((verified_at is null) = (name_masked is null))
);

-- The newest of a number is the only one that counts.
create table phone_login_code (
  id text primary key,
  phone_hash text not null,
  -- keyed, over id and code: not to be found by trying all codes
  code_hash text not null,
  tries int not null default 0 check (tries between 0 and 5),
  sent_at timestamptz not null,
  expires_at timestamptz not null,
  used_at timestamptz
);
create index phone_login_code_phone on phone_login_code (phone_hash, sent_at desc);

create table phone_device (
  id text primary key,
  user_id text not null references phone_user (id),
  name text not null,
  -- points 04 ‖ x ‖ y of P-256
  signing_key bytea not null check (octet_length(signing_key) = 65),
  agreement_key bytea not null check (octet_length(agreement_key) = 65),
  state text not null check (state in ('ACTIVE', 'FROZEN', 'REMOVED')),
  frozen_at timestamptz,
  frozen_reason text,
  registered_at timestamptz not null,
  last_seen_at timestamptz not null,
  removed_at timestamptz,
  check ((state = 'FROZEN') = (frozen_at is not null)),
  check ((state = 'REMOVED') = (removed_at is not null))
);
create unique index phone_device_key on phone_device (signing_key) where state <> 'REMOVED';
create index phone_device_user on phone_device (user_id, registered_at);

create table phone_session (
  id text primary key,
  token_sha256 text not null unique check (token_sha256 ~ '^[0-9a-f]{64}$'),
  user_id text not null references phone_user (id),
  device_id text references phone_device (id),
  -- in this session: a device that was found is released by whoever proves their name anew
  real_name_at timestamptz,
  logged_in_at timestamptz not null,
  last_seen_at timestamptz not null,
  expires_at timestamptz not null,
  ended_at timestamptz
);
create index phone_session_user on phone_session (user_id) where ended_at is null;
create index phone_session_device on phone_session (device_id) where ended_at is null;

-- On the way to the identity provider and back, in the session that left.
create table phone_real_name (
  state_sha256 text primary key check (state_sha256 ~ '^[0-9a-f]{64}$'),
  session_id text not null references phone_session (id) on delete cascade,
  nonce text not null,
  verifier_sealed text not null,
  expires_at timestamptz not null,
  used_at timestamptz
);
