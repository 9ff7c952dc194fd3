-- 2026-11-20  The register of electronic seals (GB/T 38540, SIGN-012) and what makes them.

-- The installation's own seal maker. The private key is in the vault; a row is never changed, only followed by another.
create table seal_maker (
  id text primary key,
  name text not null,
  key_id text not null unique,
  certificate bytea not null,
  -- its issuers up to the root, DER, base64
  issuers jsonb not null check (jsonb_typeof(issuers) = 'array' and jsonb_array_length(issuers) > 0),
  -- made by a demonstration: what it makes are samples
  sample boolean not null,
  created_at timestamptz not null
);

create table seal (
  id text primary key,
  number text not null unique,
  enterprise_id text not null references enterprise (id),
  kind text not null check (kind in ('ENTERPRISE', 'LEGAL_REPRESENTATIVE')),
  -- beside the name, e.g. 投标专用章; empty on the main seal
  word text not null default '',
  code text check (code ~ '^\d{13}$'),
  -- what stands on it; that of a legal representative is personal and sealed
  name_sealed text not null,
  state text not null check (state in ('APPLIED', 'ACTIVE', 'FROZEN', 'REVOKED', 'EXPIRED', 'REPLACED', 'REJECTED')),
  source text not null check (source in ('DRAWN', 'UPLOADED')),
  sample boolean not null,
  width_mm int not null check (width_mm between 1 and 200),
  height_mm int not null check (height_mm between 1 and 200),
  picture_sha256 text not null check (picture_sha256 ~ '^[0-9a-f]{64}$'),
  warnings jsonb not null default '[]',
  -- ids of the certificates that may sign with it
  certificate_ids jsonb not null check (jsonb_typeof(certificate_ids) = 'array' and jsonb_array_length(certificate_ids) > 0),
  applied_with text not null references enterprise_certificate (id),
  applied_at timestamptz not null,
  checked_by text references operator (id),
  maker_id text references seal_maker (id),
  valid_from timestamptz,
  valid_to timestamptz,
  -- SESeal, DER
  seal bytea,
  note text,
  replaces_id text references seal (id),
  version int not null default 1,
  check ((state in ('APPLIED', 'REJECTED')) = (seal is null)),
  check ((seal is null) = (valid_from is null) and (seal is null) = (valid_to is null) and (seal is null) = (maker_id is null)),
  check (valid_from < valid_to)
);
create unique index seal_one_application on seal (enterprise_id, kind, word) where state = 'APPLIED';
create unique index seal_one_live on seal (enterprise_id, kind, word) where state in ('ACTIVE', 'FROZEN');
create index seal_enterprise on seal (enterprise_id, applied_at desc);
create index seal_ends on seal (valid_to) where state in ('ACTIVE', 'FROZEN');

create table seal_event (
  id bigint generated always as identity primary key,
  seal_id text not null references seal (id),
  at timestamptz not null,
  event text not null,
  state text not null,
  note text,
  -- operator, when it was one
  operator_id text references operator (id)
);
create index seal_event_seal on seal_event (seal_id, id);
create trigger seal_event_append_only before update or delete on seal_event
  for each row execute function refuse_change();

alter table approval drop constraint approval_kind_check;
alter table approval add constraint approval_kind_check check (kind in (
  'UNBIND', 'CA_RECOGNISE', 'CA_POLICY', 'CA_RESUME', 'PLATFORM_CHANGE', 'PLATFORM_RESUME',
  'OPERATOR_ADD', 'OPERATOR_ROLES', 'OPERATOR_ENABLE', 'SEAL_ISSUE', 'SEAL_THAW', 'SEAL_REVOKE'));
