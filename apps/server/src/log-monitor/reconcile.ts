import type pg from 'pg';

/** A connection that may read. */
export type Database = Pick<pg.ClientBase, 'query'>;

/** What a change of business leaves in the database although nothing was stated of it: ids, at most a hundred. */
export type Unstated = { readonly what: string; readonly ids: readonly string[] };

const MOST = 100;

/**
 * For each kind of row whose existence is the work of a recorded act: those rows of which no statement tells. A log
 * cannot show what was never entered; this can.
 */
const CHECKS: Readonly<Record<string, string>> = {
  enterprise: `select e.id from enterprise e
    where not exists (select from ledger_statement s where s.subject = 'enterprise/' || e.id)`,
  enterprise_certificate: `select c.id from enterprise_certificate c
    where not exists (select from ledger_statement s where s.subject = 'certificate/' || c.id)
      and not exists (select from ledger_statement s where s.subject = 'enterprise/' || c.enterprise_id
                         and s.type = 'binding.create'
                         and convert_from(s.body, 'UTF8')::jsonb #>> '{facts,after,certificate}' = c.id)`,
  platform_activation: `select a.enterprise_id || ':' || a.platform_code as id from platform_activation a
    where not exists (select from ledger_statement s
                       where s.subject = 'activation/' || a.enterprise_id || ':' || a.platform_code)`,
  operator: `select o.id from operator o
    where not exists (select from ledger_statement s where s.subject = 'operator/' || o.id)`,
  unbind_application: `select u.id from unbind_application u
    where not exists (select from ledger_statement s where s.subject = 'unbind-application/' || u.id)`,
  /** The audit entry that was written with a statement, without it. */
  audit_entry: `select a.id::text from audit_entry a
    where a.statement_id is not null
      and not exists (select from ledger_statement s where s.id = a.statement_id and s.type = a.action)`,
  /** Neither in the log nor on the way there. */
  ledger_statement: `select s.id::text from ledger_statement s
    where not exists (select from ledger_leaf l where l.statement_id = s.id)
      and not exists (select from ledger_outbox o where o.statement_id = s.id)`,
};

export async function reconcile(client: Database): Promise<Unstated[]> {
  const found: Unstated[] = [];
  for (const [what, text] of Object.entries(CHECKS)) {
    const { rows } = await client.query<{ id: string }>(`${text} limit ${MOST}`);
    if (rows.length > 0) found.push({ what, ids: rows.map(({ id }) => id) });
  }
  return found;
}

/** Bodies of the statements from one index to another, in order. */
export async function statementsBetween(
  client: Database,
  { from, to }: { readonly from: number; readonly to: number },
): Promise<Map<number, Uint8Array>> {
  const { rows } = await client.query<{ idx: string; body: Uint8Array }>(
    `select l.idx, s.body from ledger_leaf l join ledger_statement s on s.id = l.statement_id
      where l.idx >= $1 and l.idx < $2`,
    [from, to],
  );
  return new Map(rows.map(({ idx, body }) => [Number(idx), new Uint8Array(body)]));
}
