-- 2026-11-20  Register of trading platforms (HUB-010, F-PLATREG) with their OpenID Connect client registration.

create table platform (
  code text primary key check (code ~ '^[a-z0-9-]{2,40}$'),
  name text not null unique,
  name_en text not null,
  group_code text not null check (group_code in ('REGIONAL_CENTRE', 'WEST', 'EAST', 'LIBRARY')),
  position int not null,
  joined boolean not null default false,
  home_url text,
  support_phone text not null,
  subsystems jsonb not null default '[]' check (jsonb_typeof(subsystems) = 'array'),
  filing_mode text not null check (filing_mode in ('LOCAL', 'MIRROR')),
  subject_type text not null check (subject_type in ('public', 'pairwise')),
  client_id text not null unique,
  -- a random secret of 256 bits, so that a plain digest protects it; shown once, never stored
  client_secret_sha256 text not null check (client_secret_sha256 ~ '^[0-9a-f]{64}$'),
  redirect_uris jsonb not null default '[]' check (jsonb_typeof(redirect_uris) = 'array'),
  post_logout_redirect_uris jsonb not null default '[]' check (jsonb_typeof(post_logout_redirect_uris) = 'array'),
  initiate_login_uri text,
  backchannel_logout_uri text,
  suspended_at timestamptz,
  suspend_reason text,
  version int not null default 1 check (version > 0),
  created_at timestamptz not null,
  updated_at timestamptz not null,
  check ((suspended_at is null) = (suspend_reason is null))
);
