-- 2026-11-20  The ground: which kind of installation this is, the audit log, the job table, periodic tasks.

create table installation (
  one boolean primary key default true check (one),
  id uuid not null,
  mode text not null check (mode in ('demo', 'configured')),
  created_at timestamptz not null default now()
);

create function refuse_change() returns trigger language plpgsql as $$
begin
  raise exception '% of % is refused: the table is append-only', tg_op, tg_table_name
    using errcode = 'integrity_constraint_violation';
end
$$;

create table audit_entry (
  id bigint generated always as identity primary key,
  at timestamptz not null default now(),
  actor_kind text not null,
  actor_id text,
  actor_certificate text,
  action text not null,
  subject_kind text,
  subject_id text,
  before jsonb,
  after jsonb,
  reason text,
  outcome text not null check (outcome in ('ok', 'refused')),
  code text,
  request_id text,
  source_hash text,
  check (outcome = 'ok' or code is not null)
);
create index audit_entry_at on audit_entry (at, id);
create index audit_entry_subject on audit_entry (subject_kind, subject_id, id);
create index audit_entry_actor on audit_entry (actor_kind, actor_id, id);
create index audit_entry_action on audit_entry (action, id);
create trigger audit_entry_append_only before update or delete on audit_entry
  for each row execute function refuse_change();
create trigger audit_entry_keep before truncate on audit_entry
  for each statement execute function refuse_change();

create table job (
  id bigint generated always as identity primary key,
  queue text not null,
  dedup_key text,
  subject_key text,
  payload jsonb not null,
  state text not null default 'ready' check (state in ('ready', 'running', 'done', 'dead')),
  attempts int not null default 0,
  max_attempts int not null default 8 check (max_attempts > 0),
  run_at timestamptz not null default now(),
  lease_until timestamptz,
  last_error text,
  created_at timestamptz not null default now(),
  finished_at timestamptz,
  check ((state = 'running') = (lease_until is not null))
);
create index job_ready on job (queue, run_at, id) where state = 'ready';
create index job_lease on job (queue, lease_until) where state = 'running';
create index job_subject on job (queue, subject_key, id) where subject_key is not null and state in ('ready', 'running');
create index job_finished on job (finished_at) where state = 'done';
create unique index job_dedup on job (queue, dedup_key) where dedup_key is not null and state in ('ready', 'running');
create unique index job_one_running on job (queue, subject_key) where subject_key is not null and state = 'running';

create table periodic_task (
  name text primary key,
  next_run_at timestamptz not null,
  lease_until timestamptz,
  last_started_at timestamptz,
  last_finished_at timestamptz,
  last_error text
);
