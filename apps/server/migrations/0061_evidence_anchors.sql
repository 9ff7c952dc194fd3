-- 2026-11-20  Anchors of ledger checkpoints outside of our own hands: on a chain, and by time-stamp authorities.

create table ledger_anchor (
  id bigint generated always as identity primary key,
  chain_id bigint not null check (chain_id > 0),
  chain_name text not null,
  contract text not null check (contract ~ '^0x[0-9a-f]{40}$'),
  -- the log's first checkpoint line; after a recovery under a new origin the old anchors remain what they are
  origin text not null,
  size bigint not null check (size > 0),
  root bytea not null check (octet_length(root) = 32),
  -- the cosigned checkpoint as it was when it was enlisted; the chain holds its SHA-256
  note text not null,
  state text not null check (state in ('pending', 'signed', 'mined', 'final', 'superseded')),
  -- the signed transaction, written before it is sent anywhere
  nonce bigint check (nonce >= 0),
  transaction bytea,
  transaction_hash text check (transaction_hash ~ '^0x[0-9a-f]{64}$'),
  block_number bigint check (block_number >= 0),
  block_hash text check (block_hash ~ '^0x[0-9a-f]{64}$'),
  block_time timestamptz,
  -- failures since it last got on, and the code of the newest
  failures int not null default 0 check (failures >= 0),
  problem text,
  created_at timestamptz not null,
  changed_at timestamptz not null,
  unique (chain_id, contract, origin, size),
  check ((nonce is null) = (transaction is null) and (transaction is null) = (transaction_hash is null)),
  check ((block_number is null) = (block_time is null) and (block_number is null) = (block_hash is null)),
  check (state not in ('signed', 'mined') or transaction is not null),
  check (state not in ('mined', 'final') or block_number is not null)
);
-- one waits and one is on its way: whatever a second server does at the same time
create unique index ledger_anchor_one_waiting on ledger_anchor (chain_id, contract, origin) where state = 'pending';
create unique index ledger_anchor_one_on_its_way on ledger_anchor (chain_id, contract, origin)
  where state in ('signed', 'mined');
create index ledger_anchor_final on ledger_anchor (origin, size) where state = 'final';

create table ledger_timestamp (
  id bigint generated always as identity primary key,
  origin text not null,
  size bigint not null check (size > 0),
  root bytea not null check (octet_length(root) = 32),
  -- the stamped bytes: the checkpoint without its signatures
  content text not null,
  -- RFC 3161 TimeStampToken, DER
  token bytea not null,
  serial text not null,
  policy text not null,
  stamped_at timestamptz not null,
  -- last moment of the signer's certificate: before it, the newest checkpoint is stamped anew
  signer_until timestamptz not null,
  obtained_at timestamptz not null
);
create index ledger_timestamp_size on ledger_timestamp (origin, size, id);
