-- 2026-11-21  承诺书 (LIB-BASE-03): which document was made for whom from which version of the template (OD-33).

create table library_letter (
  id text primary key,
  entity_id text not null references library_entity (id),
  version text not null,
  task_id text not null unique references signing_task (id),
  opened_at timestamptz not null,
  -- 已签章: the signed file has been verified and stored
  signed_at timestamptz,
  document_sha256 text check (document_sha256 ~ '^[0-9a-f]{64}$'),
  check ((signed_at is null) = (document_sha256 is null))
);
create index library_letter_entity on library_letter (entity_id, opened_at desc);
