-- 2026-11-21  Use of records by platforms, and what platforms must learn of (PLAT-040 … PLAT-042, F-CALLBACK).

-- A standing permission to look up usable records while nobody is logged in on the platform.
create table exchange_consent (
  entity_id text not null references entity (id),
  platform_code text not null references platform (code),
  given_at timestamptz not null,
  primary key (entity_id, platform_code)
);

-- 使用记录; one row a callback id, for ever (OD-22).
create table exchange_use (
  platform_code text not null references platform (code),
  callback_id uuid not null,
  entity_id text not null references entity (id),
  performance_id text not null,
  tender_no text not null,
  use_status text not null,
  used_at timestamptz not null,
  -- 使用次数 after this use
  use_count int not null check (use_count > 0),
  received_at timestamptz not null,
  primary key (platform_code, callback_id)
);
create index exchange_use_performance on exchange_use (performance_id, used_at desc);
create trigger exchange_use_append_only before update or delete on exchange_use
  for each row execute function refuse_change();

create table exchange_notice (
  id text primary key,
  platform_code text not null references platform (code),
  seq bigint not null check (seq > 0),
  kind text not null check (kind in ('performance.void', 'recognition.withdraw')),
  entity_id text not null references entity (id),
  record_id text not null,
  facts jsonb not null,
  at timestamptz not null,
  state text not null check (state in ('PENDING', 'ACKNOWLEDGED', 'DEAD')),
  attempts int not null default 0,
  last_error text,
  last_tried_at timestamptz,
  acknowledged_at timestamptz,
  unique (platform_code, seq),
  check ((state = 'ACKNOWLEDGED') = (acknowledged_at is not null))
);
create index exchange_notice_open on exchange_notice (state, at desc) where state <> 'ACKNOWLEDGED';
create index exchange_notice_at on exchange_notice (at desc);
