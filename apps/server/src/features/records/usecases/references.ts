import {
  type Event,
  type Field,
  fieldsOf,
  holds,
  type Issue,
  type RecordType,
  usable,
  type Values,
} from '@hufu/library';
import { sql } from 'kysely';
import type { Executor } from '../../../infra/database/database.ts';
import type { RecordsDeps } from '../deps.ts';
import { issueOf } from '../errors.ts';
import { COLUMNS, isId, tableOf } from '../storage/record-store.ts';
import type { StoredRow } from '../storage/tables.ts';

type ReferenceField = Extract<Field, { kind: 'reference' }>;
export type Referred = {
  readonly id: string;
  readonly type: string;
  readonly state: string;
  readonly title: string | null;
  readonly values: Values;
};

const isReference = (field: Field): field is ReferenceField => field.kind === 'reference';

/** Reference fields of a type, and those that an event takes beside them. */
export const referenceFields = (type: RecordType, event?: Event): readonly ReferenceField[] => [
  ...fieldsOf(type).filter(isReference),
  ...(event?.takes !== undefined && 'fields' in event.takes ? event.takes.fields.filter(isReference) : []),
];

/** What the fields name. */
export const idsIn = (fields: readonly ReferenceField[], values: Values): string[] =>
  fields.map(({ name }) => values[name]).filter((id) => typeof id === 'string');

/** Own records by their ids, whatever their types. One round trip, none without ids. */
export async function referredRecords(
  deps: RecordsDeps,
  executor: Executor,
  asked: {
    readonly entityId: string;
    readonly fields: readonly ReferenceField[];
    readonly ids: readonly string[];
  },
): Promise<ReadonlyMap<string, Referred>> {
  const ids = [...new Set(asked.ids)].filter(isId);
  if (ids.length === 0) return new Map();
  const types = [...new Set(asked.fields.flatMap(({ to }) => to))].filter((name) => deps.catalogue.has(name));
  const parts = types.map(
    (name) => sql`
      select ${name}::text as type, ${COLUMNS} from ${tableOf(deps.catalogue.kind(name))}
       where id = any(${ids}::uuid[]) and entity_id = ${asked.entityId}`,
  );
  const { rows } = await sql<StoredRow & { type: string }>`${sql.join(parts, sql` union all `)}`.execute(
    executor,
  );
  return new Map(
    rows.map((row) => {
      const { type } = deps.catalogue.kind(row.type);
      const values = deps.sealing.open(type, row.id, row.values);
      return [row.id, { id: row.id, type: row.type, state: row.state, title: row.title, values }];
    }),
  );
}

/** LIB-PROJ-13, OD-18. What was chosen before and did not change is not held against the store again. */
export function referenceIssues(
  { catalogue }: Pick<RecordsDeps, 'catalogue'>,
  fields: readonly ReferenceField[],
  {
    values,
    before,
    found,
  }: {
    readonly values: Values;
    readonly before: Values;
    readonly found: ReadonlyMap<string, Referred>;
  },
): Issue[] {
  return fields.flatMap(({ name, to, only, source }): Issue[] => {
    const id = values[name];
    if (source === 'system' || typeof id !== 'string' || id === before[name]) return [];
    const record = found.get(id);
    const right =
      record !== undefined &&
      to.includes(record.type) &&
      usable(catalogue.kind(record.type).type, record.state) &&
      (only === undefined || holds(only, record.values));
    return right ? [] : [issueOf(name, 'RECORD_REFERENCE')];
  });
}
