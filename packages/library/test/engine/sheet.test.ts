import { describe, expect, test } from 'vitest';
import {
  type FileValue,
  keepCodeList,
  RECORD_TYPES,
  readHeader,
  readRow,
  rowOf,
  sheetOf,
} from '../../src/index.ts';
import { sampleType } from './sample-types.ts';

keepCodeList({
  name: 'sample-list',
  source: 'made for tests',
  date: '2026-01-01',
  entries: [
    { code: '320000', label: { zh: '江苏省', en: 'Jiangsu' } },
    { code: '320106', label: { zh: '鼓楼区', en: 'Gulou' } },
    { code: '320302', label: { zh: '鼓楼区', en: 'Gulou' } },
  ],
});

const PDF: FileValue = { sha256: 'a'.repeat(64), name: '证书.pdf', size: 10, mediaType: 'application/pdf' };
const resolve = {
  file: (name: string) => (name === '证书.pdf' ? PDF : undefined),
  reference: (_field: unknown, text: string) => (text === '张伟' ? 'person-1' : undefined),
};

/** One cell as it was taken, or its faults. */
function cell(key: string, content: unknown, others: object = {}) {
  const { raw, issues } = readRow(sampleType, { ...others, [key]: content }, resolve);
  return issues.length === 0 ? raw[key.split('.')[0]!] : issues.map(({ path, code }) => `${path} ${code}`);
}

describe('cells', () => {
  test.each([
    ['name', { richText: [{ text: '虎' }, { text: '符' }] }, '虎符'],
    ['name', { text: '虎符', hyperlink: 'https://example.cn' }, '虎符'],
    ['name', { formula: 'A1', result: '虎符' }, '虎符'],
    ['postcode', 210000, '210000'],
    ['since', 46_347, '2026-11-21'],
    ['since', 20261121, '2026-11-21'],
    ['since', new Date('2026-11-21T00:00:00Z'), '2026-11-21'],
    ['since', '2026年11月21日', '2026年11月21日'],
    ['amount', 0.1 + 0.2, '0.3'],
    ['amount', '1,234.50', '1,234.50'],
    ['longTerm', '是', true],
    ['longTerm', 0, false],
    ['grade', '选项A', 'A'],
    ['grade', 'option b', 'B'],
    ['region', '320106 鼓楼区', '320106'],
    ['region', '江苏省', '320000'],
    ['region', 320106, '320106'],
    ['works', '选项X、Z', ['X', 'Z']],
    ['heads.P', 3, { P: '3' }],
    ['file', '证书.pdf', [PDF]],
    ['leader', '张伟', 'person-1'],
    [
      'former',
      '旧名|2020-01-01\n更旧的名',
      [
        { name: '旧名', since: '2020-01-01' },
        { name: '更旧的名', since: null },
      ],
    ],
    ['scope', '  ', undefined],
  ])('%s: %j', (key, content, expected) => {
    expect(cell(key, content)).toEqual(expected);
  });

  test('options that depend on another column are found by name', () => {
    expect(cell('level', '选项A2', { grade: '选项A' })).toBe('A2');
    expect(cell('level', '选项A2', { grade: '选项B' })).toEqual(['level LIB_CHOICE']);
  });

  test.each([
    ['accountNo', Number('6222021001112233445'), 'accountNo LIB_CELL_DIGITS'],
    ['name', { error: '#REF!' }, 'name LIB_CELL'],
    ['name', { formula: 'A1' }, 'name LIB_CELL'],
    ['name', Symbol('x'), 'name LIB_CELL'],
    ['since', 60, 'since LIB_DATE'],
    ['amount', 1e300, 'amount LIB_DECIMAL'],
    ['longTerm', '也许', 'longTerm LIB_BOOLEAN'],
    ['grade', '选项C', 'grade LIB_CHOICE'],
    ['region', '鼓楼区', 'region LIB_CELL_LABEL'],
    ['works', '选项X、选项W', 'works LIB_CHOICE'],
    ['file', '别人的.pdf', 'file LIB_FILE_UNKNOWN'],
    ['leader', '李四', 'leader LIB_REFERENCE'],
    ['former', '一|2|3', 'former LIB_ROWS'],
  ])('refused: %s', (key, content, expected) => {
    expect(cell(key, content)).toEqual([expected]);
  });

  test('all faults of a row are told, each at its column', () => {
    const { issues } = readRow(sampleType, { longTerm: '也许', grade: '?', amount: 1e300 }, resolve);
    expect(issues.map((issue) => issue.path)).toEqual(['longTerm', 'amount', 'grade']);
  });
});

describe('heads', () => {
  test('columns are found in any order by label, English or key, with or without star and unit', () => {
    const { columns, issues } = readHeader(sampleType, [
      '金额',
      'name',
      '附件 *',
      null,
      '人数-选项P',
      'Mobile',
      '金额（万元）',
    ]);
    expect(columns.map((column) => column?.key)).toEqual([
      'amount',
      'name',
      'file',
      undefined,
      'heads.P',
      'mobile',
      'amount',
    ]);
    expect(issues.map(({ path, code }) => `${path} ${code}`)).toEqual(['金额（万元） LIB_COLUMN_TWICE']);
  });

  test('a strange column and a required one that is missing are told', () => {
    const { issues } = readHeader(sampleType, ['名称', '星座']);
    expect(issues.map(({ path, code }) => `${path} ${code}`)).toEqual([
      '星座 LIB_COLUMN',
      'file LIB_COLUMN_MISSING',
    ]);
  });

  test('a template has what people type; an export has every field', () => {
    const keys = (purpose: 'import' | 'export') =>
      sheetOf(sampleType, purpose).columns.map((column) => column.key);
    expect(keys('import')).not.toContain('holder');
    expect(keys('import')).not.toContain('rounds');
    expect(keys('export')).toEqual(expect.arrayContaining(['holder', 'rounds', 'birthDate']));
    expect(sheetOf(sampleType).columns.find((column) => column.key === 'grade')?.allowed).toEqual([
      '选项A',
      '选项B',
    ]);
  });

  test('every template can be read by its own heads', () => {
    for (const type of RECORD_TYPES) {
      const { columns } = sheetOf(type);
      const read = readHeader(
        type,
        columns.map((column) => column.header),
      );
      expect(read.columns.map((column) => column?.key)).toEqual(columns.map((column) => column.key));
      expect(read.issues).toEqual([]);
    }
  });
});

test('an export writes what people read, decimals without loss', () => {
  const heads = sheetOf(sampleType, 'export').columns.map((column) => column.key);
  const cells = rowOf(
    sampleType,
    { amount: '123456789012345.67', grade: 'A', leader: 'p1', year: 2026 },
    { titleOf: () => '张伟' },
  );
  const at = (key: string) => cells[heads.indexOf(key)];
  expect([at('amount'), at('grade'), at('leader'), at('year'), at('name')]).toEqual([
    '123456789012345.67',
    '选项A',
    '张伟',
    2026,
    '',
  ]);
});
