import { expect, test } from 'vitest';
import { fieldsOf, MODULES, moduleOf, RECORD_TYPES, recordType, usable } from '../../src/index.ts';
import { example, press, unborn } from './record.ts';

const FILLED_IN = RECORD_TYPES.filter(({ name }) => !name.startsWith('performance-'));

test.each(FILLED_IN.map((type) => [type.name, type]))(
  'GEN-007 %s can be filled in and submitted',
  (_, type) => {
    const values = example(type, 'submit');
    const outcome = press(unborn(type), 'submit', { send: values, given: values });
    expect(outcome).toMatchObject({ ok: true });
    expect(outcome.ok && usable(type, outcome.held.state)).toBe(true);
  },
);

test('every type belongs to one module, and every module has its place in the menu', () => {
  expect(new Set(RECORD_TYPES.map(({ name }) => name)).size).toBe(RECORD_TYPES.length);
  expect(RECORD_TYPES.map(({ name }) => moduleOf(name).name)).toEqual(
    MODULES.flatMap((module) => module.types.map(() => module.name)),
  );
  expect(MODULES.map(({ order }) => order)).toEqual(MODULES.map((_, i) => (i + 1) * 10));
  expect(() => recordType('unknown')).toThrow(expect.objectContaining({ code: 'LIB_TYPE' }));
  expect(() => moduleOf('constructor')).toThrow(expect.objectContaining({ code: 'LIB_TYPE' }));
});

test('§12.2 the menus and the buttons have the words of the manual', () => {
  const menus = MODULES.flatMap((module) => [module.label.zh, ...module.types.map(({ label }) => label.zh)]);
  expect(menus).toEqual(
    expect.arrayContaining([
      '企业银行账户',
      '企业项目信息',
      '交通项目信息',
      '水利项目信息',
      '企业业绩信息',
      '交通业绩信息',
      '企业资质信息',
      '企业证书信息',
      '企业获奖信息',
      '企业财务信息',
      '社会信用信息',
      '附件信息维护',
      '企业信用等级',
      '人员构成',
      '人员信息',
    ]),
  );
  const buttons = RECORD_TYPES.flatMap(({ adding, lifeCycle }) => [
    adding?.button.zh,
    ...lifeCycle.events.flatMap(({ button, confirm }) => [button?.zh, confirm?.zh]),
  ]);
  expect(buttons).toEqual(
    expect.arrayContaining([
      '修改信息',
      '新增账户',
      '新增场外项目',
      '变更负责人',
      '在建项目维护',
      '项目竣工',
      '新增资质',
      '新增',
      '提交',
      '立即提交',
      '删除',
      '作废',
      '确定',
    ]),
  );
});

test('GEN-006 only the bank account is voided without proof; it is confirmed with 保存', () => {
  const voids = RECORD_TYPES.flatMap(({ name, lifeCycle }) =>
    lifeCycle.events
      .filter((event) => event.name === 'void')
      .map((event) => ({ name, needs: event.needs, confirm: event.confirm?.zh })),
  );
  expect(voids).toHaveLength(RECORD_TYPES.length - 2 - 3);
  for (const { name, needs, confirm } of voids) {
    if (name === 'bank-account')
      expect({ needs, confirm }).toEqual({ needs: { reason: true }, confirm: '保存' });
    else expect({ needs, confirm }).toEqual({ needs: { reason: true, proof: true }, confirm: '确定' });
  }
});

test('lists show at most six columns, and what they show exists', () => {
  for (const type of RECORD_TYPES) {
    const names = new Set(fieldsOf(type).map(({ name }) => name));
    expect(type.list.columns.length).toBeLessThanOrEqual(6);
    for (const name of [...type.list.columns, ...type.list.filters, type.title]) {
      expect(names, `${type.name}.${name}`).toContain(name);
    }
  }
});
