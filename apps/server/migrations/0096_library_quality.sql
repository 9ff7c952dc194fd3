-- 2026-11-21  Data quality of the library: what the last look at all records found.

create table library_quality_report (
  id bigint generated always as identity primary key,
  made_at timestamptz not null,
  counts jsonb not null
);

create table library_quality_finding (
  report_id bigint not null references library_quality_report (id) on delete cascade,
  kind text not null check (kind in ('EXPIRED_PAPER', 'OLD_DRAFT', 'SHARED_CERTIFICATE', 'PERSON_AT_TWO')),
  no int not null,
  entity_id text not null references entity (id),
  type text not null,
  record_id uuid not null,
  day date,
  -- keyed or plain digest: equal for findings that belong together
  together text,
  primary key (report_id, kind, no)
);
