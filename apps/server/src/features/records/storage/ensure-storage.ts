import { createHash } from 'node:crypto';
import { STORAGE_FUNCTIONS } from '@hufu/library';
import { sql } from 'kysely';
import { type Database, type Tx, withTransaction } from '../../../infra/database/database.ts';
import type { Catalogue, Kind } from '../catalogue.ts';
import { recordTables } from './tables.ts';

/** One number for all servers, so that two that start together do not both make the tables. */
const LOCK = 4_801_550_085;

/**
 * Brings the tables of the declarations forward: what a declaration has and the database has not is added; nothing is
 * ever changed or taken away. Repeatable; a start at which nothing is new costs one query.
 */
export async function ensureStorage(database: Database, catalogue: Catalogue, now: Date): Promise<void> {
  const wanted = catalogue.kinds.map((kind) => ({ kind, ...definitionOf(catalogue, kind) }));
  const known = await fingerprints(database);
  if (wanted.every(({ kind, fingerprint }) => known.get(kind.storage.table) === fingerprint)) return;
  await withTransaction(database, async (tx) => {
    await sql`select pg_advisory_xact_lock(${LOCK})`.execute(tx);
    for (const statement of STORAGE_FUNCTIONS) await sql.raw(statement).execute(tx);
    for (const { kind, statements, fingerprint } of inOrder(wanted)) {
      if (known.get(kind.storage.table) === fingerprint) continue;
      await sql.raw(statements.join(';\n')).execute(tx);
      await note(tx, { table: kind.storage.table, fingerprint, now });
    }
  });
}

async function fingerprints({ db }: Database): Promise<Map<string, string>> {
  const rows = await recordTables(db).selectFrom('library_storage').selectAll().execute();
  return new Map(rows.map((row) => [row.table_name, row.fingerprint]));
}

/** Holds that there is only one of them. */
export const singleIndex = (table: string): string => `${table}_single`;

type Definition = { readonly statements: readonly string[]; readonly fingerprint: string };

/** Every statement may be run again and adds what is missing. */
function definitionOf(catalogue: Catalogue, { type, storage }: Kind): Definition {
  const { table, columns, indexes } = storage;
  const parent =
    type.parent === undefined
      ? 'parent_id uuid'
      : `parent_id uuid not null references ${catalogue.kind(type.parent).storage.table} (id)`;
  const statements = [
    `create table if not exists ${table} (
       id uuid primary key,
       entity_id text not null references entity (id),
       ${parent},
       state text not null,
       version int not null check (version > 0),
       values jsonb not null,
       system jsonb not null,
       locked text[] not null,
       settled boolean not null,
       title text,
       marks text[] not null default '{}',
       created_at timestamptz not null,
       updated_at timestamptz not null
     ) with (fillfactor = 90)`,
    ...columns.map(
      ({ name, sqlType, expression }) =>
        `alter table ${table} add column if not exists ${name} ${sqlType} generated always as (${expression}) stored`,
    ),
    `create index if not exists ${table}_entity on ${table} (entity_id, state)`,
    ...(type.single === true
      ? [`create unique index if not exists ${singleIndex(table)} on ${table} (entity_id)`]
      : []),
    ...(type.parent === undefined
      ? []
      : [`create index if not exists ${table}_parent on ${table} (parent_id)`]),
    ...indexes.map((index) => index.sql),
  ];
  return { statements, fingerprint: createHash('sha256').update(statements.join('\0')).digest('hex') };
}

/** Parents first: their sub-records refer to them. */
const inOrder = <T extends { readonly kind: Kind }>(wanted: readonly T[]): readonly T[] =>
  wanted.toSorted(
    (a, b) => Number(a.kind.type.parent !== undefined) - Number(b.kind.type.parent !== undefined),
  );

async function note(tx: Tx, row: { table: string; fingerprint: string; now: Date }): Promise<void> {
  await recordTables(tx)
    .insertInto('library_storage')
    .values({ table_name: row.table, fingerprint: row.fingerprint, applied_at: row.now })
    .onConflict((conflict) =>
      conflict.column('table_name').doUpdateSet({ fingerprint: row.fingerprint, applied_at: row.now }),
    )
    .execute();
}
