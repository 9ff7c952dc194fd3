import { sql } from 'kysely';
import type { Executor } from '../../../infra/database/database.ts';

/** More than anybody reads through; a longer text finds the right one. */
const MOST = 500;

/** Entities of the library whose name, present or former, or whose code holds the text. */
export async function entitiesHolding(executor: Executor, text: string): Promise<string[]> {
  const sought = text.trim();
  if (sought === '') return [];
  // Pairs of characters find a text of two and more by the index; one character alone is in no pair.
  const pairs =
    [...sought].length < 2
      ? sql`true`
      : sql`library_bigrams(norm) @> library_bigrams(library_norm(${sought}))`;
  const { rows } = await sql<{ id: string }>`
    select distinct entity_id as id from library_search
     where kind in ('NAME', 'FORMER_NAME', 'USCC') and norm is not null
       and ${pairs} and strpos(norm, library_norm(${sought})) > 0
     limit ${MOST}`.execute(executor);
  return rows.map(({ id }) => id);
}
