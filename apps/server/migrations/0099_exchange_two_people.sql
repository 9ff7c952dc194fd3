-- 2026-11-21  Directory mappings keep every version (F-DIRMAP, PLAT-033). Two people agree on them, on how a platform
-- takes part in the exchange, and on another primary key of an entity that has lost its own (OD-25).

create table exchange_mapping_version (
  platform_code text not null references platform (code),
  version int not null check (version > 0),
  rows jsonb not null check (jsonb_typeof(rows) = 'array'),
  -- null: as the platform began
  reason text,
  -- the step on which two people agreed
  approval_id text,
  at timestamptz not null,
  primary key (platform_code, version)
);
insert into exchange_mapping_version (platform_code, version, rows, at)
  select platform_code, version, rows, updated_at from exchange_mapping;

alter table approval drop constraint approval_kind_check;
alter table approval add constraint approval_kind_check check (kind in (
  'UNBIND', 'CA_RECOGNISE', 'CA_POLICY', 'CA_RESUME', 'PLATFORM_CHANGE', 'PLATFORM_RESUME',
  'OPERATOR_ADD', 'OPERATOR_ROLES', 'OPERATOR_ENABLE', 'SEAL_ISSUE', 'SEAL_THAW', 'SEAL_REVOKE',
  'ENTITY_THAW', 'ENTITY_MERGE', 'LIBRARY_IMPORT', 'MAPPING_CHANGE', 'EXCHANGE_CHANGE', 'KEY_PRIMARY'));
