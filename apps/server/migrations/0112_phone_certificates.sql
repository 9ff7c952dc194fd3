-- 2026-11-21  标证通: certificates whose keys are in halves, who may use them where, and what they were used for
-- (MOB-017, MOB-040 … MOB-043, MOB-047 … MOB-050).

create table phone_certificate (
  id text primary key,
  kind text not null check (kind in ('ENTERPRISE', 'PERSONAL')),
  entity_id text references phone_enterprise (entity_id),
  -- who downloaded it; of a personal one: whose it is
  user_id text not null references phone_user (id),
  order_id text not null unique,
  authority_id text not null,
  -- the name in it: a person's is personal data
  subject_sealed text not null,
  uscc text,
  serial_number text not null check (serial_number ~ '^[0-9a-f]{1,64}$'),
  fingerprint text not null unique check (fingerprint ~ '^[0-9a-f]{64}$'),
  signing_certificate bytea not null,
  encryption_certificate bytea,
  valid_from timestamptz not null,
  valid_to timestamptz not null,
  -- the end of its validity is the clock's to tell
  state text not null check (state in ('EFFECTIVE', 'HELD', 'LOST', 'REVOKED', 'REPLACED')),
  replaced_by text references phone_certificate (id),
  kept_at timestamptz not null,
  changed_at timestamptz not null,
  check ((kind = 'ENTERPRISE') = (entity_id is not null)),
  check (valid_from < valid_to)
);
create index phone_certificate_entity on phone_certificate (entity_id, kept_at desc);
create index phone_certificate_user on phone_certificate (user_id, kept_at desc);
create index phone_certificate_end on phone_certificate (valid_to) where state = 'EFFECTIVE';

-- One device's share of one key. The id is the vault's; the share itself is in neither place.
create table phone_half (
  id text primary key check (id ~ '^[A-Za-z0-9_-]{16,64}$'),
  usage text not null check (usage in ('sign', 'decrypt')),
  device_id text not null references phone_device (id),
  certificate_id text references phone_certificate (id),
  public_key bytea not null check (octet_length(public_key) = 65),
  -- by whom it was made for another device
  split_by text references phone_device (id),
  confirmed_at timestamptz,
  state text not null check (state in ('NEW', 'ACTIVE', 'LOCKED', 'FROZEN', 'DESTROYED')),
  -- reasons for which it is held; none: it is not
  holds jsonb not null default '[]' check (jsonb_typeof(holds) = 'array'),
  created_at timestamptz not null,
  last_used_at timestamptz,
  destroyed_at timestamptz,
  check ((state = 'DESTROYED') = (destroyed_at is not null)),
  check (state = 'NEW' or state = 'DESTROYED' or (certificate_id is not null and confirmed_at is not null))
);
create index phone_half_certificate on phone_half (certificate_id) where state <> 'DESTROYED';
create index phone_half_device on phone_half (device_id) where state <> 'DESTROYED';

create table phone_offer (
  id text primary key,
  certificate_id text not null references phone_certificate (id),
  from_device text not null references phone_device (id),
  to_device text not null references phone_device (id),
  -- sealed to the receiver's key
  parcels jsonb not null,
  state text not null check (state in ('OFFERED', 'ACCEPTED', 'DECLINED', 'WITHDRAWN', 'EXPIRED')),
  at timestamptz not null,
  expires_at timestamptz not null,
  answered_at timestamptz,
  check (from_device <> to_device),
  check ((state = 'OFFERED') = (answered_at is null))
);
create index phone_offer_to on phone_offer (to_device) where state = 'OFFERED';
create index phone_offer_due on phone_offer (expires_at) where state = 'OFFERED';

create table phone_grant (
  id text primary key,
  certificate_id text not null references phone_certificate (id),
  person_id text not null references phone_person (id),
  -- ALL, HUB, LIBRARY or a platform's code
  scope text not null,
  granted_by text not null references phone_user (id),
  granted_at timestamptz not null,
  revoked_by text references phone_user (id),
  revoked_at timestamptz,
  ended_by text check (ended_by in ('ADMIN', 'LEFT', 'CERTIFICATE')),
  check ((revoked_at is null) = (ended_by is null))
);
create unique index phone_grant_live on phone_grant (certificate_id, person_id, scope) where revoked_at is null;
create index phone_grant_person on phone_grant (person_id, granted_at desc);

create table phone_use (
  id text primary key,
  user_id text not null references phone_user (id),
  device_id text references phone_device (id),
  certificate_id text references phone_certificate (id),
  half_id text references phone_half (id),
  usage text not null check (usage in ('sign', 'decrypt')),
  purpose text not null,
  scope text not null,
  -- what the device's request to the vault must name
  order_ref text not null,
  origin text,
  count int not null check (count > 0),
  outcome text not null check (outcome in ('OPEN', 'DONE', 'FAILED', 'REFUSED', 'EXPIRED')),
  -- why it was refused
  code text,
  at timestamptz not null,
  expires_at timestamptz not null,
  closed_at timestamptz,
  check ((outcome = 'OPEN') = (closed_at is null)),
  check (outcome <> 'OPEN' or half_id is not null)
);
create index phone_use_user on phone_use (user_id, at desc);
create index phone_use_certificate on phone_use (certificate_id, at desc);
create index phone_use_open on phone_use (expires_at) where outcome = 'OPEN';

create table phone_message (
  id text primary key,
  user_id text not null references phone_user (id),
  kind text not null,
  -- what it is told of once only
  once text not null,
  -- ids, codes, counts, dates, names of enterprises and devices; never a name of a person
  facts jsonb not null,
  at timestamptz not null,
  read_at timestamptz,
  unique (user_id, kind, once)
);
create index phone_message_list on phone_message (user_id, at desc, id desc);
create index phone_message_unread on phone_message (user_id) where read_at is null;
