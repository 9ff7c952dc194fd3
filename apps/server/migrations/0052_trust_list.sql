-- 2026-11-20  Trust: the published trust lists, each linked to the one before.

create table trust_list_version (
  sequence bigint primary key check (sequence > 0),
  document bytea not null,
  hash text not null unique check (hash ~ '^[0-9a-f]{64}$'),
  previous text unique references trust_list_version (hash),
  issued_at timestamptz not null,
  valid_until timestamptz not null,
  reason text not null,
  published_by text not null,
  check ((sequence = 1) = (previous is null)),
  check (valid_until > issued_at)
);
create trigger trust_list_version_append_only before update or delete on trust_list_version
  for each row execute function refuse_change();
create trigger trust_list_version_keep before truncate on trust_list_version
  for each statement execute function refuse_change();
