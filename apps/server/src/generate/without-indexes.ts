import { type RawBuilder, sql } from 'kysely';
import type { Tx } from '../infra/database/database.ts';

type Made = { readonly table_name: string; readonly name: string; readonly definition: string };

/** Tables of the library: those of the records, their versions, and what is searched in. */
const TABLES = sql`
  select c.oid from pg_class c where c.relkind = 'r' and c.relname like 'library\\_%'
     and c.relnamespace = current_schema()::regnamespace`;

const indexes = sql<Made>`
  select indrelid::regclass::text as table_name, indexrelid::regclass::text as name,
         pg_get_indexdef(indexrelid) as definition
    from pg_index
   where indrelid in (${TABLES}) and not exists (select from pg_constraint where conindid = indexrelid)
   order by 1, 2`;

const foreignKeys = sql<Made>`
  select conrelid::regclass::text as table_name, quote_ident(conname) as name,
         pg_get_constraintdef(oid) as definition
    from pg_constraint where contype = 'f' and conrelid in (${TABLES})
   order by 1, 2`;

const raw = (text: string): RawBuilder<unknown> => sql.raw(text);

/**
 * Runs what fills the library without its secondary indexes and foreign keys, and makes both anew from what is there
 * then: many times quicker than to keep them row by row. All of it in one transaction, so that a database in which it
 * broke off has what it had. For a command that has the database for itself.
 */
export async function withoutIndexes(tx: Tx, fill: () => Promise<void>): Promise<void> {
  await raw(`set local statement_timeout = 0; set local maintenance_work_mem = '512MB'`).execute(tx);
  const dropped = { indexes: (await indexes.execute(tx)).rows, keys: (await foreignKeys.execute(tx)).rows };
  for (const { table_name, name } of dropped.keys) {
    await raw(`alter table ${table_name} drop constraint ${name}`).execute(tx);
  }
  for (const { name } of dropped.indexes) await raw(`drop index ${name}`).execute(tx);
  await fill();
  for (const { definition } of dropped.indexes) await raw(definition).execute(tx);
  for (const { table_name, name, definition } of dropped.keys) {
    await raw(`alter table ${table_name} add constraint ${name} ${definition}`).execute(tx);
  }
}
