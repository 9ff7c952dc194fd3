-- 2026-11-21  A use carries one request of the device to the vault.

alter table phone_use add column relayed_at timestamptz;
