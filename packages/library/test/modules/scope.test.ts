import { expect, test } from 'vitest';
import { allOptions, fieldOf, RECORD_TYPES, recordType, type Values } from '../../src/index.ts';
import { done, example, refusedWith, unborn } from './record.ts';

const codes = (type: string, field: string) =>
  allOptions(fieldOf(recordType(type), field)!).map(({ code, label }) => [code, label.zh]);

test('GEN-002 two kinds of entities; the roles of bidding are an organisation’s, 自然人 is none of them', () => {
  expect(codes('organisation', 'roles')).toEqual([
    ['TENDEREE', '招标人'],
    ['AGENCY', '招标代理'],
    ['BIDDER', '投标人'],
  ]);
  expect(fieldOf(recordType('natural-person'), 'roles')).toBeUndefined();
  const owners = new Set(RECORD_TYPES.map(({ owner }) => owner));
  expect([...owners].toSorted()).toEqual(['either', 'natural-person', 'organisation']);
});

test('GEN-003 工程建设 and 产权交易 are codes that an entity’s record holds; nothing depends on which', () => {
  for (const name of ['organisation', 'natural-person']) {
    expect(codes(name, 'tradingDomains')).toEqual(
      expect.arrayContaining([
        ['CONSTRUCTION', '工程建设'],
        ['PROPERTY', '产权交易'],
      ]),
    );
    const type = recordType(name);
    const values = example(type);
    const given = Object.fromEntries(
      ['uscc', 'entityName', 'name', 'idType', 'idNo']
        .filter((field) => fieldOf(type, field)?.source === 'certificate')
        .map((field) => [field, values[field]]),
    ) as Values;
    const submit = (tradingDomains: readonly string[]) =>
      done(unborn(type), 'submit', { send: { ...values, tradingDomains }, given });
    const { tradingDomains, ...rest } = submit(['PROPERTY']).values;
    expect(tradingDomains).toEqual(['PROPERTY']);
    const { tradingDomains: _other, ...otherwise } = submit(['CONSTRUCTION', 'LAND']).values;
    expect(otherwise).toEqual(rest);
    const wrong = { ...values, tradingDomains: ['LOTTERY'] };
    expect(refusedWith(unborn(type), 'submit', { send: wrong, given })).toEqual([
      'tradingDomains LIB_CHOICES',
    ]);
  }
});

test('OD-20 in which state each module’s records may be used in bidding, and in no other', () => {
  const usable = Object.fromEntries(
    RECORD_TYPES.map(({ name, lifeCycle }) => [
      name,
      lifeCycle.states.filter((state) => state.usable).map(({ label }) => label.zh),
    ]),
  );
  const { 'bank-account': bank, person, ...others } = usable;
  expect([bank, person]).toEqual([['正常'], ['在职']]);
  for (const [name, states] of Object.entries(others)) {
    expect(states, name).toEqual([name.startsWith('performance-') ? '正常' : '提交成功']);
  }
  expect(Object.keys(others)).toEqual(
    expect.arrayContaining(['social-credit', 'attachment', 'credit-rating', 'staff-composition']),
  );
});
