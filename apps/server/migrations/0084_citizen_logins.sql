-- 2026-11-21  Natural persons by an upstream OpenID provider (LIB-LOGIN-03): a login that is under way.

create table library_citizen_login (
  state_sha256 text primary key check (state_sha256 ~ '^[0-9a-f]{64}$'),
  browser_sha256 text not null check (browser_sha256 ~ '^[0-9a-f]{64}$'),
  nonce text not null,
  verifier_sealed text not null,
  -- what was agreed to before leaving, for a first login
  agreements jsonb not null,
  expires_at timestamptz not null,
  used_at timestamptz
);
create index library_citizen_login_expiry on library_citizen_login (expires_at);
