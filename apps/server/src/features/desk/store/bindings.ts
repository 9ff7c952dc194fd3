import { type SqlBool, sql } from 'kysely';
import type { Executor } from '../../../infra/database/database.ts';

export type BindingRow = {
  readonly id: string;
  readonly uscc: string;
  readonly unit_name: string;
  readonly reg_city: string;
  readonly roles: ('TENDEREE' | 'AGENCY' | 'BIDDER')[];
  readonly certificates: number;
  readonly primary_serial: string;
  readonly authority: string;
  readonly bound_at: Date;
  readonly last_login_at: Date | null;
};

export type WantedBindings = {
  readonly text?: string;
  readonly city?: string;
  readonly authority?: string;
  readonly sort?: string;
  readonly id?: string;
  readonly limit: number;
  readonly offset: number;
};

const ORDERS: Readonly<Record<string, string>> = {
  unitName: 'e.unit_name',
  uscc: 'e.uscc',
  regCity: 'e.reg_city',
  boundAt: 'e.bound_at',
  lastLoginAt: 'e.last_login_at',
};

/** Only columns of the list above ever reach the statement. */
function orderOf(sort = '-boundAt') {
  const descending = sort.startsWith('-');
  const column = ORDERS[sort.replace('-', '')] ?? 'e.bound_at';
  return sql.raw(`${column} ${descending ? 'desc nulls last' : 'asc'}`);
}

const likeOf = (text: string): string => `%${text.replaceAll(/[\\%_]/g, '\\$&')}%`;

/** Bound enterprises with their primary key. */
export async function pageOfBindings(
  executor: Executor,
  wanted: WantedBindings,
): Promise<{ items: BindingRow[]; total: number }> {
  const conditions = [sql<SqlBool>`e.state = 'BOUND'`];
  if (wanted.id !== undefined) conditions.push(sql`e.id = ${wanted.id}`);
  if (wanted.city !== undefined) conditions.push(sql`e.reg_city = ${wanted.city}`);
  if (wanted.authority !== undefined) conditions.push(sql`p.authority_id = ${wanted.authority}`);
  if (wanted.text) {
    const like = likeOf(wanted.text);
    conditions.push(
      sql`(e.unit_name like ${like} or e.uscc like ${like.toUpperCase()} or p.serial_number like ${like.toLowerCase()})`,
    );
  }
  const where = sql.join(conditions, sql` and `);
  const { rows } = await sql<BindingRow & { total: number }>`
    select e.id, e.uscc, e.unit_name, e.reg_city, e.roles, e.bound_at, e.last_login_at,
           p.serial_number as primary_serial, p.authority_id as authority,
           (select count(*)::int from enterprise_certificate c
             where c.enterprise_id = e.id and c.state = 'BOUND') as certificates,
           (count(*) over ())::int as total
      from enterprise e
      join enterprise_certificate p
        on p.enterprise_id = e.id and p.state = 'BOUND' and p.role = 'PRIMARY'
     where ${where}
     order by ${orderOf(wanted.sort)}, e.id
     limit ${wanted.limit} offset ${wanted.offset}
  `.execute(executor);
  return { items: rows, total: rows[0]?.total ?? 0 };
}

export type HistoryRow = {
  readonly at: Date;
  readonly action: string;
  readonly actor_kind: string;
  readonly actor_id: string | null;
  readonly reason: string | null;
};

const MOST_HISTORY = 200;

/** What the audit log holds of an enterprise and its certificates. */
export async function historyOf(executor: Executor, enterpriseId: string): Promise<HistoryRow[]> {
  const { rows } = await sql<HistoryRow>`
    select at, action, actor_kind, actor_id, reason from audit_entry
     where (subject_kind = 'enterprise' and subject_id = ${enterpriseId})
        or (actor_kind = 'entity' and actor_id = ${enterpriseId})
        or (subject_kind = 'certificate' and subject_id in
             (select id from enterprise_certificate where enterprise_id = ${enterpriseId}))
     order by id desc limit ${MOST_HISTORY}
  `.execute(executor);
  return rows;
}

/** Bound enterprises whose name or code holds the text. */
export async function enterprisesHolding(executor: Executor, text: string): Promise<string[]> {
  const like = likeOf(text);
  const { rows } = await sql<{ id: string }>`
    select id from enterprise
    where state = 'BOUND' and (unit_name like ${like} or uscc like ${like.toUpperCase()})
  `.execute(executor);
  return rows.map(({ id }) => id);
}

/** Names for the list of live sessions. */
export async function namesOf(executor: Executor, enterpriseIds: readonly string[]) {
  if (enterpriseIds.length === 0) return new Map<string, { uscc: string; unit_name: string }>();
  const { rows } = await sql<{ id: string; uscc: string; unit_name: string }>`
    select id, uscc, unit_name from enterprise where id in (${sql.join([...enterpriseIds])})
  `.execute(executor);
  return new Map(rows.map((row) => [row.id, row]));
}
