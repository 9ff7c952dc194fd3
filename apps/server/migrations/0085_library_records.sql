-- 2026-11-21  Records of the library. A type's own table is made from its declaration when the server starts; what all
-- types share stands here.

-- What of the declarations is in the database already: tables, columns and indexes are only ever added.
create table library_storage (
  table_name text primary key,
  -- digest of the statements that made it what it is
  fingerprint text not null,
  applied_at timestamptz not null
);

-- Every version of every record, for ever.
create table library_record_version (
  record_id uuid not null,
  version int not null check (version > 0),
  type text not null,
  entity_id text not null references entity (id),
  event text not null,
  state text not null,
  -- what is personal in it is sealed
  values jsonb not null,
  system jsonb not null,
  -- of what was typed beside the values (GEN-006): sealed, it may name persons
  reason_sealed text,
  proof jsonb,
  actor_kind text not null,
  actor_id text,
  actor_certificate text,
  -- SM3 of the canonical form of what is not personal, as the evidence says it
  sm3 bytea not null check (octet_length(sm3) = 32),
  at timestamptz not null,
  primary key (record_id, version)
);
create trigger library_record_version_append_only before update or delete on library_record_version
  for each row execute function refuse_change();
create trigger library_record_version_kept before truncate on library_record_version
  for each statement execute function refuse_change();

-- Which files a record refers to, from which version on. A file that any version ever named is never cleaned up.
create table library_record_file (
  sha256 text not null check (sha256 ~ '^[0-9a-f]{64}$'),
  record_id uuid not null,
  version int not null,
  primary key (sha256, record_id)
);
