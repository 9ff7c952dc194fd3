-- 2026-11-20  Unbinding by application (HUB-100 …, F-UNBIND, SM-UNBIND).

create table unbind_application (
  id text primary key,
  reference text not null unique,
  -- the status page's secret link, hashed
  token_sha256 text not null unique check (token_sha256 ~ '^[0-9a-f]{64}$'),
  enterprise_id text not null references enterprise (id),
  certificate_id text not null references enterprise_certificate (id),
  uscc text not null,
  unit_name text not null,
  title text not null,
  applicant_email_sealed text not null,
  applicant_email_masked text not null,
  state text not null check (state in ('SUBMITTED', 'CHECKED', 'REJECTED', 'DONE', 'OBJECTED')),
  round int not null default 1,
  received_at timestamptz not null,
  due_at timestamptz not null,
  checked_by text,
  checked_at timestamptz,
  check_note text,
  decided_at timestamptz,
  reject_reasons jsonb not null default '[]',
  reject_note text,
  objection text,
  objected_by text references enterprise_certificate (id),
  version int not null default 1,
  check (state <> 'CHECKED' or checked_by is not null),
  check (state <> 'OBJECTED' or objection is not null),
  check ((state in ('REJECTED', 'DONE')) = (decided_at is not null))
);
create unique index unbind_one_open on unbind_application (enterprise_id)
  where state in ('SUBMITTED', 'CHECKED', 'OBJECTED');
create index unbind_open_due on unbind_application (due_at) where state in ('SUBMITTED', 'CHECKED', 'OBJECTED');

create table unbind_file (
  application_id text not null references unbind_application (id),
  round int not null,
  field text not null check (field in ('licenceScan', 'authorisation')),
  attachment_id text not null,
  name text not null,
  size int not null check (size > 0),
  type text not null,
  warnings jsonb not null default '[]',
  primary key (application_id, round, field)
);

create table unbind_event (
  id bigint generated always as identity primary key,
  application_id text not null references unbind_application (id),
  at timestamptz not null,
  state text not null,
  note text
);
create index unbind_event_application on unbind_event (application_id, id);
create trigger unbind_event_append_only before update or delete on unbind_event
  for each row execute function refuse_change();
