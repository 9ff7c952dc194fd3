import { randomInt } from 'node:crypto';
import { commonPairs } from '../../../src/features/stewards/search/common-pairs.ts';
import { findEntities } from '../../../src/features/stewards/search/find-entities.ts';
import type { Infra } from '../../../src/infra/infra.ts';
import { recordsOf, rowsOf } from './ground.ts';
import { ALL_CALLS, timed } from './timing.ts';

/** The desk's search: parts of names that are there, of two, four and all characters. */
export async function searchLoad(infra: Infra): Promise<() => Promise<Record<string, number>>> {
  const { database, cipher } = infra;
  const { records } = await recordsOf(infra);
  return async () => {
    const names = await rowsOf<{ name: string }>(
      infra,
      `select name from library_entity
         tablesample system ((select least(100, 2000000 / greatest(count(*), 1)) from library_entity))
        order by random() limit ${ALL_CALLS}`,
    );
    const part = (index: number, length: number) => {
      const { name } = names[index % names.length]!;
      const start = randomInt(Math.max(1, name.length - length));
      return name.slice(start, start + length);
    };
    const searched = { executor: database.db, cipher, records, commonPairs: commonPairs(infra.clock) };
    const found = (q: string) => findEntities(searched, { q, page: 1 });
    return {
      ...(await timed('two', (i) => found(part(i, 2)))),
      ...(await timed('four', (i) => found(part(i, 4)))),
      ...(await timed('whole', (i) => found(names[i % names.length]!.name))),
    };
  };
}
