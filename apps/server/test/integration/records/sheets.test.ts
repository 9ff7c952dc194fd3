import type { SheetAnswer } from '@hufu/contracts';
import { recordType, sheetOf } from '@hufu/library';
import { strFromU8, unzipSync, zipSync } from 'fflate';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { readSheet } from '../../../src/infra/sheets/read-sheet.ts';
import { exampleClock, Maker } from '../../support/records/made-records.ts';
import {
  OWNER,
  type Person,
  RECORDS,
  type RecordsWorld,
  recordsWorld,
} from '../../support/records/records-world.ts';

let world: RecordsWorld;
beforeAll(async () => {
  world = await recordsWorld({ clock: exampleClock });
});
afterAll(() => world?.close());

const HEADS = ['账户类型', '账户名称', '银行账号', '开户银行', '开户网点', '开户日期'];
const row = (no: string, more: Partial<Record<number, string>> = {}) =>
  ['一般存款账户', OWNER.name, no, '中国工商银行', '南京支行', '2024-05-06'].map(
    (cell, at) => more[at] ?? cell,
  );
const csv = (rows: readonly (readonly string[])[]) =>
  new TextEncoder().encode([HEADS, ...rows].map((cells) => cells.join(',')).join('\r\n'));

async function send(
  person: Person,
  bytes: Uint8Array,
  { type = 'bank-account', ...fields }: Record<string, string> = {},
) {
  const form = new FormData();
  for (const [name, value] of Object.entries(fields)) form.set(name, value);
  form.set('file', new Blob([bytes.slice()]), 'accounts.csv');
  return person.call<SheetAnswer>(`${RECORDS}/${type}/import`, { body: form });
}

const download = async (person: Person, path: string): Promise<Uint8Array> => {
  const response = await fetch(new URL(`${RECORDS}/${path}`, world.infra.config.baseUrl), {
    headers: { 'x-test-member': JSON.stringify(person.member) },
  });
  expect(response.status).toBe(200);
  return new Uint8Array(await response.arrayBuffer());
};

test('a sheet of right rows is added whole, with a version and evidence each', async () => {
  const person = await world.entity();
  const answer = await send(person, csv([row('62220001'), row('62220002'), row('62220003')]));
  expect(answer.body).toMatchObject({ rows: 3, good: 3, written: 3, faults: [] });
  const list = await person.list('bank-account', '?sort=accountNo');
  expect(list.body.items.map(({ title }) => title)).toEqual(['62220001', '62220002', '62220003']);
  const history = await person.call(`${RECORDS}/bank-account/${list.body.items[0]!.id}/history`);
  expect(history.body).toMatchObject({ total: 1, items: [{ evidence: { id: expect.any(String) } }] });
});

test('every fault of every row is told with its cell, and nothing is written; the good rows alone on request', async () => {
  const person = await world.entity();
  await send(person, csv([row('62220009')]));
  const sheet = csv([
    row('62220001'),
    row('12', { 0: '小金库', 5: '2027-01-01' }),
    row('62220002', { 3: '' }),
    row('62220001'),
    row('6222-0009'),
  ]);
  const answer = await send(person, sheet);
  expect(answer.body).toMatchObject({ rows: 5, good: 1, written: 0 });
  expect(answer.body.faults.map(({ row: at, column, code }) => [at, column, code])).toEqual([
    [3, '账户类型', 'LIB_CHOICE'],
    [3, '银行账号', 'LIB_ACCOUNT_NUMBER'],
    [3, '开户日期', 'LIB_DATE_FUTURE'],
    [4, '开户银行', 'LIB_REQUIRED'],
    [5, '银行账号', 'LIB_DUPLICATE'],
    [6, '银行账号', 'LIB_DUPLICATE'],
  ]);
  expect((await person.list('bank-account')).body.total).toBe(1);
  const good = await send(person, sheet, { mode: 'good-rows' });
  expect(good.body).toMatchObject({ good: 1, written: 1 });
  expect((await person.list('bank-account')).body.total).toBe(2);
});

test('two sheets with the same numbers at once: one is written, the other is told of every row', async () => {
  const person = await world.entity();
  const sheet = csv(['62220001', '62220002', '62220003'].map((no) => row(no)));
  const answers = (await Promise.all([send(person, sheet), send(person, sheet)])).map(({ body }) => body);
  const [lost, won] = answers.toSorted((a, b) => a.written - b.written);
  expect(won).toMatchObject({ good: 3, written: 3, faults: [] });
  expect(lost).toMatchObject({ good: 0, written: 0 });
  expect(lost!.faults.map(({ row: at, column, code }) => [at, column, code])).toEqual([
    [2, '银行账号', 'LIB_DUPLICATE'],
    [3, '银行账号', 'LIB_DUPLICATE'],
    [4, '银行账号', 'LIB_DUPLICATE'],
  ]);
  expect((await person.list('bank-account')).body.total).toBe(3);
});

