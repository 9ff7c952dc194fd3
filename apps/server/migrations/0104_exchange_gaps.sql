-- 2026-11-21  What a copy lacked when it was made (PLAT-016, OD-27): directories by name, files and papers by number.

alter table exchange_pull add column gaps jsonb check (jsonb_typeof(gaps) = 'object');
create index exchange_pull_at_platform on exchange_pull (platform_code, at desc);
create index exchange_notice_entity on exchange_notice (entity_id, at desc);
