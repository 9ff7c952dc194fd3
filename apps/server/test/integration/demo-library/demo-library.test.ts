import { createHash } from 'node:crypto';
import { RECORD_TYPES, recordType, usable } from '@hufu/library';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createDemoLibrary } from '../../../src/features/demo-library/index.ts';
import type { Files } from '../../../src/features/files/index.ts';
import { withTransaction } from '../../../src/infra/database/database.ts';
import { type Person, type RecordsWorld, recordsWorld } from '../../support/records/records-world.ts';

const QINGSHAN = '91150102MA0N7A2144';

let world: RecordsWorld;
let qingshan: Person;

/** As the files feature keeps them; this world asks only whether they were uploaded. */
const files: Pick<Files, 'adopt'> = {
  async adopt(_, { name, bytes }) {
    const sha256 = createHash('sha256').update(bytes).digest('hex');
    world.uploads.add(sha256);
    return { sha256, name, size: bytes.length, mediaType: 'application/pdf' };
  },
};

/** As at its registration, with what the job does afterwards. */
async function register({ member: { entityId } }: Person, uscc: string): Promise<void> {
  const demo = createDemoLibrary(world.infra, {
    records: world.records,
    files,
    owner: async () => ({ uscc }),
  });
  await withTransaction(world.infra.database, (tx) => demo.registered(tx, entityId));
  await demo.feature.jobs!['demo-library']!({ id: '1', payload: { entityId, uscc }, attempt: 1 });
}

beforeAll(async () => {
  world = await recordsWorld();
  qingshan = await world.entity();
  await register(qingshan, QINGSHAN);
});
afterAll(() => world?.close());

const states = async (person: Person, type: string) =>
  (await person.list(type)).body.items.map(({ state }) => state).sort();

test('every module of an organisation has a record that counts in bidding; base information waits to be submitted', async () => {
  for (const { name, owner } of RECORD_TYPES) {
    if (owner === 'natural-person' || name === 'person-performance' || name === 'performance-transport')
      continue;
    const found = await states(qingshan, name);
    if (name === 'organisation') expect(found).toEqual(['editing']);
    // Its only performance was voided: its project may be edited again.
    else if (name === 'performance-water') expect(found).toEqual(['voided']);
    else
      expect(
        found.some((state) => usable(recordType(name), state)),
        name,
      ).toBe(true);
  }
});

test('LIB-DASH-01 there is something to finish, something that ends soon, and something that was ended', async () => {
  expect(await states(qingshan, 'project-general')).toEqual(['editing', 'submitted']);
  expect(await states(qingshan, 'qualification-housing')).toEqual(['editing', 'submitted', 'submitted']);
  expect(await states(qingshan, 'bank-account')).toEqual(['normal', 'voided']);
  expect(await states(qingshan, 'person')).toContain('departed');
  expect((await qingshan.list('certificate', '?expiring=30')).body.items).toHaveLength(1);
  const performance = (await qingshan.list('performance-general')).body.items[0];
  expect(performance?.system['useCount']).toBe(2);
});

test('LIB-PROJ-20 a project shows a change of its leader', async () => {
  const [project] = (await qingshan.list('project-transport')).body.items;
  const detail = await qingshan.detail('project-transport', project!.id);
  expect(detail.body.system['leaderChanges']).toBe(1);
  expect(Object.values(detail.body.references).map(({ title }) => title)).toContain('巴特尔');
});

test('a job that runs twice changes nothing; an enterprise of which the demo tells nothing stays empty', async () => {
  const before = (await qingshan.list('person', '?sort=createdAt')).body;
  await register(qingshan, QINGSHAN);
  expect((await qingshan.list('person', '?sort=createdAt')).body).toEqual(before);
  const other = await world.entity();
  await register(other, '91150602MA0Q8C63XF');
  expect(await states(other, 'organisation')).toEqual([]);
  expect(await states(other, 'person')).toEqual([]);
});
