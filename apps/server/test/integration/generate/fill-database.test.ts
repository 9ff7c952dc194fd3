import { isUscc } from '@hufu/kernel';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { ANONYMOUS } from '../../../src/features/access/index.ts';
import { createRecords } from '../../../src/features/records/index.ts';
import { fillDatabase } from '../../../src/generate/fill-database.ts';
import { type TestInfra, testInfra } from '../../support/infra.ts';

const worlds: TestInfra[] = [];
const world = async (seed: number, isBulk = false): Promise<TestInfra> => {
  const infra = await testInfra();
  worlds.push(infra);
  await fillDatabase(infra, { entities: 30, seed, isBulk });
  return infra;
};

let first: TestInfra;
beforeAll(async () => {
  first = await world(7);
}, 120_000);
afterAll(async () => {
  for (const one of worlds) await one.dispose();
});

const rowsOf = async (infra: TestInfra, query: string) => (await infra.database.pool.query(query)).rows;
const NAMES = 'select uscc, name from entity join library_entity using (id) order by uscc';

test('organisations have valid codes, a base record and about ten records', async () => {
  const organisations = await rowsOf(first, NAMES);
  expect(organisations).toHaveLength(30);
  expect(organisations.every(({ uscc }) => isUscc(uscc))).toBe(true);
  const [{ versions }] = await rowsOf(first, 'select count(*)::int as versions from library_record_version');
  expect(versions).toBeGreaterThan(200);
  expect(await rowsOf(first, 'select distinct state from library_organisation')).toEqual([
    { state: 'submitted' },
  ]);
});

test('what is generated is read like what people wrote, persons and all', async () => {
  const records = createRecords(first, {
    members: async () => ANONYMOUS,
    ownFiles: async () => [],
  } as unknown as Parameters<typeof createRecords>[1]);
  const [person] = await rowsOf(
    first,
    `select id, entity_id, title, values ->> 'idNo' as sealed, values ->> 'name' as name from library_person limit 1`,
  );
  expect(person.sealed).toContain('sealed');
  expect(person).toMatchObject({ title: null, name: expect.stringContaining('sealed') });
  const read = await records.read(first.database.db, {
    type: 'person',
    id: person.id,
    entityId: person.entity_id,
  });
  expect(read.values['idNo']).toMatch(/^[0-9A-Z]{7,18}$/);
  const [project] = await rowsOf(
    first,
    `select p.entity_id = l.entity_id as own from library_project_general p
       join library_person l on l.id = (p.values ->> 'leaderId')::uuid limit 1`,
  );
  expect(project).toEqual({ own: true });
});

test('the same seed fills the same world, many at once too, and no index or key is lost', async () => {
  const bulk = await world(7, true);
  const SEARCH =
    'select entity_id, kind, record_id, shown from library_search order by entity_id, kind, record_id';
  const MADE = `
    select tablename, indexdef as made from pg_indexes where tablename like 'library%'
    union all
    select conrelid::regclass::text, conname || pg_get_constraintdef(oid) from pg_constraint
     where convalidated and conrelid::regclass::text like 'library%' order by 1, 2`;
  for (const query of [NAMES, 'select id, title from library_project_general order by id', SEARCH, MADE]) {
    const rows = await rowsOf(bulk, query);
    expect(rows.length).toBeGreaterThan(20);
    expect(rows).toEqual(await rowsOf(first, query));
  }
});
