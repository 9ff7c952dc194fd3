import type { FileValue } from '@hufu/library';
import { type RawBuilder, sql } from 'kysely';
import type { AuditActor } from '../../../infra/audit/audit.ts';
import type { Executor, Tx } from '../../../infra/database/database.ts';
import type { Kind } from '../catalogue.ts';
import type { StoredRow } from './tables.ts';

export const COLUMNS: RawBuilder<unknown> = sql.raw(
  'id, entity_id, parent_id, state, version, "values", system, locked, settled, title, created_at, updated_at',
);

export const tableOf = ({ storage }: Kind): RawBuilder<unknown> => sql.table(storage.table);

export type Key = { readonly id: string; readonly entityId: string };

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
export const isId = (text: string): boolean => UUID.test(text);

export async function findRecord(
  executor: Executor,
  kind: Kind,
  { id, entityId }: Key,
): Promise<StoredRow | undefined> {
  if (!isId(id)) return undefined;
  const { rows } = await sql<StoredRow>`
    select ${COLUMNS} from ${tableOf(kind)} where id = ${id} and entity_id = ${entityId}`.execute(executor);
  return rows[0];
}

/** Held until the transaction ends: the events of one record follow each other. */
export async function lockRecord(tx: Tx, kind: Kind, { id, entityId }: Key): Promise<StoredRow | undefined> {
  if (!isId(id)) return undefined;
  const { rows } = await sql<StoredRow>`
    select ${COLUMNS} from ${tableOf(kind)} where id = ${id} and entity_id = ${entityId} for update`.execute(
    tx,
  );
  return rows[0];
}

/** Kept as it is until the transaction ends, while others may keep it too. */
export async function keepRecord(tx: Tx, kind: Kind, { id, entityId }: Key): Promise<StoredRow | undefined> {
  if (!isId(id)) return undefined;
  const { rows } = await sql<StoredRow>`
    select ${COLUMNS} from ${tableOf(kind)} where id = ${id} and entity_id = ${entityId} for share`.execute(
    tx,
  );
  return rows[0];
}

/** A record of a type of which there is only one. */
export async function findSingle(
  executor: Executor,
  kind: Kind,
  entityId: string,
): Promise<StoredRow | undefined> {
  const { rows } = await sql<StoredRow>`
    select ${COLUMNS} from ${tableOf(kind)} where entity_id = ${entityId} order by created_at limit 1`.execute(
    executor,
  );
  return rows[0];
}

/** A record as an event leaves it, and what is told of the event. */
export type NewVersion = {
  readonly row: StoredRow & { readonly marks: readonly string[] };
  readonly event: string;
  readonly actor: AuditActor;
  readonly reasonSealed: string | null;
  readonly proof: readonly FileValue[];
  readonly sm3: Uint8Array;
  /** Files that it refers to and the version before did not. */
  readonly files: readonly string[];
};

const json = (value: unknown): RawBuilder<unknown> => sql`${JSON.stringify(value)}::jsonb`;

/** The version and its files: parts of the statement that writes the record itself. */
const kept = (kind: Kind, one: NewVersion): RawBuilder<unknown> => {
  const { row, actor } = one;
  return sql`
    kept_version as (
      insert into library_record_version (record_id, version, type, entity_id, event, state, "values", system,
        reason_sealed, proof, actor_kind, actor_id, actor_certificate, sm3, at)
      values (${row.id}, ${row.version}, ${kind.type.name}, ${row.entity_id}, ${one.event}, ${row.state},
        ${json(row.values)}, ${json(row.system)}, ${one.reasonSealed},
        ${one.proof.length === 0 ? sql`null` : json(one.proof)}, ${actor.kind}, ${actor.id ?? null},
        ${actor.certificate ?? null}, ${Buffer.from(one.sm3)}, ${row.updated_at})
    ), kept_files as (
      insert into library_record_file (sha256, record_id, version)
      select f, ${row.id}::uuid, ${row.version}::int from unnest(${[...one.files]}::text[]) f
      on conflict do nothing
    )`;
};

