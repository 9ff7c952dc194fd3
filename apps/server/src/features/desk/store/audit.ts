import { type SqlBool, sql } from 'kysely';
import type { Executor } from '../../../infra/database/database.ts';

export type AuditEntryRow = {
  readonly id: string;
  readonly at: Date;
  readonly actor_kind: string;
  readonly actor_id: string | null;
  readonly actor_certificate: string | null;
  readonly action: string;
  readonly subject_kind: string | null;
  readonly subject_id: string | null;
  readonly outcome: 'ok' | 'refused';
  readonly code: string | null;
  readonly reason: string | null;
  readonly reason_erased_at: Date | null;
  readonly before: unknown;
  readonly after: unknown;
  readonly request_id: string | null;
};

export type AuditFilter = {
  readonly from?: string;
  readonly to?: string;
  readonly action?: string;
  readonly outcome?: 'OK' | 'REFUSED';
  readonly actor?: string;
  readonly text?: string;
};

function conditionsOf(filter: AuditFilter) {
  const conditions = [sql<SqlBool>`true`];
  if (filter.from) conditions.push(sql`at >= ${new Date(filter.from)}`);
  if (filter.to) conditions.push(sql`at < ${new Date(filter.to)}`);
  // `binding.` finds every action of the area
  if (filter.action) conditions.push(sql`starts_with(action, ${filter.action})`);
  if (filter.outcome) conditions.push(sql`outcome = ${filter.outcome.toLowerCase()}`);
  if (filter.actor) conditions.push(sql`(actor_id = ${filter.actor} or actor_certificate = ${filter.actor})`);
  if (filter.text) {
    conditions.push(
      sql`(subject_id = ${filter.text} or code = ${filter.text} or request_id = ${filter.text} or starts_with(action, ${filter.text}))`,
    );
  }
  return sql.join(conditions, sql` and `);
}

export type AuditPage = { readonly limit: number; readonly offset: number };

export async function pageOfAudit(
  executor: Executor,
  filter: AuditFilter,
  page: AuditPage,
): Promise<{ items: AuditEntryRow[]; total: number }> {
  const where = conditionsOf(filter);
  const { rows } = await sql<AuditEntryRow>`
    select * from audit_entry where ${where} order by audit_entry.id desc limit ${page.limit} offset ${page.offset}
  `.execute(executor);
  const counted = await sql<{ n: number }>`
    select count(*)::int as n from audit_entry where ${where}
  `.execute(executor);
  return { items: rows, total: counted.rows[0]?.n ?? 0 };
}
