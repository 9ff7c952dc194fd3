import type { Values } from '@hufu/library';
import { sql } from 'kysely';
import type { Tx } from '../../../infra/database/database.ts';
import type { Kind } from '../catalogue.ts';
import type { RecordsDeps } from '../deps.ts';
import { namesOf } from '../storage/rows.ts';
import { digestOf } from './record-evidence.ts';

/** A record as it is to stand, in its first version. */
export type LoadedRecord = {
  readonly id: string;
  readonly entityId: string;
  readonly parentId?: string;
  readonly type: string;
  readonly event: string;
  readonly state: string;
  readonly values: Values;
  readonly system: Values;
  readonly at: Date;
};

type LoaderDeps = Pick<RecordsDeps, 'catalogue' | 'sealing'>;

/**
 * Puts records in the tables as they are, those of a type in one statement: for filling a database that is to be
 * measured. Nothing is checked, and nothing is said to the evidence: what a person or a platform writes goes through
 * `writeRecord`.
 */
export async function loadRecords(deps: LoaderDeps, tx: Tx, records: readonly LoadedRecord[]): Promise<void> {
  let written: Promise<unknown> = Promise.resolve();
  for (const name of new Set(records.map(({ type }) => type))) {
    const kind = deps.catalogue.kind(name);
    const rows = records.filter(({ type }) => type === name).map((row) => storedOf(deps, kind, row));
    await written;
    // The database writes these while the next ones are sealed.
    written = writeKind(tx, kind, rows);
    await nextTurn();
  }
  await written;
}

const nextTurn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

type Stored = ReturnType<typeof storedOf>;

function writeKind(tx: Tx, { type, storage }: Kind, rows: readonly Stored[]): Promise<unknown> {
  const all = (name: keyof Stored) => rows.map((row) => row[name]);
  return sql`
    with given as materialized (
      select id, entity_id, parent_id, event, state, "values"::jsonb, system::jsonb, title,
             coalesce(string_to_array(marks, ' '), '{}') as marks, at, decode(sm3, 'hex') as sm3
        from unnest(${all('id')}::uuid[], ${all('entity_id')}::text[], ${all('parent_id')}::uuid[],
                    ${all('event')}::text[], ${all('state')}::text[], ${all('values')}::text[],
                    ${all('system')}::text[], ${all('title')}::text[], ${all('marks')}::text[],
                    ${all('at')}::timestamptz[], ${all('sm3')}::text[])
          as g (id, entity_id, parent_id, event, state, "values", system, title, marks, at, sm3)
    ), kept as (
      insert into library_record_version (record_id, version, type, entity_id, event, state, "values", system, proof,
                                          actor_kind, sm3, at)
      select id, 1, ${type.name}, entity_id, event, state, "values", system, '[]', 'system', sm3, at from given
    )
    insert into ${sql.table(storage.table)} (id, entity_id, parent_id, state, version, "values", system, locked,
                                             settled, title, marks, created_at, updated_at)
    select id, entity_id, parent_id, state, 1, "values", system, '{}', true, title, marks, at, at from given`.execute(
    tx,
  );
}

function storedOf(deps: LoaderDeps, { type }: Kind, row: LoadedRecord) {
  const { id, event, state, values, system, at } = row;
  const { title, marks } = namesOf(deps, type, values);
  return {
    id,
    entity_id: row.entityId,
    parent_id: row.parentId ?? null,
    event,
    state,
    values: JSON.stringify(deps.sealing.seal(type, id, values)),
    system: JSON.stringify(deps.sealing.seal(type, id, system)),
    title,
    marks: marks.length === 0 ? null : marks.join(' '),
    at: at.toISOString(),
    sm3: Buffer.from(digestOf(type, { id, version: 1, state, values, system, locked: [] })).toString('hex'),
  };
}
