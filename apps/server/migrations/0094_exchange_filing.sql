-- 2026-11-21  Approvals of platforms, taken over by others of the same version, and documents sealed for platforms.

create table exchange_approval (
  id text primary key,
  platform_code text not null references platform (code),
  filing_id text not null,
  entity_id text not null references entity (id),
  record_id text not null,
  version int not null check (version > 0),
  sm3 text not null check (sm3 ~ '^[0-9a-f]{64}$'),
  decided_at timestamptz not null,
  received_at timestamptz not null,
  withdrawn_at timestamptz,
  withdrawn_because text check (withdrawn_because in ('PLATFORM', 'VOIDED', 'FROZEN', 'SUPERSEDED')),
  unique (platform_code, filing_id),
  check ((withdrawn_at is null) = (withdrawn_because is null))
);
-- A platform has one approval of an entity in force.
create unique index exchange_approval_in_force on exchange_approval (platform_code, entity_id) where withdrawn_at is null;
create index exchange_approval_entity on exchange_approval (entity_id);

create table exchange_recognition (
  id text primary key,
  platform_code text not null references platform (code),
  entity_id text not null references entity (id),
  approval_id text not null references exchange_approval (id),
  user_ref text not null,
  recognised_at timestamptz not null,
  withdrawn_at timestamptz
);
create unique index exchange_recognition_in_force on exchange_recognition (platform_code, entity_id) where withdrawn_at is null;
create index exchange_recognition_entity on exchange_recognition (entity_id);
create index exchange_recognition_approval on exchange_recognition (approval_id) where withdrawn_at is null;

create table exchange_sealing (
  id text primary key,
  platform_code text not null references platform (code),
  entity_id text not null references entity (id),
  -- the document in signing
  -- null until signing has taken it
  task_id text unique,
  title text not null,
  return_url text not null,
  -- of the document as it was given
  sha256 text not null check (sha256 ~ '^[0-9a-f]{64}$'),
  at timestamptz not null
);
