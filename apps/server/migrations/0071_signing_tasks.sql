-- 2026-11-20  Documents to be sealed (SIGN-001 …, SM-SIGN).

create table signing_task (
  id text primary key,
  enterprise_id text not null references enterprise (id),
  title text not null,
  file_name text not null,
  -- OD-33: which letter, and in which version of its text
  template_code text,
  template_version text,
  state text not null check (state in ('OPEN', 'COMPLETED', 'DECLINED', 'CANCELLED')),
  pages int not null check (pages > 0),
  -- the document as it stands: the last of its versions
  document_sha256 text not null check (document_sha256 ~ '^[0-9a-f]{64}$'),
  -- what the validator last said of it
  headline text,
  created_with text not null references enterprise_certificate (id),
  created_at timestamptz not null,
  updated_at timestamptz not null,
  version int not null default 1,
  check ((template_code is null) = (template_version is null))
);
create index signing_task_sender on signing_task (enterprise_id, updated_at desc);

create table signing_signer (
  id text primary key,
  task_id text not null references signing_task (id),
  -- an enterprise may be invited before it is bound to the hub
  uscc text not null check (uscc ~ '^[0-9A-HJ-NPQRTUWXY]{18}$'),
  place int not null check (place between 1 and 50),
  state text not null check (state in ('WAITING', 'OPENED', 'PLACED', 'PREPARED', 'SEALED', 'FINISHED', 'DECLINED')),
  seal_id text references seal (id),
  placements jsonb not null default '[]',
  caption boolean not null default false,
  -- the preparation that may seal; nothing else can
  preparation_id text,
  -- the document before this signer's seal, and with it
  base_sha256 text check (base_sha256 ~ '^[0-9a-f]{64}$'),
  sealed_sha256 text check (sealed_sha256 ~ '^[0-9a-f]{64}$'),
  sealed_at timestamptz,
  finished_at timestamptz,
  decline_reason text,
  unique (task_id, uscc),
  check (state not in ('PLACED', 'PREPARED') or seal_id is not null),
  check ((state = 'PREPARED') = (preparation_id is not null)),
  check ((state in ('SEALED', 'FINISHED')) = (sealed_sha256 is not null)),
  check ((state = 'FINISHED') = (finished_at is not null))
);
create index signing_signer_task on signing_signer (task_id, place, id);
create index signing_signer_uscc on signing_signer (uscc, task_id);

-- Every version of a document, as a content in the attachments.
create table signing_document (
  task_id text not null references signing_task (id),
  seq int not null check (seq > 0),
  sha256 text not null check (sha256 ~ '^[0-9a-f]{64}$'),
  sm3 text not null check (sm3 ~ '^[0-9a-f]{64}$'),
  size int not null check (size > 0),
  origin text not null check (origin in ('OPENED', 'SEALED', 'UPLOADED')),
  signer_id text references signing_signer (id),
  at timestamptz not null,
  primary key (task_id, seq)
);
create index signing_document_content on signing_document (sha256);
create trigger signing_document_append_only before update or delete on signing_document
  for each row execute function refuse_change();

-- What of a content can be shown faithfully; computed once.
create table signing_preview (
  sha256 text primary key check (sha256 ~ '^[0-9a-f]{64}$'),
  pages jsonb not null,
  at timestamptz not null
);

create table signing_acknowledgement (
  signer_id text not null references signing_signer (id),
  -- the content that was seen
  sha256 text not null check (sha256 ~ '^[0-9a-f]{64}$'),
  page int not null check (page > 0),
  problems jsonb not null,
  certificate_id text not null references enterprise_certificate (id),
  at timestamptz not null,
  primary key (signer_id, sha256, page)
);

create table signing_preparation (
  id text primary key,
  enterprise_id text not null references enterprise (id),
  certificate_id text not null references enterprise_certificate (id),
  state text not null check (state in ('PREPARING', 'READY', 'SEALING', 'DONE', 'FAILED', 'EXPIRED')),
  created_at timestamptz not null,
  expires_at timestamptz not null,
  updated_at timestamptz not null
);
create index signing_preparation_open on signing_preparation (expires_at) where state in ('PREPARING', 'READY');

create table signing_preparation_item (
  preparation_id text not null references signing_preparation (id),
  position int not null check (position >= 0),
  task_id text not null references signing_task (id),
  signer_id text not null references signing_signer (id),
  base_sha256 text not null check (base_sha256 ~ '^[0-9a-f]{64}$'),
  state text not null check (state in ('WAITING', 'PREPARED', 'SIGNED', 'SEALED', 'FAILED')),
  -- everything between the two phases; emptied once it has served
  prepared jsonb,
  signature bytea,
  code text,
  fields jsonb not null default '{}',
  primary key (preparation_id, position),
  check (state not in ('PREPARED', 'SIGNED') or prepared is not null),
  check (state <> 'SIGNED' or signature is not null)
);
create index signing_preparation_item_signer on signing_preparation_item (signer_id);
