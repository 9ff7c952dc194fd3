import type { Fragment } from '../database/fragment.ts';
import type { AuditEntry } from './audit.ts';
import { auditRow } from './audit-row.ts';

/**
 * The audit entry of an act that leaves no lasting change (a login, a step of one), to be written by the statement
 * of the act itself: one round trip, one commit.
 *
 * @param source a CTE: one entry for each of its rows, none when it is empty
 */
export const auditFragment =
  (entry: AuditEntry, source: string): Fragment =>
  (bind) => {
    const { before, after, ...texts } = auditRow(entry, null);
    const json = (value: unknown) => `${bind(value === null ? null : JSON.stringify(value))}::jsonb`;
    const columns: [name: string, value: string][] = [
      ...Object.entries(texts).map(([name, value]): [string, string] => [name, `${bind(value)}::text`]),
      ['before', json(before)],
      ['after', json(after)],
    ];
    return `
      insert into audit_entry (${columns.map(([name]) => name).join(', ')})
      select ${columns.map(([, value]) => value).join(', ')} from ${source}`;
  };
