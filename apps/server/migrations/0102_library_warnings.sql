-- 2026-11-21  Warnings to people of the entity library: in the application at once, by mail once a day.

create table library_warning (
  id text primary key,
  entity_id text not null references entity (id),
  kind text not null,
  -- what it is told of once only: a subject, a threshold, a day
  once text not null,
  -- ids, codes, counts and dates; never a name of a person
  facts jsonb not null,
  at timestamptz not null,
  -- still to be told of in the next digest
  mail_due boolean not null,
  unique (entity_id, kind, once)
);
create index library_warning_list on library_warning (entity_id, at desc, id desc);
create index library_warning_due on library_warning (entity_id) where mail_due;

-- Each person has read for themselves: a key, or the natural person.
create table library_warning_read (
  reader text not null,
  warning_id text not null references library_warning (id) on delete cascade,
  at timestamptz not null,
  primary key (reader, warning_id)
);
create index library_warning_read_warning on library_warning_read (warning_id);

create table library_warning_preference (
  entity_id text primary key references entity (id),
  address_sealed text,
  address_masked text,
  confirmed boolean not null default false,
  -- proof of the address: keyed hash of the code, until when, wrong answers so far
  code_hash text,
  code_until timestamptz,
  code_failures int not null default 0,
  kinds jsonb not null,
  language text not null check (language in ('zh', 'en')),
  -- the day of the last digest, in Shanghai
  last_digest_on date,
  version int not null,
  updated_at timestamptz not null,
  check ((address_sealed is null) = (address_masked is null)),
  check (address_sealed is not null or not confirmed),
  check ((code_hash is null) = (code_until is null))
);
