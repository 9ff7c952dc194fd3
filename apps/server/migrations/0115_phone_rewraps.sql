-- Content keys that a device is encrypting to the successor of a certificate (OD-31).
create table phone_rewrap (
  id text primary key,
  user_id text not null references phone_user (id),
  certificate_id text not null references phone_certificate (id),
  to_certificate text not null references phone_certificate (id),
  use_id text not null unique references phone_use (id),
  -- [{id, sm3}]: which files, and the digests of the ciphertexts that the vault may be asked about
  envelopes jsonb not null check (jsonb_typeof(envelopes) = 'array'),
  at timestamptz not null,
  done_at timestamptz,
  check (certificate_id <> to_certificate)
);
