-- 2026-11-21  Evidence: logs whose key was retired. The successor goes on with the same tree under its own key.

create table ledger_retired_log (
  number int primary key check (number > 0),
  -- the first line of its checkpoints, and its keys as verifiers are given them
  origin text not null unique,
  vkey text not null,
  sm2_vkey text not null,
  -- the head that it ended with; its successor's first own leaf names it
  final_size bigint not null references ledger_checkpoint (size),
  final_root bytea not null check (octet_length(final_root) = 32),
  successor text not null unique check (successor <> origin),
  retired_at timestamptz not null
);

create trigger ledger_retired_log_append_only before update or delete on ledger_retired_log
  for each row execute function refuse_change();
create trigger ledger_retired_log_keep before truncate on ledger_retired_log
  for each statement execute function refuse_change();
