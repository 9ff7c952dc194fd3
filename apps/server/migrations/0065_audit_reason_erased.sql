-- 2026-11-21  Audit log: the reason of an act is what somebody typed and may name persons. Once the disclosure that
-- proves it is erased it can be erased here, too: marked, with nothing else of the entry changed.

alter table audit_entry add column reason_erased_at timestamptz;
alter table audit_entry add constraint audit_entry_erased check (reason_erased_at is null or reason is null);

create function refuse_other_than_erasing_reason() returns trigger language plpgsql as $$
begin
  if to_jsonb(new) - 'reason' - 'reason_erased_at' is distinct from to_jsonb(old) - 'reason' - 'reason_erased_at'
     or old.reason is null or new.reason is not null
     or not exists (select from ledger_disclosure d
                     where d.statement_id = old.statement_id and d.name = 'reason'
                       and d.erased_at = new.reason_erased_at) then
    raise exception 'UPDATE of audit_entry is refused: the table is append-only, but for the reason after its disclosure'
      using errcode = 'integrity_constraint_violation';
  end if;
  return new;
end
$$;

drop trigger audit_entry_append_only on audit_entry;
create trigger audit_entry_append_only before delete on audit_entry
  for each row execute function refuse_change();
create trigger audit_entry_erase_only before update on audit_entry
  for each row execute function refuse_other_than_erasing_reason();
