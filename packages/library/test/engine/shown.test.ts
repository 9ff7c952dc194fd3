import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import {
  describeModules,
  describe as describeType,
  differences,
  expiryOf,
  type Field,
  fieldOf,
  filtersOf,
  initialValues,
  isVisible,
  labelOf,
  MODULES,
  maskValues,
  RECORD_TYPES,
  schemasOf,
  titleOf,
  withoutHidden,
} from '../../src/index.ts';
import { sampleType } from './sample-types.ts';

const field = (name: string): Field => fieldOf(sampleType, name)!;
const file = (name: string, digit: string) => ({
  sha256: digit.repeat(64),
  name,
  size: 1,
  mediaType: 'application/pdf',
});

describe('labels', () => {
  test.each([
    ['grade', 'A', '选项A', 'Option A'],
    ['grade', 'GONE', 'GONE', 'GONE'],
    ['level', 'B1', '选项B1', 'Option B1'],
    ['works', ['X', 'Z'], '选项X、选项Z', 'Option X, Option Z'],
    ['longTerm', false, '否', 'No'],
    ['amount', '1234567.5', '1,234,567.5', '1,234,567.5'],
    ['floors', 12345, '12,345', '12,345'],
    ['year', 2026, '2026', '2026'],
    ['heads', { P: 0, Q: 2 }, '选项P 0、选项Q 2', 'Option P 0, Option Q 2'],
    ['file', [file('a.pdf', 'a'), file('b.pdf', 'b')], 'a.pdf、b.pdf', 'a.pdf, b.pdf'],
    ['former', [{ name: '旧', since: '2020-01-01' }], '旧 2020-01-01', '旧 2020-01-01'],
    ['name', undefined, '', ''],
  ])('%s of %j', (name, value, zh, en) => {
    expect(labelOf(field(name), value, { language: 'zh' })).toBe(zh);
    expect(labelOf(field(name), value, { language: 'en' })).toBe(en);
  });

  test('title and expiry of a record', () => {
    expect(titleOf(sampleType, { name: '虎符' })).toBe('虎符');
    expect(titleOf(sampleType, {})).toBe('');
    expect(expiryOf(sampleType, { until: '2027-01-01' })).toBe('2027-01-01');
    expect(expiryOf(sampleType, {})).toBeNull();
  });
});

test('personal values are masked, others are not', () => {
  const values = { name: '虎符', idNo: '11010519491231002X', mobile: '13800138000' };
  expect(maskValues(sampleType, values)).toEqual({
    name: '虎符',
    idNo: '110***********002X',
    mobile: '138****8000',
  });
});

test('differences name files and rows that came and went', () => {
  const before = { file: [file('a.pdf', 'a'), file('b.pdf', 'b')], former: [{ name: '甲' }], amount: '1' };
  const after = {
    file: [file('b.pdf', 'b'), file('c.pdf', 'c')],
    former: [{ name: '甲' }, { name: '乙' }],
    amount: '1',
  };
  const found = differences(sampleType, before, after);
  expect(found.map((one) => one.field.name)).toEqual(['file', 'former']);
  expect(found[0]?.parts).toEqual({ added: [file('c.pdf', 'c')], removed: [file('a.pdf', 'a')] });
  expect(found[1]?.parts).toEqual({ added: [{ name: '乙' }], removed: [] });
});

describe('forms', () => {
  test('a form begins with the initial values', () => {
    expect(initialValues(sampleType)).toEqual({ idType: 'CARD' });
  });

  test('what is hidden is left out, and what that hides in turn', () => {
    expect(withoutHidden(sampleType, { longTerm: true, until: '2027-01-01', level: 'A1' })).toEqual({
      longTerm: true,
    });
    expect(isVisible(field('until'), { longTerm: false })).toBe(true);
    expect(isVisible(field('until'), { longTerm: true })).toBe(false);
  });
});

describe('schemas', () => {
  test('the input takes anything, so that every fault can be told, and is documented as the values are', () => {
    const { input, values } = schemasOf(sampleType);
    expect(input.safeParse({ name: 7, strange: true }).success).toBe(true);
    expect(values.safeParse({ name: 7 }).success).toBe(false);
    const document = z.toJSONSchema(input) as { properties?: Record<string, unknown> };
    expect(Object.keys(document.properties ?? {})).toContain('amount');
    expect(JSON.stringify(document)).not.toContain('$ref');
  });

  test('every type has OpenAPI-ready schemas with ids of its own', () => {
    const ids = RECORD_TYPES.flatMap((type) => {
      const { values, record } = schemasOf(type);
      return [values.meta()?.id, record.meta()?.id];
    });
    expect(new Set(ids).size).toBe(2 * RECORD_TYPES.length);
    for (const type of RECORD_TYPES)
      expect(() => z.toJSONSchema(schemasOf(type).query, { io: 'input' })).not.toThrow();
  });

  test('a query takes the filters of the declaration, ranges as two ends, and refuses others’ values', () => {
    const { query } = schemasOf(sampleType);
    expect(filtersOf(sampleType).map(({ by }) => by)).toEqual(['equal', 'includes', 'equal', 'equal']);
    expect(query.safeParse({ grade: 'A', longTerm: 'true', state: 'voided', limit: '50' }).success).toBe(
      true,
    );
    expect(query.safeParse({ grade: 'C' }).success).toBe(false);
    expect(query.safeParse({ state: 'lost' }).success).toBe(false);
    expect(query.safeParse({ sort: '-nobody' }).success).toBe(false);
  });
});

describe('documentation', () => {
  test('a type tells its fields, its life cycle and its rules', () => {
    const text = describeType(sampleType);
    for (const said of [
      '`idNo`',
      'personal',
      '`hand-over`',
      'LIB_SAMPLE_PAID',
      'unique: 账号',
      'shown while 长期有效 is 否',
    ]) {
      expect(text).toContain(said);
    }
  });

  test('every module is in it, and no cell breaks its table', () => {
    const text = describeModules(MODULES);
    for (const type of RECORD_TYPES) expect(text).toContain(`(\`${type.name}\`)`);
    const tables = text.split('\n\n').filter((block) => block.startsWith('|'));
    for (const table of tables) {
      const widths = new Set(table.split('\n').map((line) => line.replaceAll('\\|', '').split('|').length));
      expect(widths.size).toBe(1);
    }
  });
});
