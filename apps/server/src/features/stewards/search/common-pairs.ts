import type { Clock } from '@hufu/kernel';
import { sql } from 'kysely';
import type { Executor } from '../../../infra/database/database.ts';

/** Pairs of characters for which the index is slower than to read until there are enough. */
export type CommonPairs = (executor: Executor) => Promise<ReadonlySet<string>>;

/**
 * To read on until enough names with a pair of that share are found costs so many names divided by the share; to fetch
 * them all by the index, the share of all names. They cost the same at the root of this number divided by that of all
 * names: as the library grows, fewer pairs are common, and the dearest search grows with its root alone.
 */
const BALANCE = 1_500;
/** To ask for them costs a third of a search, and they change when the database analyses the table anew. */
const KEPT_MS = 300_000;

/** As the database's own statistics of the index know them; none before it was analysed. */
export function commonPairs(clock: Clock): CommonPairs {
  let known: { readonly at: number; readonly pairs: ReadonlySet<string> } | undefined;
  return async (executor) => {
    const at = clock.now();
    if (known !== undefined && at - known.at < KEPT_MS) return known.pairs;
    const { rows } = await sql<{ pair: string }>`
      select pair from pg_class c join pg_stats s on s.tablename = c.relname,
             lateral unnest(s.most_common_elems::text::text[], s.most_common_elem_freqs) as elements (pair, share)
       where c.oid = 'library_search_pairs'::regclass and pair is not null
         and share > sqrt(${BALANCE}::float8 / greatest(c.reltuples, 1))`.execute(executor);
    known = { at, pairs: new Set(rows.map(({ pair }) => pair)) };
    return known.pairs;
  };
}
