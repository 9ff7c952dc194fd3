-- 2026-11-21  What the desk finds entities by. Chinese text of two characters and more is found by pairs of characters;
-- names follow their entity by trigger, projects and persons are written with their record.

create function library_norm(t text) returns text language sql immutable strict parallel safe as
$$ select left(regexp_replace(lower(normalize(t, NFKC)), '\s+', '', 'g'), 300) $$;

create function library_bigrams(t text) returns text[] language sql immutable strict parallel safe as
$$ select array_agg(distinct substr(t, i, 2)) from generate_series(1, greatest(length(t) - 1, 1)) i $$;

create table library_search (
  entity_id text not null references entity (id),
  kind text not null check (kind in ('NAME', 'FORMER_NAME', 'USCC', 'PROJECT', 'PERSON')),
  -- empty: of the entity itself
  record_id text not null,
  no int not null,
  -- as it is written, and as it is compared; absent where it is personal
  shown text,
  norm text,
  -- keyed hashes of the pairs of characters of a personal name
  marks text[] not null default '{}',
  primary key (entity_id, kind, record_id, no),
  check ((shown is null) = (norm is null)),
  check (norm is not null or kind = 'PERSON')
);
create index library_search_pairs on library_search using gin (library_bigrams(norm)) where norm is not null;
create index library_search_prefix on library_search (norm text_pattern_ops) where norm is not null;
create index library_search_marks on library_search using gin (marks) where kind = 'PERSON' and norm is null;

create function library_search_follow() returns trigger language plpgsql as $$
begin
  if new.name is null or (tg_op = 'UPDATE' and new.name is not distinct from old.name) then
    return null;
  end if;
  if tg_op = 'UPDATE' then
    insert into library_search (entity_id, kind, record_id, no, shown, norm)
    select new.id, 'FORMER_NAME', '', coalesce(max(no), 0) + 1, old.name, library_norm(old.name)
      from library_search where entity_id = new.id and kind = 'FORMER_NAME' and record_id = '';
  else
    insert into library_search (entity_id, kind, record_id, no, shown, norm)
    select id, 'USCC', '', 1, uscc, library_norm(uscc) from entity where id = new.id and uscc is not null
    on conflict do nothing;
  end if;
  insert into library_search (entity_id, kind, record_id, no, shown, norm)
  values (new.id, 'NAME', '', 1, new.name, library_norm(new.name))
  on conflict (entity_id, kind, record_id, no) do update set shown = excluded.shown, norm = excluded.norm;
  return null;
end $$;
create trigger library_search_follow after insert or update of name on library_entity
  for each row execute function library_search_follow();

insert into library_search (entity_id, kind, record_id, no, shown, norm)
select id, 'NAME', '', 1, name, library_norm(name) from library_entity where name is not null
union all
select e.id, 'USCC', '', 1, e.uscc, library_norm(e.uscc)
  from entity e join library_entity l on l.id = e.id where e.uscc is not null;

-- Orders of the desk's list.
create index library_entity_updated on library_entity (updated_at desc, id);
create index library_entity_by_name on library_entity (name_masked, id);
create index library_entity_frozen on library_entity (created_at desc, id) where frozen_at is not null;
create index library_entity_merged on library_entity (merged_into) where merged_into is not null;

alter table approval drop constraint approval_kind_check;
alter table approval add constraint approval_kind_check check (kind in (
  'UNBIND', 'CA_RECOGNISE', 'CA_POLICY', 'CA_RESUME', 'PLATFORM_CHANGE', 'PLATFORM_RESUME',
  'OPERATOR_ADD', 'OPERATOR_ROLES', 'OPERATOR_ENABLE', 'SEAL_ISSUE', 'SEAL_THAW', 'SEAL_REVOKE',
  'ENTITY_THAW', 'ENTITY_MERGE', 'LIBRARY_IMPORT'));
