-- 2026-11-21  Bulk import by the desk: a sheet is staged, every row is judged, a second person agrees, then it is written.

create table library_import (
  id text primary key,
  type text not null,
  event text not null,
  file_name text not null,
  -- until its rows are staged
  content bytea,
  state text not null check (state in ('READING', 'READ', 'WRITING', 'DONE', 'FAILED', 'CANCELLED')),
  -- why it failed: a code
  failure text,
  rows int not null default 0,
  created_by text not null,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  check (state <> 'READING' or rows > 0 or content is not null)
);
create index library_import_created on library_import (created_at desc, id);

create table library_import_row (
  import_id text not null references library_import (id) on delete cascade,
  -- as the sheet counts
  no int not null,
  uscc text not null,
  -- what it says, sealed: it may name persons
  cells_sealed text not null,
  verdict text not null default 'NEW' check (verdict in ('NEW', 'GOOD', 'BAD', 'WRITTEN', 'REFUSED')),
  faults jsonb not null default '[]',
  record_id uuid,
  primary key (import_id, no),
  check ((verdict = 'WRITTEN') = (record_id is not null))
);
create index library_import_row_verdict on library_import_row (import_id, verdict, no);
