-- 2026-11-21  The project information library: projects traded on platforms, as they signed them (LIB-PROJ-02, PLAT-043).

create table exchange_project (
  trade_no text not null,
  section text not null,
  platform_code text not null references platform (code),
  uscc text not null check (uscc ~ '^[0-9A-HJ-NPQRTUWXY]{18}$'),
  record_type text not null,
  -- the signed statement, compact (RFC 7515 §7.1)
  statement text not null,
  issued_at timestamptz not null,
  -- WAITING: the enterprise is not in the library yet
  state text not null check (state in ('ENTERED', 'WAITING')),
  entity_id text references entity (id),
  record_id text,
  received_at timestamptz not null,
  updated_at timestamptz not null,
  primary key (trade_no, section),
  check ((state = 'ENTERED') = (record_id is not null and entity_id is not null))
);
create index exchange_project_waiting on exchange_project (uscc) where state = 'WAITING';
create unique index exchange_project_record on exchange_project (record_id) where record_id is not null;
