-- 2026-11-20  Evidence: what is said of every lasting change, and the transparency log that it is written into.

-- What an audit entry was also said as; null for what is only audited.
alter table audit_entry add column statement_id uuid;
create unique index audit_entry_statement on audit_entry (statement_id) where statement_id is not null;

-- One statement a lasting change. The body is the canonical JSON that the log's leaf commits to; nothing personal
-- stands in it in clear.
create table ledger_statement (
  id uuid primary key,
  type text not null,
  -- the record that changed; its statements form a chain, each naming the digest of the one before
  subject text not null,
  seq int not null check (seq > 0),
  -- whose record it is, for those who may read only their own
  entity_id text,
  body bytea not null,
  -- SHA-256 of the body
  digest bytea not null check (octet_length(digest) = 32),
  at timestamptz not null,
  unique (subject, seq)
);
create index ledger_statement_entity on ledger_statement (entity_id, id) where entity_id is not null;

-- What opens a commitment of a statement. Erasing empties the row; the statement stays provable.
create table ledger_disclosure (
  statement_id uuid not null references ledger_statement (id),
  name text not null,
  disclosure text,
  erased_at timestamptz,
  primary key (statement_id, name),
  check ((disclosure is null) = (erased_at is not null))
);

-- Leaves that wait for their index. The order of ids is that of cause and effect: the sequence must not be cached.
create table ledger_outbox (
  id bigint generated always as identity primary key,
  statement_id uuid not null,
  leaf bytea not null check (octet_length(leaf) = 128)
);
alter table ledger_outbox set (autovacuum_vacuum_scale_factor = 0.02, autovacuum_vacuum_threshold = 500);

create table ledger_leaf (
  idx bigint primary key check (idx >= 0),
  statement_id uuid not null unique,
  leaf bytea not null check (octet_length(leaf) = 128),
  integrated_at timestamptz not null default clock_timestamp()
);

create table ledger_tile (
  level smallint not null,
  n bigint not null,
  width smallint not null check (width between 1 and 256),
  data bytea not null check (octet_length(data) = width * 32),
  primary key (level, n)
);
alter table ledger_tile alter column data set storage external;

-- The tree's head, and who may move it: a sequencer that lost the epoch changes nothing any more.
create table ledger_tree (
  one boolean primary key default true check (one),
  size bigint not null,
  root bytea not null check (octet_length(root) = 32),
  epoch bigint not null,
  holder text,
  lease_until timestamptz
);
insert into ledger_tree (size, root, epoch)
values (0, decode('e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855', 'hex'), 0);

create table ledger_checkpoint (
  size bigint primary key check (size >= 0),
  root bytea not null check (octet_length(root) = 32),
  -- the signed note, without cosignatures
  note text not null,
  signed_at timestamptz not null,
  -- when the quorum of witnesses had cosigned
  confirmed_at timestamptz
);
create index ledger_checkpoint_confirmed on ledger_checkpoint (size) where confirmed_at is not null;

create table ledger_cosignature (
  size bigint not null references ledger_checkpoint (size),
  witness text not null,
  -- the signature's line of the note, with its line feed
  line text not null,
  at timestamptz not null,
  primary key (size, witness)
);

create function refuse_other_than_erasing() returns trigger language plpgsql as $$
begin
  if new.statement_id is distinct from old.statement_id or new.name is distinct from old.name
     or new.disclosure is not null or old.erased_at is not null then
    raise exception 'a disclosure is erased once and changed never' using errcode = 'integrity_constraint_violation';
  end if;
  return new;
end
$$;

create function refuse_other_than_confirming() returns trigger language plpgsql as $$
begin
  if new.size is distinct from old.size or new.root is distinct from old.root or new.note is distinct from old.note
     or new.signed_at is distinct from old.signed_at or old.confirmed_at is not null then
    raise exception 'a checkpoint is confirmed once and changed never' using errcode = 'integrity_constraint_violation';
  end if;
  return new;
end
$$;

create trigger ledger_statement_append_only before update or delete on ledger_statement
  for each row execute function refuse_change();
create trigger ledger_statement_keep before truncate on ledger_statement
  for each statement execute function refuse_change();
create trigger ledger_disclosure_erase_only before update on ledger_disclosure
  for each row execute function refuse_other_than_erasing();
create trigger ledger_disclosure_append_only before delete on ledger_disclosure
  for each row execute function refuse_change();
create trigger ledger_leaf_append_only before update or delete on ledger_leaf
  for each row execute function refuse_change();
create trigger ledger_leaf_keep before truncate on ledger_leaf
  for each statement execute function refuse_change();
create trigger ledger_checkpoint_confirm_only before update on ledger_checkpoint
  for each row execute function refuse_other_than_confirming();
create trigger ledger_checkpoint_append_only before delete on ledger_checkpoint
  for each row execute function refuse_change();
create trigger ledger_cosignature_append_only before update or delete on ledger_cosignature
  for each row execute function refuse_change();
