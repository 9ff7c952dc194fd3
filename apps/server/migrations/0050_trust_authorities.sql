-- 2026-11-20  Trust: recognised certificate authorities, their certificates, profiles, policies and sources.

-- OD-41: where the facts about a holder stand in the certificates of an authority
create table trust_profile (
  id text primary key check (id ~ '^[A-Za-z0-9._-]{1,40}$'),
  profile jsonb not null,
  version int not null default 1 check (version > 0),
  updated_at timestamptz not null default now()
);

create table trust_authority (
  id text primary key check (id ~ '^[a-z0-9-]{2,40}$'),
  name text not null check (length(name) between 1 and 100),
  name_en text not null check (length(name_en) between 1 and 100),
  phone text not null check (length(phone) between 1 and 40),
  website text,
  -- administrative division code; HUB-012 compares it with the hub's own
  region text not null check (length(region) between 1 and 20),
  -- F-VENDOR joinedMutual
  joined boolean not null default false,
  status text not null default 'active' check (status in ('active', 'suspended')),
  status_reason text,
  status_since timestamptz not null default now(),
  profile_id text not null references trust_profile (id),
  -- what a policy holds beside region, joined flag and suspension, which stand in columns
  policy jsonb not null,
  -- named in every decision: <id>@<policy_version>
  policy_version int not null default 1 check (policy_version > 0),
  version int not null default 1 check (version > 0),
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  check (status <> 'suspended' or status_reason is not null)
);

create table trust_authority_certificate (
  authority_id text not null references trust_authority (id),
  role text not null check (role in ('anchor', 'intermediate')),
  sha256 text not null check (sha256 ~ '^[0-9a-f]{64}$'),
  spki_sha256 text not null check (spki_sha256 ~ '^[0-9a-f]{64}$'),
  der bytea not null,
  primary key (authority_id, sha256)
);
-- a national root may stand above several authorities; an issuing certificate belongs to exactly one
create unique index trust_intermediate_once on trust_authority_certificate (sha256)
  where role = 'intermediate';

-- the only addresses that this server ever asks about certificates
create table trust_source (
  authority_id text not null references trust_authority (id),
  kind text not null check (kind in ('crl', 'ocsp')),
  url text not null check (url ~ '^https?://' and length(url) <= 500),
  position int not null,
  primary key (authority_id, kind, url)
);

-- every change of an authority, with what it was before; a dangerous one names its approval
create table trust_change (
  id bigint generated always as identity primary key,
  authority_id text not null references trust_authority (id),
  change text not null check (change in ('recognise', 'policy', 'suspend', 'resume', 'contact')),
  before jsonb,
  after jsonb not null,
  reason text not null check (length(reason) between 1 and 500),
  actor text not null,
  approval_id text,
  -- when a leave that the change grants (a grace) ends by itself
  ends_at timestamptz,
  applied_at timestamptz not null default now()
);
create index trust_change_authority on trust_change (authority_id, id);
create trigger trust_change_append_only before update or delete on trust_change
  for each row execute function refuse_change();
create trigger trust_change_keep before truncate on trust_change
  for each statement execute function refuse_change();

-- grows with every change that verdicts depend on: servers compare it with what they hold in memory
create table trust_revision (
  one boolean primary key default true check (one),
  revision bigint not null default 1
);
insert into trust_revision default values;
