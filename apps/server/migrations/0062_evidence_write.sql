-- 2026-11-20  A statement, its disclosures, its place in the log's queue and the audit entry that says the same: one
-- round trip, with plans that the session keeps.

-- Nothing is written unless the statement follows the end of its record's chain and nobody else is writing to that
-- chain at this moment. It never waits. `seq` and `digest` tell where the chain ends; null while it is empty.
create function evidence_write(
  p_subject text, p_id uuid, p_type text, p_seq int, p_entity text, p_body bytea, p_digest bytea, p_at timestamptz,
  p_leaf bytea, p_names text[], p_disclosures text[], p_prev bytea, p_audit jsonb,
  out written boolean, out seq int, out digest bytea
) language plpgsql as $$
begin
  written := pg_try_advisory_xact_lock(hashtextextended(p_subject, 4801550060));
  -- Seen after the lock: the end can move no more until this transaction has ended.
  select s.seq, s.digest into seq, digest
    from ledger_statement s where s.subject = p_subject order by s.seq desc limit 1;
  written := written and coalesce(seq, 0) = p_seq - 1 and digest is not distinct from p_prev;
  if not written then
    return;
  end if;
  insert into ledger_statement (id, type, subject, seq, entity_id, body, digest, at)
  values (p_id, p_type, p_subject, p_seq, p_entity, p_body, p_digest, p_at);
  if cardinality(p_names) > 0 then
    insert into ledger_disclosure (statement_id, name, disclosure)
    select p_id, d.name, d.disclosure from unnest(p_names, p_disclosures) as d (name, disclosure);
  end if;
  insert into ledger_outbox (statement_id, leaf) values (p_id, p_leaf);
  insert into audit_entry (actor_kind, actor_id, actor_certificate, action, subject_kind, subject_id, before, after,
                           reason, outcome, code, request_id, source_hash, at, statement_id)
  select a.actor_kind, a.actor_id, a.actor_certificate, a.action, a.subject_kind, a.subject_id, a.before, a.after,
         a.reason, a.outcome, a.code, a.request_id, a.source_hash, p_at, p_id
    from jsonb_to_record(p_audit) as a (
           actor_kind text, actor_id text, actor_certificate text, action text, subject_kind text, subject_id text,
           before jsonb, after jsonb, reason text, outcome text, code text, request_id text, source_hash text);
end
$$;

-- Stands in line for a record that others are changing at this moment, until the end of the transaction, and tells
-- where its chain ends then: what follows that end will be written.
create function evidence_stand_in_line(p_subject text, out seq int, out digest bytea) language plpgsql as $$
begin
  perform pg_advisory_xact_lock(hashtextextended(p_subject, 4801550060));
  select s.seq, s.digest into seq, digest
    from ledger_statement s where s.subject = p_subject order by s.seq desc limit 1;
end
$$;
