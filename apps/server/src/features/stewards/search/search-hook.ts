import { NONE, recordType, tableOf } from '@hufu/library';
import { sql } from 'kysely';
import type { Tx } from '../../../infra/database/database.ts';
import type { RecordEvent } from '../../records/index.ts';

export const PROJECT_TYPES = ['project-general', 'project-transport', 'project-water'] as const;
export const PERSON_TYPES = ['person', 'natural-person'] as const;

const projects: ReadonlySet<string> = new Set(PROJECT_TYPES);
const persons: ReadonlySet<string> = new Set(PERSON_TYPES);

/** What a record is found by follows every event of it, in the same transaction. */
export async function followRecords(tx: Tx, changes: readonly RecordEvent[]): Promise<void> {
  for (const { type, id, entityId, after } of changes) {
    if (type !== 'organisation') continue;
    await keepFormerNames(tx, { id, entityId, names: namesIn(after.values['formerNames']) });
  }
  const found = changes.filter(({ type }) => projects.has(type) || persons.has(type));
  await forget(
    tx,
    found.filter(({ after }) => after.state === NONE),
  );
  const there = found.filter(({ after }) => after.state !== NONE);
  await keepProjects(
    tx,
    there.filter(({ type }) => projects.has(type)),
  );
  for (const type of persons) {
    const ids = there.filter((one) => one.type === type).map(({ id }) => id);
    if (ids.length > 0) await keepPersons(tx, type, ids);
  }
}

async function forget(tx: Tx, gone: readonly RecordEvent[]): Promise<void> {
  if (gone.length === 0) return;
  await sql`
    delete from library_search s
     using unnest(${gone.map(({ entityId }) => entityId)}::text[], ${gone.map(({ id }) => id)}::text[]) as g (entity_id, id)
     where s.entity_id = g.entity_id and s.record_id = g.id`.execute(tx);
}

async function keepProjects(tx: Tx, changed: readonly RecordEvent[]): Promise<void> {
  if (changed.length === 0) return;
  await sql`
    insert into library_search (entity_id, kind, record_id, no, shown, norm)
    select entity_id, 'PROJECT', id, 1, title, library_norm(title)
      from unnest(${changed.map(({ entityId }) => entityId)}::text[], ${changed.map(({ id }) => id)}::text[],
                  ${changed.map(({ after }) => after.title)}::text[]) as p (entity_id, id, title)
    on conflict (entity_id, kind, record_id, no) do update set shown = excluded.shown, norm = excluded.norm
    where library_search.shown <> excluded.shown`.execute(tx);
}

/** As the record keeps it: a name that is sealed there is found by its marks alone. */
async function keepPersons(tx: Tx, type: string, ids: readonly string[]): Promise<void> {
  await sql`
    insert into library_search (entity_id, kind, record_id, no, shown, norm, marks)
    select entity_id, 'PERSON', id::text, 1, title, library_norm(title), marks
      from ${sql.table(tableOf(recordType(type)))} where id = any(${[...ids]}::uuid[])
    on conflict (entity_id, kind, record_id, no)
    do update set shown = excluded.shown, norm = excluded.norm, marks = excluded.marks
    where (library_search.shown, library_search.marks) is distinct from (excluded.shown, excluded.marks)`.execute(
    tx,
  );
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
