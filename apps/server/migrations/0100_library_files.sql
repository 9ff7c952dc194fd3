-- 2026-11-21  Attachments of the entity library: uploads under way and what entities have uploaded (OD-37).

create table library_upload (
  id text primary key,
  entity_id text not null references entity (id),
  name text not null,
  size int not null check (size > 0),
  -- as the sender declared it
  sha256 text check (sha256 ~ '^[0-9a-f]{64}$'),
  received int not null default 0 check (received >= 0 and received <= size),
  -- what it became; a completion whose answer was lost can be asked for again
  file_sha256 text check (file_sha256 ~ '^[0-9a-f]{64}$'),
  created_at timestamptz not null,
  expires_at timestamptz not null
);
create index library_upload_entity on library_upload (entity_id);
create index library_upload_expiry on library_upload (expires_at);

-- The bytes that have arrived, piece by piece; they themselves lie in the store of attachments.
create table library_upload_piece (
  upload_id text not null references library_upload (id) on delete cascade,
  start int not null check (start >= 0),
  size int not null check (size > 0),
  key text not null,
  primary key (upload_id, start)
);

-- One row for each entity that uploaded a content: its right to use and to see it.
create table library_file (
  entity_id text not null references entity (id),
  sha256 text not null check (sha256 ~ '^[0-9a-f]{64}$'),
  sm3 text not null check (sm3 ~ '^[0-9a-f]{64}$'),
  size int not null check (size > 0),
  media_type text not null check (media_type in ('application/pdf', 'image/jpeg', 'image/png')),
  name text not null,
  -- of a PDF that can be shown
  pages int check (pages > 0),
  -- what the scanner of malware said
  scan text not null check (scan in ('NOT_SCANNED', 'CLEAN')),
  scanned_at timestamptz,
  uploaded_at timestamptz not null,
  -- when a record first referred to it, in the transaction of the reference
  used_at timestamptz,
  primary key (entity_id, sha256),
  check ((scan = 'CLEAN') = (scanned_at is not null))
);
create index library_file_content on library_file (sha256);
create index library_file_unused on library_file (uploaded_at) where used_at is null;

-- Contents that were found infected are refused without being looked at again.
create table library_infected_file (
  sha256 text primary key check (sha256 ~ '^[0-9a-f]{64}$'),
  finding text not null,
  at timestamptz not null
);
