import { recordType, tableOf } from '@hufu/library';
import { sql } from 'kysely';
import { type Database, type Tx, withTransaction } from '../../../infra/database/database.ts';
import { PERSON_TYPES, PROJECT_TYPES } from './search-hook.ts';

const table = (name: string) => sql.table(tableOf(recordType(name)));

/**
 * What records are found by, for those that were there before the search was: at a start at which nothing of theirs is
 * in it yet. Names of entities are kept by the database itself.
 */
export async function fillSearch(database: Database): Promise<void> {
  await withTransaction(database, async (tx) => {
    const { rows } = await sql<{ filled: boolean }>`
      select exists (select from library_search where record_id <> '') as filled`.execute(tx);
    if (rows[0]?.filled !== true) await writeSearch(tx);
  });
}

/** What all records are found by, as far as it is not there yet. */
export async function writeSearch(tx: Tx): Promise<void> {
  for (const name of PROJECT_TYPES) {
    await sql`
      insert into library_search (entity_id, kind, record_id, no, shown, norm)
      select entity_id, 'PROJECT', id::text, 1, title, library_norm(title) from ${table(name)}
       where title is not null on conflict do nothing`.execute(tx);
  }
  for (const name of PERSON_TYPES) {
    await sql`
      insert into library_search (entity_id, kind, record_id, no, shown, norm, marks)
      select entity_id, 'PERSON', id::text, 1, title, library_norm(title), marks from ${table(name)}
      on conflict do nothing`.execute(tx);
  }
  await sql`
    insert into library_search (entity_id, kind, record_id, no, shown, norm)
    select entity_id, 'FORMER_NAME', id::text, no, former ->> 'name', library_norm(former ->> 'name')
      from ${table('organisation')},
           jsonb_array_elements(coalesce("values" -> 'formerNames', '[]')) with ordinality as rows (former, no)
     where former ->> 'name' is not null on conflict do nothing`.execute(tx);
}
