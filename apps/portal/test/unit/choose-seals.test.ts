import type { SealView } from '@hufu/contracts';
import { expect, test } from 'vitest';
import { chooseSeals } from '../../src/seals/choose-seals.ts';

const seal = (at: number, change: Partial<SealView> = {}): SealView =>
  ({ id: `s${at}`, name: '合同专用章', number: `1501${at}`, state: 'REPLACED', ...change }) as SealView;
const ALL = [
  seal(0, { name: '内蒙古测试建设有限公司', state: 'ACTIVE' }),
  ...Array.from({ length: 44 }, (_, i) => seal(i + 1)),
];

test('the address chooses by state and by a part of the name or number', () => {
  expect(chooseSeals(ALL, { state: 'ACTIVE' })).toMatchObject({ total: 1, items: [{ id: 's0' }] });
  expect(chooseSeals(ALL, { q: ' 测试建设 ' }).items.map(({ id }) => id)).toEqual(['s0']);
  expect(chooseSeals(ALL, { q: '150144' }).items.map(({ id }) => id)).toEqual(['s44']);
  expect(chooseSeals(ALL, { q: '测试', state: 'FROZEN' })).toMatchObject({ total: 0, items: [], page: 1 });
});

test('it is paged by the address; one that asks for nonsense gets the first page, one too far the last', () => {
  expect(chooseSeals(ALL, {})).toMatchObject({ total: 45, page: 1, pageSize: 20 });
  expect(chooseSeals(ALL, { page: 3 }).items.map(({ id }) => id)).toEqual([
    's40',
    's41',
    's42',
    's43',
    's44',
  ]);
  expect(chooseSeals(ALL, { page: 2, pageSize: 50 })).toMatchObject({ page: 1, pageSize: 50 });
  expect(chooseSeals(ALL, { page: 'x', pageSize: 7 })).toMatchObject({ page: 1, pageSize: 20 });
  expect(chooseSeals(ALL, { page: 99 }).items).toHaveLength(5);
});
