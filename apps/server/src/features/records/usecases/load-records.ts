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
 * Puts records in the tables as they are, many in a statement: for filling a database that is to be measured. Nothing
 * is checked, and nothing is said to the evidence: what a person or a platform writes goes through `writeRecord`.
 */
export async function loadRecords(deps: LoaderDeps, tx: Tx, records: readonly LoadedRecord[]): Promise<void> {
  for (const name of new Set(records.map(({ type }) => type))) {
    const rows = records.filter(({ type }) => type === name);
    await loadKind(deps, tx, { kind: deps.catalogue.kind(name), rows });
  }
}

async function loadKind(
  deps: LoaderDeps,
  tx: Tx,
  { kind, rows }: { readonly kind: Kind; readonly rows: readonly LoadedRecord[] },
): Promise<void> {
  const stored = JSON.stringify(rows.map((row) => storedOf(deps, kind, row)));
  const read = sql`jsonb_to_recordset(${stored}::jsonb) as r (id uuid, entity_id text, parent_id uuid, event text,
    state text, "values" jsonb, system jsonb, title text, marks text[], at timestamptz, sm3 text)`;
  await sql`
    insert into ${sql.table(kind.storage.table)} (id, entity_id, parent_id, state, version, "values", system, locked,
                                                  settled, title, marks, created_at, updated_at)
    select id, entity_id, parent_id, state, 1, "values", system, '{}', true, title, marks, at, at from ${read}`.execute(
    tx,
  );
  await sql`
    insert into library_record_version (record_id, version, type, entity_id, event, state, "values", system, proof,
                                        actor_kind, sm3, at)
    select id, 1, ${kind.type.name}, entity_id, event, state, "values", system, '[]', 'system', decode(sm3, 'hex'), at
      from ${read}`.execute(tx);
}

function storedOf(deps: LoaderDeps, { type }: Kind, row: LoadedRecord) {
  const { id, event, state, values, system, at } = row;
  const version = { id, version: 1, state, values, system, locked: [] };
  return {
    id,
    entity_id: row.entityId,
    parent_id: row.parentId ?? null,
    event,
    state,
    values: deps.sealing.seal(type, id, values),
    system: deps.sealing.seal(type, id, system),
    ...namesOf(deps, type, values),
    at: at.toISOString(),
    sm3: Buffer.from(digestOf(type, version)).toString('hex'),
  };
}
