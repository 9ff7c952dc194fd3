import { type Module, NONE, type RecordType } from '@hufu/library';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { catalogueOf } from '../../../src/features/records/catalogue.ts';
import { ensureStorage } from '../../../src/features/records/storage/ensure-storage.ts';
import { RECORDS, type RecordsWorld, recordsWorld } from '../../support/records/records-world.ts';

const label = (zh: string) => ({ zh, en: zh });

/** A kind of record that the library does not have: nothing but this declaration knows of it. */
const machine: RecordType = {
  name: 'machine',
  label: label('机械设备'),
  owner: 'organisation',
  sections: [
    {
      name: 'machine',
      label: label('设备'),
      fields: [
        { kind: 'text', max: 50, name: 'machineName', label: label('设备名称'), required: 'always' },
        { kind: 'text', max: 30, name: 'serialNo', label: label('出厂编号'), required: 'always' },
        { kind: 'date', name: 'validTo', label: label('检验有效期至') },
        { kind: 'mobile', name: 'keeperPhone', label: label('保管人手机'), privacy: 'personal' },
        { kind: 'decimal', decimals: 2, positive: true, name: 'power', label: label('功率') },
      ],
    },
  ],
  system: [{ kind: 'integer', name: 'moves', label: label('转场次数'), initial: 0 }],
  unique: [{ fields: ['serialNo'], code: 'LIB_DUPLICATE', says: label('该编号已存在') }],
  lifeCycle: {
    states: [
      { name: 'working', label: label('在用'), tone: 'good', usable: true },
      { name: 'scrapped', label: label('报废'), tone: 'ended', ended: true },
    ],
    events: [
      {
        name: 'buy',
        from: [NONE],
        to: 'working',
        by: ['primary'],
        button: label('购入'),
        takes: { values: true, complete: true },
      },
      {
        name: 'move',
        from: ['working'],
        to: 'working',
        by: ['primary'],
        button: label('转场'),
        sets: ({ system }) => ({ moves: Number(system['moves'] ?? 0) + 1 }),
      },
      {
        name: 'scrap',
        from: ['working'],
        to: 'scrapped',
        by: ['primary'],
        button: label('报废'),
        needs: { reason: true },
      },
    ],
  },
  title: 'machineName',
  expires: 'validTo',
  list: { columns: ['machineName', 'serialNo', 'power', 'keeperPhone'], filters: ['power', 'validTo'] },
  requirements: [],
};
const modules: readonly Module[] = [
  { name: 'machine', label: label('机械设备'), types: [machine], order: 1 },
];

let world: RecordsWorld;
beforeAll(async () => {
  world = await recordsWorld({ modules });
});
afterAll(() => world?.close());

const CRANE = {
  machineName: '塔式起重机',
  serialNo: 'TC-1',
  validTo: '2030-01-01',
  power: '31.5',
  keeperPhone: '13800138000',
};

test('a new declaration has its table, its API, its lists and its refusals, and nothing else had to change', async () => {
  const person = await world.entity();
  const made = await person.create('machine', 'buy', CRANE);
  expect(made.body).toMatchObject({
    state: 'working',
    title: '塔式起重机',
    expiresOn: '2030-01-01',
    system: { moves: 0 },
  });
  expect((await person.create('machine', 'buy', CRANE)).body).toMatchObject({
    errors: [{ path: 'serialNo', code: 'LIB_DUPLICATE', message: '该编号已存在' }],
  });
  const moved = await person.change('machine', made.body.id, { event: 'move', version: 1 });
  expect(moved.body.system['moves']).toBe(1);
  await person.create('machine', 'buy', { machineName: '挖掘机', serialNo: 'W-2', power: '110' });
  const list = await person.list('machine', '?f.powerFrom=30&f.powerTo=50&q=起重');
  expect(list.body).toMatchObject({
    total: 1,
    items: [{ values: { power: '31.5', keeperPhone: '138****8000' } }],
  });
  expect((await person.list('machine', '?sort=-power')).body.items.map(({ title }) => title)).toEqual([
    '挖掘机',
    '塔式起重机',
  ]);
  expect((await person.list('machine', '?f.colour=red')).body).toMatchObject({ code: 'RECORD_FILTER' });
  const end = { event: 'scrap', version: 2, reason: '超过年限' };
  expect((await person.change('machine', made.body.id, end)).body).toMatchObject({
    state: 'scrapped',
    usable: false,
  });
  expect((await person.change('machine', made.body.id, { ...end, version: 3 })).body).toMatchObject({
    code: 'LIB_STATE',
  });
  expect((await person.create('machine', 'buy', CRANE)).status).toBe(201);
});

test('its evidence says what it was: a step without words of its own is a change', async () => {
  const person = await world.entity();
  const { body } = await person.create('machine', 'buy', CRANE);
  const { rows } = await sql<{ type: string; body: Buffer }>`
    select type, body from ledger_statement where subject = ${`record/${body.id}`}`.execute(
    world.infra.database.db,
  );
  expect(rows).toHaveLength(1);
  expect(rows[0]!.type).toBe('record.change');
  const text = rows[0]!.body.toString();
  expect(text).toContain('"event":"buy"');
  expect(text).not.toContain('13800138000');
});

test('what is personal is sealed at rest, in the record and in every version', async () => {
  const person = await world.entity();
  const { body } = await person.create('machine', 'buy', CRANE);
  const { rows } = await sql<{ all: string }>`
    select (select jsonb_agg(m)::text from library_machine m where id = ${body.id}) ||
           (select jsonb_agg(v)::text from library_record_version v where record_id = ${body.id}) as all`.execute(
    world.infra.database.db,
  );
  expect(rows[0]!.all).toContain('塔式起重机');
  expect(rows[0]!.all).not.toContain('13800138000');
  expect((await person.detail('machine', body.id)).body.values['keeperPhone']).toBe('13800138000');
});

test('a field that is added later gets its column; what is there stays', async () => {
  const person = await world.entity();
  await person.create('machine', 'buy', CRANE);
  const [section] = machine.sections;
  const grown: RecordType = {
    ...machine,
    sections: [
      {
        ...section!,
        fields: [...section!.fields, { kind: 'text', max: 20, name: 'maker', label: label('制造商') }],
      },
    ],
    list: { ...machine.list, filters: [...machine.list.filters, 'maker'] },
  };
  const { database } = world.infra;
  const catalogue = catalogueOf([{ ...modules[0]!, types: [grown] }]);
  await Promise.all([
    ensureStorage(database, catalogue, new Date()),
    ensureStorage(database, catalogue, new Date()),
  ]);
  const { rows } = await sql<{ n: number }>`
    select count(*)::int as n from library_machine where f_maker is null and entity_id = ${person.member.entityId}`.execute(
    database.db,
  );
  expect(rows[0]!.n).toBe(1);
});

test('GEN-005: no version is ever changed or taken away', async () => {
  const { db } = world.infra.database;
  await expect(sql`update library_record_version set state = 'x'`.execute(db)).rejects.toThrow(/append-only/);
  await expect(sql`delete from library_record_version`.execute(db)).rejects.toThrow(/append-only/);
});

test('every type is in the API’s description, with its own fields', async () => {
  const answer = await fetch(new URL('/openapi.json', world.infra.config.baseUrl));
  const { paths } = (await answer.json()) as { paths: Record<string, Record<string, unknown>> };
  const create = JSON.stringify(paths[`${RECORDS}/machine`]!['post']);
  expect(create).toContain('serialNo');
  expect(create).toContain('出厂编号');
});
