-- An administrator who is gone is replaced at the counter: a letter of the enterprise, two people of the desk, and the
-- new one's own acceptance (SM-MOB-ADMIN).
alter table phone_transfer add column by_desk boolean not null default false;

create table phone_admin_replacement (
  id text primary key,
  entity_id text not null references phone_enterprise (entity_id),
  former_user text not null references phone_user (id),
  candidate_user text not null references phone_user (id),
  reason text not null,
  -- of the legal representative, sealed
  letter_sha256 text not null check (letter_sha256 ~ '^[0-9a-f]{64}$'),
  letter_name text not null,
  letter_type text not null,
  -- ENDED: the second person said no, or nobody decided in time
  state text not null check (state in ('PROPOSED', 'OFFERED', 'ENDED')),
  transfer_id text references phone_transfer (id),
  at timestamptz not null,
  decided_at timestamptz,
  check (former_user <> candidate_user),
  check ((state = 'OFFERED') = (transfer_id is not null)),
  check ((state = 'PROPOSED') = (decided_at is null))
);
create unique index phone_admin_replacement_open on phone_admin_replacement (entity_id) where state = 'PROPOSED';
create index phone_admin_replacement_letter on phone_admin_replacement (letter_sha256);

alter table approval drop constraint approval_kind_check;
alter table approval add constraint approval_kind_check check (kind in (
  'UNBIND', 'CA_RECOGNISE', 'CA_POLICY', 'CA_RESUME', 'PLATFORM_CHANGE', 'PLATFORM_RESUME',
  'OPERATOR_ADD', 'OPERATOR_ROLES', 'OPERATOR_ENABLE', 'SEAL_ISSUE', 'SEAL_THAW', 'SEAL_REVOKE',
  'ENTITY_THAW', 'ENTITY_MERGE', 'LIBRARY_IMPORT', 'MAPPING_CHANGE', 'EXCHANGE_CHANGE', 'KEY_PRIMARY',
  'PHONE_ADMIN'));
