-- 2026-11-21  One key of the seal maker may have several certificates over time: each is a maker of its own.

alter table seal_maker drop constraint seal_maker_key_id_key;
alter table seal_maker add column fingerprint text not null
  generated always as (encode(sha256(certificate), 'hex')) stored unique;
