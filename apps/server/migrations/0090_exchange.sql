-- 2026-11-21  Exchange with the trading platforms: how each takes part, its directories, and what it was answered.

create table exchange_platform (
  platform_code text primary key references platform (code),
  -- the only address that notices are sent to; null: the platform fetches them
  webhook_url text,
  -- public keys (RFC 7517) with which it signs
  keys jsonb not null default '[]' check (jsonb_typeof(keys) = 'array'),
  scopes jsonb not null check (jsonb_typeof(scopes) = 'array'),
  -- codes of the platforms whose approvals it recognises
  recognises jsonb not null default '[]' check (jsonb_typeof(recognises) = 'array'),
  -- number of its last notice
  last_notice bigint not null default 0,
  version int not null default 1 check (version > 0),
  updated_at timestamptz not null
);

-- F-DIRMAP, a whole per platform.
create table exchange_mapping (
  platform_code text primary key references platform (code),
  rows jsonb not null check (jsonb_typeof(rows) = 'array'),
  version int not null default 1 check (version > 0),
  updated_at timestamptz not null
);

-- The first answer to an unsafe request, for whoever repeats it. Sealed: it may hold what was pulled.
create table exchange_answer (
  platform_code text not null references platform (code),
  key text not null check (length(key) between 1 and 200),
  operation text not null,
  request_sha256 text not null check (request_sha256 ~ '^[0-9a-f]{64}$'),
  answer_sealed text,
  at timestamptz not null,
  primary key (platform_code, key)
);
create index exchange_answer_age on exchange_answer (at);