export async function insertRecord(tx: Tx, kind: Kind, one: NewVersion): Promise<void> {
  const { row } = one;
  await sql`
    with ${kept(kind, one)}
    insert into ${tableOf(kind)} (id, entity_id, parent_id, state, version, "values", system, locked, settled, title,
      marks, created_at, updated_at)
    values (${row.id}, ${row.entity_id}, ${row.parent_id}, ${row.state}, ${row.version}, ${json(row.values)},
      ${json(row.system)}, ${[...row.locked]}::text[], ${row.settled}, ${row.title}, ${[...row.marks]}::text[],
      ${row.created_at}, ${row.updated_at})`.execute(tx);
}

/** Many new ones of one kind, with their versions and files, in one round trip whatever their number. */
export async function insertRecords(tx: Tx, kind: Kind, all: readonly NewVersion[]): Promise<void> {
  if (all.length === 0) return;
  const files = all.flatMap(({ row, files: named }) => named.map((sha256) => ({ sha256, row })));
  await sql`
    with given as materialized (
      select * from jsonb_to_recordset(${JSON.stringify(all.map(plainOf))}::jsonb) as r (id uuid, entity_id text,
        parent_id uuid, state text, version int, "values" jsonb, system jsonb, locked text[], settled boolean,
        title text, marks text[], event text, actor_kind text, actor_id text, actor_certificate text,
        reason_sealed text, proof jsonb, sm3 text, at timestamptz)
    ), kept_versions as (
      insert into library_record_version (record_id, version, type, entity_id, event, state, "values", system,
        reason_sealed, proof, actor_kind, actor_id, actor_certificate, sm3, at)
      select id, version, ${kind.type.name}, entity_id, event, state, "values", system, reason_sealed, proof,
             actor_kind, actor_id, actor_certificate, decode(sm3, 'hex'), at from given
    ), kept_files as (
      insert into library_record_file (sha256, record_id, version)
      select * from unnest(${files.map(({ sha256 }) => sha256)}::text[], ${files.map(({ row }) => row.id)}::uuid[],
                           ${files.map(({ row }) => row.version)}::int[])
      on conflict do nothing
    )
    insert into ${tableOf(kind)} (id, entity_id, parent_id, state, version, "values", system, locked, settled, title,
      marks, created_at, updated_at)
    select id, entity_id, parent_id, state, version, "values", system, locked, settled, title, marks, at, at
      from given`.execute(tx);
}

const plainOf = ({ row, event, actor, reasonSealed, proof, sm3 }: NewVersion) => ({
  ...row,
  event,
  actor_kind: actor.kind,
  actor_id: actor.id ?? null,
  actor_certificate: actor.certificate ?? null,
  reason_sealed: reasonSealed,
  proof: proof.length === 0 ? null : proof,
  sm3: Buffer.from(sm3).toString('hex'),
  at: row.updated_at,
});

export async function updateRecord(tx: Tx, kind: Kind, one: NewVersion): Promise<void> {
  const { row } = one;
  await sql`
    with ${kept(kind, one)}
    update ${tableOf(kind)}
       set state = ${row.state}, version = ${row.version}, "values" = ${json(row.values)},
           system = ${json(row.system)}, settled = ${row.settled}, title = ${row.title},
           marks = ${[...row.marks]}::text[], updated_at = ${row.updated_at}
     where id = ${row.id}`.execute(tx);
}

/** Of a draft. Its versions stay. */
export async function deleteRecord(tx: Tx, kind: Kind, one: NewVersion): Promise<void> {
  await sql`with ${kept(kind, one)} delete from ${tableOf(kind)} where id = ${one.row.id}`.execute(tx);
}

/** Those among the files that some version of a record names. */
export async function filesAmong(executor: Executor, sha256s: readonly string[]): Promise<string[]> {
  const { rows } = await sql<{ sha256: string }>`
    select distinct sha256 from library_record_file where sha256 = any(${[...sha256s]}::text[])`.execute(
    executor,
  );
  return rows.map(({ sha256 }) => sha256);
}
