-- 2026-11-20  Counts the changes of the register of platforms, so that a server that holds it in memory can tell by
-- one row whether it still holds the truth. By trigger: no way of changing the register can forget it.

create table platform_revision (
  one boolean primary key default true check (one),
  revision bigint not null default 1
);
insert into platform_revision default values;

create function platform_changed() returns trigger language plpgsql as $$
begin
  update platform_revision set revision = revision + 1;
  return null;
end
$$;
create trigger platform_changed after insert or update or delete or truncate on platform
  for each statement execute function platform_changed();
