-- 2026-11-20  Trust: what the authorities say about their certificates, and how well they say it.

create table trust_crl (
  url text primary key,
  authority_id text not null references trust_authority (id),
  -- the newest list that was verified; a bad answer never replaces it
  der bytea,
  sha256 text check (sha256 ~ '^[0-9a-f]{64}$'),
  issuer_hash text,
  crl_number text,
  this_update timestamptz,
  next_update timestamptz,
  entries int,
  etag text,
  last_modified text,
  fetched_at timestamptz,
  checked_at timestamptz,
  -- why the last attempt brought nothing; null after a good one
  problem text,
  failures int not null default 0,
  check ((der is null) = (sha256 is null) and (der is null) = (this_update is null))
);
create index trust_crl_authority on trust_crl (authority_id);

create table trust_ocsp_answer (
  -- SHA-256 of the certificate that the answer speaks of
  certificate_sha256 text primary key check (certificate_sha256 ~ '^[0-9a-f]{64}$'),
  authority_id text not null references trust_authority (id),
  response bytea not null,
  fetched_at timestamptz not null,
  expires_at timestamptz not null
);
create index trust_ocsp_answer_expiry on trust_ocsp_answer (expires_at);

create table trust_health_sample (
  id bigint generated always as identity primary key,
  authority_id text not null references trust_authority (id),
  kind text not null check (kind in ('crl', 'ocsp', 'grace')),
  at timestamptz not null,
  ok boolean not null,
  latency_ms int check (latency_ms >= 0),
  reason text
);
create index trust_health_sample_recent on trust_health_sample (authority_id, kind, at);
create index trust_health_sample_age on trust_health_sample (at);

-- 14a, OD-40: a certificate is issuer + serial + key; a second key under one issuer and serial raises an alarm
create table trust_certificate_seen (
  issuer_sha256 text not null,
  serial_number text not null,
  spki_sha256 text not null,
  fingerprint text not null,
  authority_id text not null references trust_authority (id),
  first_seen_at timestamptz not null,
  primary key (issuer_sha256, serial_number, spki_sha256)
);
