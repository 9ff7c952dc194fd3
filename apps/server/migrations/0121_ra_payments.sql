-- 2026-11-21  Payments of certificate fees (CA-024, MOB-016) and the runs in which certificates are issued.

create table ra_payment (
  -- also the merchant's order number at the provider
  id text primary key,
  order_id text not null references ra_order (id),
  state text not null check (state in ('CREATED', 'PAID', 'EXPIRED', 'CLOSED', 'REFUNDING', 'REFUNDED')),
  -- 分
  amount int not null check (amount > 0),
  pay_url text,
  created_at timestamptz not null,
  expires_at timestamptz not null,
  paid_at timestamptz,
  refunded_at timestamptz,
  refund_reason text,
  updated_at timestamptz not null,
  check (created_at < expires_at),
  check (state not in ('PAID', 'REFUNDING', 'REFUNDED') or paid_at is not null),
  check ((state = 'REFUNDED') = (refunded_at is not null))
);
create unique index ra_payment_one_open on ra_payment (order_id) where state = 'CREATED';
create index ra_payment_order on ra_payment (order_id, created_at desc);
create index ra_payment_unsettled on ra_payment (updated_at) where state in ('CREATED', 'REFUNDING');

-- Every notice of the provider that was accepted: one that comes again is known.
create table ra_payment_notice (
  event_id text primary key,
  payment_id text not null references ra_payment (id),
  state text not null,
  at timestamptz not null
);
create trigger ra_payment_notice_append_only before update or delete on ra_payment_notice
  for each row execute function refuse_change();

-- One run of issuing for one pair of keys. The authority is asked under `reference`, which it carries out once.
create table ra_issuance (
  reference text primary key,
  order_id text not null references ra_order (id),
  authority_id text not null,
  -- SHA-256 of what was asked for
  digest text not null,
  state text not null check (state in ('STARTED', 'DONE', 'ABANDONED')),
  started_at timestamptz not null,
  ended_at timestamptz,
  check ((state = 'STARTED') = (ended_at is null))
);
create unique index ra_issuance_one_run on ra_issuance (order_id) where state = 'STARTED';
create unique index ra_issuance_one_end on ra_issuance (order_id) where state = 'DONE';
