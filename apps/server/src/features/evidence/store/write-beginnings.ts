import { sql } from 'kysely';
import type { AuditEntry } from '../../../infra/audit/audit.ts';
import { auditRow } from '../../../infra/audit/audit-row.ts';
import type { Tx } from '../../../infra/database/database.ts';
import type { ComposedStatement } from '../recording/compose-statement.ts';

type Beginning = { readonly entry: AuditEntry; readonly statement: ComposedStatement };

/**
 * First statements of chains, with their disclosures, their places in the queue of the log and the audit entries that
 * say the same, in one round trip and in this order. A chain that has begun already is left alone.
 *
 * @returns ids of the statements that were written
 */
export async function writeBeginnings(tx: Tx, all: readonly Beginning[]): Promise<ReadonlySet<string>> {
  if (all.length === 0) return new Set();
  const statements = all.map(({ statement }) => statement);
  const disclosed = statements.flatMap(({ id, disclosures }) =>
    disclosures.map(({ name, disclosure }) => ({ id, name, disclosure })),
  );
  const bytes = (pick: (one: ComposedStatement) => Uint8Array) =>
    statements.map((one) => Buffer.from(pick(one)));
  const { rows } = await sql<{ id: string }>`
    with given as materialized (
      select * from unnest(
        ${statements.map(({ id }) => id)}::uuid[], ${statements.map(({ type }) => type)}::text[],
        ${statements.map(({ subject }) => subject)}::text[],
        ${statements.map(({ entity }) => entity ?? null)}::text[],
        ${bytes(({ body }) => body)}::bytea[], ${bytes(({ digest }) => digest)}::bytea[],
        ${bytes(({ leaf }) => leaf)}::bytea[], ${statements.map(({ at }) => at.toISOString())}::timestamptz[],
        ${all.map(({ entry }) => JSON.stringify(auditRow(entry, null)))}::jsonb[]
      ) with ordinality as g (id, type, subject, entity, body, digest, leaf, at, audit, no)
    ), begun as (
      insert into ledger_statement (id, type, subject, seq, entity_id, body, digest, at)
      select id, type, subject, 1, entity, body, digest, at from given
      on conflict (subject, seq) do nothing
      returning id
    ), queued as (
      insert into ledger_outbox (statement_id, leaf)
      select g.id, g.leaf from given g join begun using (id) order by g.no
    ), opened as (
      insert into ledger_disclosure (statement_id, name, disclosure)
      select d.id, d.name, d.disclosure
        from unnest(${disclosed.map(({ id }) => id)}::uuid[], ${disclosed.map(({ name }) => name)}::text[],
                    ${disclosed.map(({ disclosure }) => disclosure)}::text[]) as d (id, name, disclosure)
        join begun using (id)
    ), audited as (
      insert into audit_entry (actor_kind, actor_id, actor_certificate, action, subject_kind, subject_id, before,
                               after, reason, outcome, code, request_id, source_hash, at, statement_id)
      select a.actor_kind, a.actor_id, a.actor_certificate, a.action, a.subject_kind, a.subject_id, a.before, a.after,
             a.reason, a.outcome, a.code, a.request_id, a.source_hash, g.at, g.id
        from given g join begun using (id), jsonb_to_record(g.audit) as a (
               actor_kind text, actor_id text, actor_certificate text, action text, subject_kind text,
               subject_id text, before jsonb, after jsonb, reason text, outcome text, code text, request_id text,
               source_hash text)
       order by g.no
    )
    select id from begun`.execute(tx);
  return new Set(rows.map(({ id }) => id));
}
