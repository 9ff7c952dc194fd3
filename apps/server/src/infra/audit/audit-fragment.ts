import type { Bind, Fragment } from '../database/fragment.ts';
import type { AuditEntry } from './audit.ts';
import { auditRow } from './audit-row.ts';

/**
 * The audit entry of an act that leaves no lasting change (a login, a step of one), to be written by the statement
 * of the act itself: one round trip, one commit.
 *
 * @param source a CTE: one entry for each of its rows, none when it is empty
 */
export const auditFragment = (entry: AuditEntry, source: string): Fragment => auditFragments([entry], source);

/** The same of several acts, in their order. */
export const auditFragments =
  (entries: readonly AuditEntry[], source: string): Fragment =>
  (bind) => {
    const rows = entries.map((entry) => columnsOf(entry, bind));
    const names = rows[0]!.map(([name]) => name).join(', ');
    const values = rows.map((columns) => `(${columns.map(([, value]) => value).join(', ')})`).join(', ');
    return `
      insert into audit_entry (${names})
      select entry.* from ${source}, (values ${values}) as entry`;
  };

function columnsOf(entry: AuditEntry, bind: Bind): [name: string, value: string][] {
  const { before, after, ...texts } = auditRow(entry, null);
  const json = (value: unknown) => `${bind(value === null ? null : JSON.stringify(value))}::jsonb`;
  return [
    ...Object.entries(texts).map(([name, value]): [string, string] => [name, `${bind(value)}::text`]),
    ['before', json(before)],
    ['after', json(after)],
  ];
}
