-- 2026-11-21  标证通: enterprises that were claimed, their people, 转授管理员 (MOB-011, MOB-044 … MOB-046, OD-32).

-- As an approved order has it; before that a claim says what it is called.
create table phone_enterprise (
  entity_id text primary key references entity (id),
  name text not null,
  updated_at timestamptz not null
);

create table phone_claim (
  id text primary key,
  entity_id text not null references entity (id),
  user_id text not null references phone_user (id),
  uscc text not null check (uscc ~ '^[0-9A-HJ-NPQRTUWXY]{18}$'),
  name text not null,
  -- ENDED: another claimant was approved
  state text not null check (state in ('OPEN', 'APPROVED', 'DROPPED', 'ENDED')),
  at timestamptz not null,
  decided_at timestamptz,
  check ((state = 'OPEN') = (decided_at is null))
);
create unique index phone_claim_open on phone_claim (user_id, entity_id) where state = 'OPEN';
create index phone_claim_entity on phone_claim (entity_id) where state = 'OPEN';

create table phone_person (
  id text primary key,
  entity_id text not null references phone_enterprise (entity_id),
  user_id text not null references phone_user (id),
  role text not null check (role in ('ADMIN', 'OPERATOR')),
  since timestamptz not null,
  until timestamptz,
  check (until is null or until >= since)
);
-- OD-32: exactly one administrator
create unique index phone_person_admin on phone_person (entity_id) where role = 'ADMIN' and until is null;
create unique index phone_person_live on phone_person (user_id, entity_id) where until is null;
create index phone_person_entity on phone_person (entity_id, since);

create table phone_invitation (
  id text primary key,
  entity_id text not null references phone_enterprise (entity_id),
  phone_hash text not null,
  phone_masked text not null,
  invited_by text not null references phone_user (id),
  state text not null check (state in ('OFFERED', 'ACCEPTED', 'DECLINED', 'WITHDRAWN', 'EXPIRED')),
  at timestamptz not null,
  expires_at timestamptz not null,
  answered_at timestamptz,
  check ((state = 'OFFERED') = (answered_at is null))
);
create unique index phone_invitation_open on phone_invitation (entity_id, phone_hash) where state = 'OFFERED';
create index phone_invitation_phone on phone_invitation (phone_hash) where state = 'OFFERED';

create table phone_transfer (
  id text primary key,
  entity_id text not null references phone_enterprise (entity_id),
  from_user text not null references phone_user (id),
  to_user text not null references phone_user (id),
  state text not null check (state in ('OFFERED', 'ACCEPTED', 'DECLINED', 'WITHDRAWN', 'EXPIRED')),
  at timestamptz not null,
  expires_at timestamptz not null,
  answered_at timestamptz,
  check (from_user <> to_user),
  check ((state = 'OFFERED') = (answered_at is null))
);
create unique index phone_transfer_open on phone_transfer (entity_id) where state = 'OFFERED';
create index phone_transfer_to on phone_transfer (to_user) where state = 'OFFERED';
