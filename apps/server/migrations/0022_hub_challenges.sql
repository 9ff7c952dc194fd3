-- 2026-11-20  Challenges that keys sign, attempts that wait for an authority, and authorisations of platforms.

create table challenge (
  id text primary key,
  act text not null check (act in ('login', 'bind', 'activate', 'desk-login', 'desk-approve')),
  nonce text not null unique,
  origin text not null,
  audience text not null,
  -- the pre-session cookie, hashed: a challenge serves the browser that asked for it and no other
  browser_sha256 text not null check (browser_sha256 ~ '^[0-9a-f]{64}$'),
  -- what the act is about: the session that activates, the approval that is decided
  subject text,
  summary text,
  issued_at timestamptz not null,
  expires_at timestamptz not null,
  used_at timestamptz,
  check (expires_at >= issued_at + interval '5 minutes')
);
create index challenge_expiry on challenge (expires_at);

-- Kept only when an authority is slow (HUB-056): what is answered at once needs no attempt to come back to.
create table attempt (
  id text primary key references challenge (id) on delete cascade,
  act text not null check (act in ('login', 'bind', 'activate')),
  browser_sha256 text not null,
  state text not null check (state in ('CHECKING', 'DONE', 'FAILED')),
  authority_name text,
  budget_ms int not null,
  -- certificate, media number, session and, for a binding, what the person typed: sealed, dropped when finished
  input_sealed text,
  outcome text check (outcome in ('LOGGED_IN', 'BOUND', 'ALREADY_BOUND', 'ACTIVATED')),
  certificate_id text references enterprise_certificate (id),
  advice jsonb not null default '[]',
  problem jsonb,
  -- the session that was handed to the browser for this login; a lost answer is asked for again
  session_id text,
  started_at timestamptz not null,
  finished_at timestamptz,
  -- the process that works on it renews this; another one takes over when it has passed
  lease_until timestamptz not null,
  expires_at timestamptz not null,
  check ((state = 'CHECKING') = (finished_at is null)),
  check ((state = 'CHECKING') = (input_sealed is not null)),
  check ((state = 'DONE') = (outcome is not null and certificate_id is not null)),
  check ((state = 'FAILED') = (problem is not null))
);
create index attempt_expiry on attempt (expires_at);

create table platform_authorisation (
  id text primary key,
  session_id text not null,
  enterprise_id text not null references enterprise (id),
  platform_code text not null references platform (code),
  authorised_at timestamptz not null,
  expires_at timestamptz not null,
  confirmed_at timestamptz
);
create index platform_authorisation_expiry on platform_authorisation (expires_at);
