-- 2026-11-21  Entities as platforms mirror them (PLAT-013 … PLAT-016, OD-16, OD-27).

create table exchange_pull (
  id text primary key,
  platform_code text not null references platform (code),
  entity_id text not null references entity (id),
  user_ref text not null,
  lib_version int not null check (lib_version >= 0),
  complete boolean not null,
  -- of the package's canonical JSON
  package_sha256 text not null check (package_sha256 ~ '^[0-9a-f]{64}$'),
  at timestamptz not null,
  files_until timestamptz not null
);
create index exchange_pull_newest on exchange_pull (entity_id, platform_code, at desc);

-- What may be fetched with a pull's right.
create table exchange_pull_file (
  pull_id text not null references exchange_pull (id),
  sha256 text not null check (sha256 ~ '^[0-9a-f]{64}$'),
  name text not null,
  primary key (pull_id, sha256)
);
create index exchange_pull_file_digest on exchange_pull_file (sha256);
