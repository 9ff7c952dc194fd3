import type { LibrarySearchPage } from '@hufu/contracts';
import { exampleValues, recordType } from '@hufu/library';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { commonPairs } from '../../../src/features/stewards/search/common-pairs.ts';
import { findEntities } from '../../../src/features/stewards/search/find-entities.ts';
import { fillSearch } from '../../../src/features/stewards/search/rebuild.ts';
import { type Operator, operators } from '../../support/hub/hub-world.ts';
import { type StewardWorld, stewardWorld } from '../../support/library/steward-world.ts';
import { FILE } from '../../support/records/records-world.ts';

let world: StewardWorld;
let clerk: Operator;
beforeAll(async () => {
  world = await stewardWorld();
  [clerk] = await operators(world, [['clerk']]);
});
afterAll(() => world?.close());

const search = async (q: string, page = 1) =>
  (
    await clerk.browser.call<LibrarySearchPage>(
      `/api/v1/desk/library/search?q=${encodeURIComponent(q)}&page=${page}`,
    )
  ).body;
const names = async (q: string) => (await search(q)).items.map(({ entity }) => entity.name);

test('names are found by any two characters, whatever their width and case', async () => {
  await world.organisation('呼和浩特市丁香（ＡＢＣ）建筑工程有限公司');
  expect(await names('丁香')).toEqual(['呼和浩特市丁香（ＡＢＣ）建筑工程有限公司']);
  expect(await names('abc')).toHaveLength(1);
  expect(await names('（abc）建')).toHaveLength(1);
  expect(await names('浩特 工程')).toHaveLength(1);
  expect(await names('香丁')).toEqual([]);
  expect(await names('丁香 香丁')).toEqual([]);
});

test('a name that is equal comes before one that begins so, before one that contains it', async () => {
  const wanted = ['白桦林', '白桦林置业', '通辽白桦林'];
  for (const name of wanted.toReversed()) await world.organisation(name);
  const page = await search('白桦林');
  expect(page.items.map(({ entity, match }) => [entity.name, match])).toEqual([
    ['白桦林', 'EXACT'],
    ['白桦林置业', 'PREFIX'],
    ['通辽白桦林', 'PART'],
  ]);
});

test('of common words alone entities are found too, and what a pattern means stays text', async () => {
  await world.organisation('有限责任公司');
  expect(await names('有限责任公司')).toContain('有限责任公司');
  expect(await names('%%')).toEqual([]);
  expect(await names('__')).toEqual([]);
});

test('a unified social credit code is found whole and by its beginning', async () => {
  const id = await world.organisation('金莲川机械厂', { uscc: '91320100MA1X00025T' });
  expect((await search('91320100ma1x00025t')).items[0]).toMatchObject({
    kind: 'USCC',
    match: 'EXACT',
    entity: { id },
  });
  expect((await search('91320100MA1X')).items[0]).toMatchObject({ kind: 'USCC', match: 'PREFIX' });
});

test('a renamed entity is found by its former name, after those that are called so now', async () => {
  const id = await world.organisation('乌梁素海渔业');
  await sql`update library_entity set name = '黄河渔业', name_masked = '黄河渔业' where id = ${id}`.execute(
    world.infra.database.db,
  );
  await world.organisation('乌梁素海渔业');
  const { items } = await search('乌梁素海渔业');
  expect(items.map(({ kind }) => kind)).toEqual(['NAME', 'FORMER_NAME']);
  expect(items[1]).toMatchObject({ text: '乌梁素海渔业', entity: { id, name: '黄河渔业' } });
});

test('persons are found by parts of their name, which is shown masked', async () => {
  const entityId = await world.organisation('锡林郭勒路桥');
  const type = recordType('person');
  const values = { ...exampleValues(type, { seed: 5, file: () => FILE }), name: '慕容云海' };
  const person = await world.write({ entityId, type: 'person', event: 'submit', taken: values });
  const page = await search('容云');
  expect(page.items).toMatchObject([
    { kind: 'PERSON', match: 'PART', recordId: person.id, entity: { name: '锡林郭勒路桥' } },
  ]);
  expect(await names('云容')).toEqual([]);
  expect(await names('容海')).toEqual([]);
  expect(page.items[0]?.text).toBe('慕***');
});

test('a person who was given another name is found by that alone', async () => {
  const entityId = await world.organisation('乌兰布和治沙');
  const type = recordType('person');
  const values = { ...exampleValues(type, { seed: 6, file: () => FILE }), name: '东方朔漠' };
  const { id, version } = await world.write({ entityId, type: 'person', event: 'submit', taken: values });
  const taken = { ...values, name: '东方白桦' };
  await world.write({ entityId, type: 'person', id, event: 'change', taken, expectedVersion: version });
  expect(await names('朔漠')).toEqual([]);
  expect((await search('东方')).items).toMatchObject([{ recordId: id, text: '东***' }]);
});

test('no name of a person can be read where records, their versions, the search and the evidence are kept', async () => {
  const entityId = await world.organisation('额济纳胡杨');
  const type = recordType('person');
  const values = { ...exampleValues(type, { seed: 7, file: () => FILE }), name: '独孤胡杨' };
  const { id } = await world.write({ entityId, type: 'person', event: 'submit', taken: values });
  const { rows } = await sql<{ kept: string }>`
    select to_jsonb(r)::text as kept from library_person r where id = ${id}
    union all select to_jsonb(v)::text from library_record_version v where record_id = ${id}
    union all select to_jsonb(s)::text from library_search s where record_id = ${id}::text and kind = 'PERSON'
    union all select to_jsonb(a)::text from audit_entry a where subject_id = ${id}::text`.execute(
    world.infra.database.db,
  );
  expect(rows).toHaveLength(4);
  for (const { kept } of rows) expect(kept).not.toContain('独孤');
});

test('what records are found by is made again where it is missing', async () => {
  const { database } = world.infra;
  await sql`delete from library_search where record_id <> ''`.execute(database.db);
  expect(await names('容云')).toEqual([]);
  await fillSearch(database);
  expect(await names('容云')).toEqual(['锡林郭勒路桥']);
});

test('what is common in the names is found as well once the database knows it', async () => {
  const { database, cipher, clock } = world.infra;
  const id = await world.organisation('寻常甲号');
  await sql`
    insert into library_search (entity_id, kind, record_id, no, shown, norm)
    select ${id}, 'PROJECT', 'common-' || n, 1, '寻常' || n, library_norm('寻常' || n)
      from generate_series(1, 3000) as n`.execute(database.db);
  await sql`analyze library_search`.execute(database.db);
  const pairs = commonPairs(clock);
  const known = await pairs(database.db);
  expect([known.has('寻常'), known.has('丁香')]).toEqual([true, false]);
  const records = { read: () => Promise.reject(new Error('nobody is a person here')) };
  const searched = { executor: database.db, cipher, records, commonPairs: pairs };
  const found = async (q: string) => (await findEntities(searched, { q, page: 1 })).items;
  expect((await found('寻常')).map(({ entity }) => entity.id)).toEqual([id]);
  expect((await found('寻常甲号')).map(({ match }) => match)).toEqual(['EXACT']);
  expect(await found('寻常 丁香')).toEqual([]);
  expect(await found('丁香')).toHaveLength(1);
});

test('one character is too little', async () => {
  const answer = await clerk.browser.call('/api/v1/desk/library/search?q=x');
  expect(answer.status).toBe(422);
});
