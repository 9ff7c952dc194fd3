import { sql } from 'kysely';
import type { Executor } from '../../../infra/database/database.ts';
import type { Catalogue } from '../catalogue.ts';
import type { ExpiringAsked, ExpiringPage } from '../face.ts';
import { usableStates } from '../storage/list-query.ts';
import { isId, tableOf } from '../storage/record-store.ts';

/** Types whose declaration names the day after which the paper no longer holds. */
export const expiringTypes = (catalogue: Catalogue): readonly string[] =>
  catalogue.kinds.filter(({ type }) => type.expires !== undefined).map(({ type }) => type.name);

type Row = { readonly id: string; readonly entity_id: string; readonly day: string };

/** Of all entities, by the index of the type's days; what is not usable has no paper that matters. */
export async function expiringRecords(
  catalogue: Catalogue,
  executor: Executor,
  { type: name, from, to, after, limit }: ExpiringAsked,
): Promise<ExpiringPage> {
  const kind = catalogue.kind(name);
  const column = kind.storage.columns.find(({ field }) => field === kind.type.expires)?.name;
  if (column === undefined) return { items: [] };
  const [day = from, id = ''] = after?.split(' ') ?? [];
  const beyond = isId(id)
    ? sql`(${sql.ref(column)}, id) > (${day}::date, ${id}::uuid)`
    : sql`${sql.ref(column)} >= ${from}::date`;
  const { rows } = await sql<Row>`
    select id, entity_id, ${sql.ref(column)}::text as day from ${tableOf(kind)}
     where ${sql.ref(column)} <= ${to}::date and ${beyond}
       and state = any(${usableStates(kind.type)}::text[])
     order by ${sql.ref(column)}, id limit ${limit}`.execute(executor);
  const last = rows.length < limit ? undefined : rows.at(-1);
  return {
    items: rows.map((row) => ({ entityId: row.entity_id, id: row.id, expiresOn: row.day })),
    next: last && `${last.day} ${last.id}`,
  };
}
