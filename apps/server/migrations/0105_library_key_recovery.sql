-- 2026-11-21  An entity that has lost its primary key applies at the desk for another one (OD-25): the paper with which
-- it does, kept for whoever decides and for later.

create table library_key_recovery (
  id text primary key,
  entity_id text not null references library_entity (id),
  key_id text not null references library_key (id),
  -- {sha256, name, size, mediaType}
  proof jsonb not null check (jsonb_typeof(proof) = 'object'),
  at timestamptz not null
);
create index library_key_recovery_entity on library_key_recovery (entity_id, at desc);
create index library_key_recovery_proof on library_key_recovery ((proof ->> 'sha256'));
