import type { RecordPage } from '@hufu/contracts';
import { afterAll, beforeAll, expect, test } from 'vitest';
import {
  OWNER,
  type Person,
  RECORDS,
  type RecordsWorld,
  recordsWorld,
} from '../../support/records/records-world.ts';

let world: RecordsWorld;
let person: Person;
const MADE = 23;

const number = (at: number) => `62220806020000${String(at).padStart(4, '0')}`;

beforeAll(async () => {
  world = await recordsWorld();
  person = await world.entity();
  for (let at = 1; at <= MADE; at += 1) {
    const made = await person.create('bank-account', 'submit', {
      accountType: 'GENERAL',
      accountName: OWNER.name,
      accountNo: number(at),
      bankName: at % 2 === 0 ? '中国工商银行' : '中国建设银行',
      bankBranch: `南京第${at}支行`,
      openDate: `2024-01-${String(at).padStart(2, '0')}`,
    });
    if (at === 3) {
      const { id, version } = made.body;
      await person.change('bank-account', id, { event: 'void', version, reason: '销户' });
    }
  }
});
afterAll(() => world?.close());

const shown = async (query: string): Promise<RecordPage> => (await person.list('bank-account', query)).body;
const numbers = ({ items }: RecordPage) => items.map(({ values }) => values['accountNo']);

test('OD-21 twenty rows a page, or fifty, or a hundred; nothing else', async () => {
  const first = await shown('');
  expect(first).toMatchObject({ total: MADE, page: 1, pageSize: 20 });
  expect(first.items).toHaveLength(20);
  const second = await shown('?page=2');
  expect(second.items).toHaveLength(MADE - 20);
  expect(new Set([...first.items, ...second.items].map(({ id }) => id)).size).toBe(MADE);
  expect((await shown('?pageSize=50')).items).toHaveLength(MADE);
  expect((await person.list('bank-account', '?pageSize=30')).status).toBe(422);
});

test('OD-21 by keyword, state and day; sorted as asked', async () => {
  expect(numbers(await shown('?q=0017'))).toEqual([number(17)]);
  expect(numbers(await shown('?state=voided'))).toEqual([number(3)]);
  expect((await shown('?state=normal')).total).toBe(MADE - 1);
  expect((await shown(`?f.bankName=${encodeURIComponent('中国工商银行')}`)).total).toBe(11);
  const up = numbers(await shown('?sort=accountNo&pageSize=50'));
  expect(up).toEqual(Array.from({ length: MADE }, (_, at) => number(at + 1)));
  expect(numbers(await shown('?sort=-accountNo&pageSize=50'))).toEqual(up.toReversed());
  expect((await person.list('bank-account', '?f.nothing=1')).body).toMatchObject({ code: 'RECORD_FILTER' });
});

test('OD-21 what is exported is what the list shows under its filters', async () => {
  const answer = await fetch(
    new URL(`${RECORDS}/bank-account/export.csv?state=voided`, world.infra.config.baseUrl),
    { headers: { 'x-test-member': JSON.stringify(person.member) } },
  );
  const text = await answer.text();
  expect(text).toContain(number(3));
  expect(text).not.toContain(number(4));
});
