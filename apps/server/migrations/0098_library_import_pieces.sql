-- 2026-11-21  A sheet of a million rows is kept in pieces until its rows are staged, and staged in steps.

create table library_import_piece (
  import_id text not null references library_import (id) on delete cascade,
  no int not null,
  bytes bytea not null,
  primary key (import_id, no)
);
alter table library_import_piece alter column bytes set storage external;

insert into library_import_piece (import_id, no, bytes)
select id, 0, content from library_import where content is not null;

alter table library_import add column staged boolean not null default false;
update library_import set staged = content is null;
-- takes its check of the content along
alter table library_import drop column content;
