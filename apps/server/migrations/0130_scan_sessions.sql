-- 2026-11-21  One scan: a QR code on a page, a phone that read it, and what came of it (MOB-032, MOB-033, MOB-060 ff.).

create table scan_session (
  id text primary key,
  -- of what the QR holds: a stolen table scans nothing
  token_sha256 text not null unique check (token_sha256 ~ '^[0-9a-f]{64}$'),
  -- the page's cookie, hashed: result and code belong to the browser that asked and to no other
  browser_sha256 text not null check (browser_sha256 ~ '^[0-9a-f]{64}$'),
  purpose text not null check (purpose in (
    'login', 'bind', 'activate', 'library-register', 'library-login', 'library-key', 'sign-documents', 'decrypt')),
  -- the page's own origin, which the phone shows and signs
  origin text not null,
  -- 'HUB' or 'LIBRARY': what a grant must cover
  scope text not null check (scope in ('HUB', 'LIBRARY')),
  -- the enterprise that is logged in on the page, where one must be
  entity_id text references entity (id),
  -- the one certificate that serves, where the page was logged in with it
  fingerprint text,
  -- the challenge, the documents or the ciphertexts: what the phone is to sign or open, and nothing else
  content jsonb not null,
  from_address text not null,
  from_browser text not null,
  code_needed boolean not null,
  state text not null check (state in (
    'WAITING', 'SCANNED', 'READY', 'CONFIRMED', 'DONE', 'REFUSED', 'CANCELLED', 'EXPIRED', 'FAILED')),
  version int not null check (version > 0),
  wrong_codes int not null default 0 check (wrong_codes >= 0),
  confirmations int not null default 0 check (confirmations >= 0),
  user_id text,
  device_id text,
  certificate_id text,
  use_id text,
  result jsonb,
  created_at timestamptz not null,
  scanned_at timestamptz,
  ended_at timestamptz,
  expires_at timestamptz not null,
  check (expires_at > created_at),
  check (state in ('WAITING', 'CANCELLED', 'EXPIRED') or (user_id is not null and device_id is not null)),
  check (state not in ('CONFIRMED', 'DONE') or certificate_id is not null),
  check ((state = 'DONE') = (result is not null)),
  check ((state in ('WAITING', 'SCANNED', 'READY', 'CONFIRMED')) = (ended_at is null))
);
create index scan_session_expiry on scan_session (expires_at);
create index scan_session_browser on scan_session (browser_sha256) where ended_at is null;
