import { exampleValues, recordType } from '@hufu/library';
import type { Infra } from '../../../src/infra/infra.ts';
import { openApi, rowsOf } from './ground.ts';
import { ALL_CALLS, timed } from './timing.ts';

const FILE = { sha256: 'f'.repeat(64), name: '证明.pdf', size: 1_048_576, mediaType: 'application/pdf' };

/** The records' API over HTTP, as one organisation after another: a list page, a record, and one that is submitted. */
export async function apiLoad(infra: Infra): Promise<() => Promise<Record<string, number>>> {
  const ask = await openApi(infra);
  const call = async (...asked: Parameters<typeof ask>) => (await ask(...asked)).text();
  const award = recordType('award');
  let seed = Date.now() % 2 ** 31;
  return async () => {
    const people = await rowsOf<{ id: string; entity_id: string }>(
      infra,
      `select id, entity_id from library_person
         tablesample system ((select least(100, 2000000 / greatest(count(*), 1)) from library_person))
        order by random() limit ${ALL_CALLS}`,
    );
    const at = (index: number) => people[index % people.length]!;
    return {
      ...(await timed('list', (i) => call(at(i).entity_id, 'person?sort=-updatedAt'))),
      ...(await timed('detail', (i) => call(at(i).entity_id, `person/${at(i).id}`))),
      ...(await timed('submit', (i) => {
        seed += 1;
        const values = exampleValues(award, { seed, file: () => FILE, reference: () => undefined });
        return call(at(i).entity_id, 'award', { event: 'submit', values });
      })),
    };
  };
}
