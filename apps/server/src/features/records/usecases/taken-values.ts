import { holds, type Issue, type RecordType, type Unique, type Values } from '@hufu/library';
import { sql } from 'kysely';
import type { Executor } from '../../../infra/database/database.ts';
import type { Kind } from '../catalogue.ts';
import type { RecordsDeps } from '../deps.ts';
import { COLUMNS, isId, tableOf } from '../storage/record-store.ts';
import type { StoredRow } from '../storage/tables.ts';

export type Taken = {
  /** What is taken already, by a record or by a row before; from then on these values are taken too. */
  issues(values: Values): Issue[];
};

type Asked = { readonly kind: Kind; readonly entityId: string; readonly parentId?: string | undefined };

/** For sheets: what the unique indexes will say, told for all rows at once. The indexes have the last word. */
export async function takenValues(deps: RecordsDeps, executor: Executor, asked: Asked): Promise<Taken> {
  const { kind, entityId, parentId } = asked;
  const { type } = kind;
  const rules = type.unique ?? [];
  const keys = new Map(rules.map((rule) => [rule, new Set<string>()]));
  if (rules.length > 0) {
    const ended = type.lifeCycle.states.filter((state) => state.ended === true).map(({ name }) => name);
    const below = parentId !== undefined && isId(parentId) ? sql`parent_id = ${parentId}` : sql`true`;
    const { rows } = await sql<StoredRow>`
      select ${COLUMNS} from ${tableOf(kind)}
       where entity_id = ${entityId} and ${below} and not state = any(${ended}::text[])`.execute(executor);
    for (const row of rows) {
      const values = deps.sealing.open(type, row.id, row.values);
      for (const rule of rules) {
        const key = keyOf(type, rule, values);
        if (key !== undefined) keys.get(rule)!.add(key);
      }
    }
  }
  return {
    issues: (values) =>
      rules.flatMap((rule): Issue[] => {
        const key = keyOf(type, rule, values);
        if (key === undefined) return [];
        const known = keys.get(rule)!;
        const { code, says, fields } = rule;
        if (known.has(key)) return [{ path: fields[0] ?? '', code, says, severity: 'error' }];
        known.add(key);
        return [];
      }),
  };
}

/** Undefined where the rule does not apply: an index leaves out what is empty. */
function keyOf(type: RecordType, { fields, when }: Unique, values: Values): string | undefined {
  if (when !== undefined && !holds(when, values)) return undefined;
  const parts = fields.map((name) => {
    const value = values[name];
    if (value === undefined || value === null) return undefined;
    return isAccount(type, name) ? String(value).replaceAll('-', '') : JSON.stringify(value);
  });
  return parts.includes(undefined) ? undefined : JSON.stringify(parts);
}

const isAccount = (type: RecordType, name: string): boolean =>
  type.sections.some(({ fields }) =>
    fields.some((field) => field.name === name && field.kind === 'account-number'),
  );