test('LIB-PERSON-08 a sheet of sub-records is written below a person of one’s own, and below nobody else’s', async () => {
  const person = await world.entity();
  const own = await new Maker(world, person).known('person');
  const foreign = await new Maker(world, await world.entity()).known('person');
  const sheet = new TextEncoder().encode(
    ['工作单位,职务,开始时间,至今', '青山建设,技术员,2015-03-01,否', '明远水利,工程师,2019-07-01,是'].join(
      '\r\n',
    ),
  );
  const type = 'person-employment';
  expect((await send(person, sheet, { type, parentId: own })).body).toMatchObject({
    written: 0,
    faults: [{ row: 2, column: '结束时间', code: 'LIB_REQUIRED' }],
  });
  const good = await send(person, sheet, { type, parentId: own, mode: 'good-rows' });
  expect(good.body).toMatchObject({ good: 1, written: 1 });
  expect((await person.list(type, `?parent=${own}`)).body.items).toMatchObject([{ title: '明远水利' }]);
  const refused = await send(person, sheet, { type, parentId: foreign, mode: 'good-rows' });
  expect(refused.body).toMatchObject({ code: 'RECORD_PARENT' });
});

test('10,000 faulty rows: all faults are told; one row more is refused', async () => {
  const person = await world.entity();
  const rows = Array.from({ length: 10_000 }, (_, at) => row(String(62_220_000 + at), { 3: '' }));
  const answer = await send(person, csv(rows), { mode: 'check' });
  expect(answer.body.faults.length).toBe(10_000);
  expect(answer.body.faults.at(-1)).toMatchObject({ row: 10_001, column: '开户银行', code: 'LIB_REQUIRED' });
  const more = await send(person, csv([...rows, row('1')]), { mode: 'check' });
  expect(more.body).toMatchObject({ code: 'SHEET_TOO_LARGE' });
}, 60_000);

test('the template is read back by the import: what is exported is too', async () => {
  const person = await world.entity();
  const template = await download(person, 'bank-account/template.xlsx');
  const [head] = await readSheet(template, { rows: 10, columns: 100 });
  expect([...head!.cells.values()].map(({ text }) => text)).toEqual(
    sheetOf(recordType('bank-account')).columns.map(({ header }) => header),
  );
  const options = strFromU8(unzipSync(template)['xl/worksheets/sheet3.xml']!);
  expect(options).toContain('基本存款账户');
  await send(person, csv([row('62220001'), row('62220002')]));
  const [heads, first] = await readSheet(await download(person, 'bank-account/export.xlsx'), {
    rows: 10,
    columns: 100,
  });
  expect(heads!.cells.get(0)?.text).toBe('状态');
  expect([...first!.cells.values()].map(({ text }) => text)).toEqual(
    expect.arrayContaining(['正常', '一般存款账户', '62220001', '2024-05-06']),
  );
});

test('what looks like a formula stays text in an export, and comes back as it was', async () => {
  const person = await world.entity();
  const evil = "=cmd|' /C calc'!A0";
  await person.create('bank-account', 'submit', {
    accountType: 'GENERAL',
    accountName: OWNER.name,
    accountNo: '62220001',
    bankName: evil,
    bankBranch: '@SUM(A1)',
  });
  const text = new TextDecoder().decode(await download(person, 'bank-account/export.csv'));
  expect(text).toContain(`'=cmd|`);
  expect(text).toContain(`'@SUM(A1)`);
  expect(text).not.toMatch(/[,\n"][=@]/);
  const xlsx = unzipSync(await download(person, 'bank-account/export.xlsx'));
  expect(strFromU8(xlsx['xl/worksheets/sheet1.xml']!)).not.toContain('<f>');
  const [, back] = await readSheet(new TextEncoder().encode(text), { rows: 10, columns: 100 });
  expect([...back!.cells.values()].map((cell) => cell.text)).toContain(evil);
});

const refusedSheets: readonly (readonly [string, () => Uint8Array, string])[] = [
  ['a program that is called a sheet', () => new Uint8Array([0x4d, 0x5a, 0x90, 0, 3, 0, 0, 0]), 'SHEET_FILE'],
  ['a program of Linux', () => new Uint8Array([0x7f, 0x45, 0x4c, 0x46, 2, 1, 1, 0]), 'SHEET_FILE'],
  [
    'an encrypted or old workbook',
    () => new Uint8Array([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1]),
    'SHEET_FILE',
  ],
  ['a zip that is no workbook', () => zipSync({ 'a.txt': new Uint8Array(10) }), 'SHEET_FILE'],
  ['bytes that are no text', () => new Uint8Array([0, 1, 2, 3, 255, 254, 0, 0]), 'SHEET_FILE'],
  ['a sheet with other headings', () => new TextEncoder().encode('甲,乙\r\n1,2'), 'SHEET_COLUMNS'],
  ['a sheet without rows', () => csv([]), 'SHEET_EMPTY'],
];

test.each(refusedSheets)('%s is refused', async (_name, bytes, code) => {
  const person = await world.entity();
  const answer = await send(person, bytes());
  expect(answer.body).toMatchObject({ code });
});
