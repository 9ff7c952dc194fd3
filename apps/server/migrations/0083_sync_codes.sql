-- 2026-11-21  同步码 (OD-16, SM-SYNCCODE).

create table library_sync_code (
  id text primary key,
  entity_id text not null references library_entity (id),
  -- found by its keyed hash; sealed, because its owner has to read it again
  code_hash text not null unique,
  code_sealed text not null,
  state text not null check (state in ('ACTIVE', 'CONSUMED', 'REPLACED')),
  issued_at timestamptz not null,
  expires_at timestamptz not null,
  ended_at timestamptz,
  platform_code text references platform (code),
  check ((state = 'ACTIVE') = (ended_at is null)),
  check ((state = 'CONSUMED') = (platform_code is not null)),
  check (expires_at > issued_at)
);
create unique index library_sync_code_one on library_sync_code (entity_id) where state = 'ACTIVE';

-- Five wrong codes of one user of a platform lock entering for a quarter of an hour.
create table library_sync_failure (
  platform_code text not null references platform (code),
  -- keyed hash of the user's name at the platform
  user_hash text not null,
  failures int not null check (failures > 0),
  last_at timestamptz not null,
  locked_until timestamptz,
  primary key (platform_code, user_hash)
);
