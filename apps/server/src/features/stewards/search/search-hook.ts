import { NONE, recordType, tableOf } from '@hufu/library';
import { sql } from 'kysely';
import type { Tx } from '../../../infra/database/database.ts';
import type { RecordEvent } from '../../records/index.ts';

export const PROJECT_TYPES = ['project-general', 'project-transport', 'project-water'] as const;
export const PERSON_TYPES = ['person', 'natural-person'] as const;

const projects: ReadonlySet<string> = new Set(PROJECT_TYPES);
const persons: ReadonlySet<string> = new Set(PERSON_TYPES);

/** What a record is found by follows every event of it, in the same transaction. */
export async function followRecord(tx: Tx, { type, id, entityId, after }: RecordEvent): Promise<void> {
  if (type === 'organisation') {
    await keepFormerNames(tx, { id, entityId, names: namesIn(after.values['formerNames']) });
    return;
  }
  if (!projects.has(type) && !persons.has(type)) return;
  if (after.state === NONE) {
    await sql`delete from library_search where entity_id = ${entityId} and record_id = ${id}`.execute(tx);
  } else if (projects.has(type)) {
    const { title } = after;
    await sql`
      insert into library_search (entity_id, kind, record_id, no, shown, norm)
      values (${entityId}, 'PROJECT', ${id}, 1, ${title}, library_norm(${title}))
      on conflict (entity_id, kind, record_id, no) do update set shown = excluded.shown, norm = excluded.norm
      where library_search.shown <> excluded.shown`.execute(tx);
  } else {
    // As the record keeps it: a name that is sealed there is found by its marks alone.
    await sql`
      insert into library_search (entity_id, kind, record_id, no, shown, norm, marks)
      select entity_id, 'PERSON', id::text, 1, title, library_norm(title), marks
        from ${sql.table(tableOf(recordType(type)))} where id = ${id}
      on conflict (entity_id, kind, record_id, no)
      do update set shown = excluded.shown, norm = excluded.norm, marks = excluded.marks
      where (library_search.shown, library_search.marks) is distinct from (excluded.shown, excluded.marks)`.execute(
      tx,
    );
  }
}

const namesIn = (value: unknown): string[] =>
  Array.isArray(value)
    ? value.flatMap((row: { readonly name?: unknown }) => (typeof row.name === 'string' ? [row.name] : []))
    : [];

type FormerNames = { readonly id: string; readonly entityId: string; readonly names: readonly string[] };

async function keepFormerNames(tx: Tx, { id, entityId, names }: FormerNames): Promise<void> {
  await sql`
    delete from library_search where entity_id = ${entityId} and kind = 'FORMER_NAME' and record_id = ${id}`.execute(
    tx,
  );
  if (names.length === 0) return;
  await sql`
    insert into library_search (entity_id, kind, record_id, no, shown, norm)
    select ${entityId}, 'FORMER_NAME', ${id}, no, shown, library_norm(shown)
      from unnest(${[...names]}::text[]) with ordinality as former (shown, no)`.execute(tx);
}
