-- 2026-11-20  Nobody looks up an audit entry by its statement; every change paid for the index.

drop index audit_entry_statement;
