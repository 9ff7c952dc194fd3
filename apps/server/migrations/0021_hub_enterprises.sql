-- 2026-11-20  Enterprises (one account per unified social credit code, GEN-001) and their certificates (SM-HUB-CERT).

create table enterprise (
  id text primary key,
  uscc text not null unique check (uscc ~ '^[0-9A-HJ-NPQRTUWXY]{18}$'),
  unit_name text not null,
  -- OD-08: what two names are compared by
  unit_name_key text not null,
  reg_city text not null,
  legal_rep_sealed text not null,
  phone_sealed text not null,
  address_sealed text not null,
  roles jsonb not null check (jsonb_typeof(roles) = 'array' and jsonb_array_length(roles) between 1 and 3),
  -- UNBOUND: the last lock was unbound by the desk; the account stays, the next binding takes it over (HUB-109)
  state text not null check (state in ('BOUND', 'UNBOUND')),
  version int not null default 1 check (version > 0),
  bound_at timestamptz not null,
  last_login_at timestamptz,
  created_at timestamptz not null,
  updated_at timestamptz not null
);
create index enterprise_bound on enterprise (bound_at desc, id) where state = 'BOUND';
create index enterprise_city on enterprise (reg_city);

create table enterprise_certificate (
  id text primary key,
  enterprise_id text not null references enterprise (id),
  role text not null check (role in ('PRIMARY', 'SECONDARY')),
  -- RENEWED: a certificate of the same holder took its place (OD-40)
  state text not null check (state in ('BOUND', 'UNBOUND', 'RENEWED')),
  -- identity of a certificate: issuer + serial + public key (decision on OD-03, OD-40)
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
  cert_key_no_assigned boolean not null,
  media_no text,
  medium text not null,
  algorithm text not null,
  valid_from timestamptz not null,
  valid_to timestamptz not null,
  -- what the authority last said, kept as a flag: a bound certificate stays bound (SM-HUB-CERT, last row)
  revocation text not null default 'GOOD' check (revocation in ('GOOD', 'REVOKED', 'LOST', 'UNKNOWN')),
  renews_id text references enterprise_certificate (id),
  -- what the holder was told at the last login (grace in use, renewal recognised)
  advice jsonb not null default '[]',
  bound_at timestamptz not null,
  last_used_at timestamptz,
  unbound_at timestamptz,
  unbound_reason text,
  check ((state = 'BOUND') = (unbound_at is null))
);
create unique index enterprise_one_primary on enterprise_certificate (enterprise_id)
  where state = 'BOUND' and role = 'PRIMARY';
create unique index certificate_bound_once on enterprise_certificate (issuer_sha256, serial_number, spki_sha256)
  where state = 'BOUND';
create index enterprise_certificates on enterprise_certificate (enterprise_id, bound_at);
create index certificate_key_no on enterprise_certificate (authority_id, cert_key_no) where state = 'BOUND';

-- PLAT-003, HUB-065: the first authorised login activates an enterprise on a target.
create table platform_activation (
  enterprise_id text not null references enterprise (id),
  platform_code text not null references platform (code),
  activated_at timestamptz not null,
  activated_with text not null references enterprise_certificate (id),
  last_login_at timestamptz not null,
  logins int not null default 1,
  primary key (enterprise_id, platform_code)
);

create table notice (
  id text primary key,
  enterprise_id text not null references enterprise (id),
  -- the words are made when it is read, in the reader's language
  kind text not null,
  facts jsonb not null,
  at timestamptz not null
);
create index notice_enterprise on notice (enterprise_id, at desc);

-- Per certificate: whoever holds one key cannot hide a warning from the holders of the others.
create table notice_read (
  notice_id text not null references notice (id),
  certificate_id text not null references enterprise_certificate (id),
  read_at timestamptz not null,
  primary key (notice_id, certificate_id)
);
