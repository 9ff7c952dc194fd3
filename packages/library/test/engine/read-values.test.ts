import { describe, expect, test } from 'vitest';
import { keepCodeList, type ReadContext, readValues } from '../../src/index.ts';
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

const PDF = { sha256: 'a'.repeat(64), name: '证书.pdf', size: 10, mediaType: 'application/pdf' };
const context: ReadContext = {
  event: 'submit',
  complete: true,
  today: '2026-11-21',
  entity: { name: '虎符有限公司', uscc: null },
};
const least = { name: '虎符有限公司', longTerm: true, file: [PDF] };

const read = (raw: unknown, more: Partial<ReadContext> = {}) =>
  readValues(sampleType, raw, { ...context, ...more });

/** The value of one field as it was read. */
function value(name: string, raw: unknown, others: object = {}) {
  const result = read({ ...least, ...others, [name]: raw });
  return result.ok ? result.values[name] : result.issues.map(({ path, code }) => `${path} ${code}`);
}

describe('every kind comes into one form', () => {
  test.each([
    ['name', ' 虎符\u200b有限公司\ufeff ', '虎符有限公司'],
    ['name', '甲\n乙', '甲 乙'],
    ['postcode', '２１００００', '210000'],
    ['scope', '一\r\n二', '一\n二'],
    ['uscc', ' ９1320100ma1x00025t', '91320100MA1X00025T'],
    ['mobile', '+86 138-0013-8000', '13800138000'],
    ['phone', '０２５－８３６６８８８８', '025-83668888'],
    ['email', 'Li.Si@Example.CN', 'Li.Si@example.cn'],
    ['site', 'https://例子.中国/a?b=1', 'https://例子.中国/a?b=1'],
    ['accountNo', '6222 0210 0111 2233 445', '6222021001112233445'],
    ['since', '2026年1月2日', '2026-01-02'],
    ['since', '2026/1/2', '2026-01-02'],
    ['since', '20260102', '2026-01-02'],
    ['year', '２０２５', 2025],
    ['amount', '1,234.50', '1234.5'],
    ['amount', 0.1, '0.1'],
    ['paid', '-0', '0'],
    ['floors', '12', 12],
    ['longTerm', true, true],
    ['works', ['Z', 'X'], ['X', 'Z']],
    ['region', '320106', '320106'],
    ['heads', { Q: '3', P: 0 }, { P: 0, Q: 3 }],
    [
      'former',
      [{ name: ' 旧名 ', since: '2020.1.1' }, {}, { name: '', since: null }],
      [{ name: '旧名', since: '2020-01-01' }],
    ],
  ])('%s: %j', (name, raw, expected) => {
    expect(value(name, raw)).toEqual(expected);
  });

  test('what is empty is absent', () => {
    const result = read({
      ...least,
      scope: '  ',
      works: [],
      heads: {},
      former: [{}],
      amount: null,
      year: '',
    });
    expect(result.ok && Object.keys(result.values).sort()).toEqual(['file', 'longTerm', 'name']);
  });
});

describe('every rule refuses', () => {
  test.each([
    ['name', 'x', 'name LIB_TOO_SHORT'],
    ['name', 'x'.repeat(21), 'name LIB_TOO_LONG'],
    ['name', 'x'.repeat(1e6), 'name LIB_TOO_LONG'],
    ['name', 5, 'name LIB_TEXT'],
    ['name', 'a\u0000b', 'name LIB_CHARACTERS'],
    ['name', 'a\u202eb', 'name LIB_CHARACTERS'],
    ['name', 'a\ud800b', 'name LIB_CHARACTERS'],
    ['name', ['虎符'], 'name LIB_TEXT'],
    ['postcode', '21000', 'postcode LIB_PATTERN'],
    ['uscc', '91320100MA1X00025X', 'uscc USCC_CHECK'],
    ['mobile', '12345678901', 'mobile PHONE_MOBILE'],
    ['phone', '12', 'phone PHONE_NUMBER'],
    ['email', 'a@b', 'email LIB_EMAIL'],
    ['site', 'javascript:alert(1)', 'site LIB_URL'],
    ['site', 'https://user@host/', 'site LIB_URL'],
    ['accountNo', '1234567', 'accountNo LIB_ACCOUNT_NUMBER'],
    ['accountNo', 6222021001112233, 'accountNo LIB_TEXT'],
    ['since', '2026-02-30', 'since LIB_DATE'],
    ['since', '2026-11-22', 'since LIB_DATE_FUTURE'],
    ['since', '2026-01-01T00:00:00Z', 'since LIB_DATE'],
    ['year', 2027, 'year LIB_YEAR_FUTURE'],
    ['year', 26, 'year LIB_YEAR'],
    ['amount', '0', 'amount LIB_POSITIVE'],
    ['amount', '-1', 'amount LIB_POSITIVE'],
    ['amount', '1.234', 'amount LIB_DECIMALS'],
    ['amount', '1e3', 'amount LIB_DECIMAL'],
    ['amount', '1000000.01', 'amount LIB_MAX'],
    ['amount', Number('12345678901234567'), 'amount LIB_DECIMAL'],
    ['amount', Number.NaN, 'amount LIB_DECIMAL'],
    ['amount', '1'.repeat(19), 'amount LIB_DIGITS'],
    ['paid', '-0.01', 'paid LIB_MIN'],
    ['floors', 1.5, 'floors LIB_INTEGER'],
    ['floors', -1, 'floors LIB_MIN'],
    ['floors', '101', 'floors LIB_MAX'],
    ['longTerm', 'true', 'longTerm LIB_BOOLEAN'],
    ['grade', 'C', 'grade LIB_CHOICE'],
    ['grade', { toString: 'A' }, 'grade LIB_CHOICE'],
    ['works', 'X', 'works LIB_CHOICES'],
    ['works', ['X'], 'works LIB_FEW'],
    ['works', ['X', 'X'], 'works LIB_TWICE'],
    ['works', ['X', 'constructor'], 'works LIB_CHOICES'],
    ['region', '999999', 'region LIB_CHOICE'],
    ['heads', { P: -1 }, 'heads.P LIB_MIN'],
    ['heads', { R: 1 }, 'heads LIB_COUNTS'],
    ['heads', [1], 'heads LIB_COUNTS'],
    ['file', [], 'file LIB_REQUIRED'],
    ['file', [PDF, PDF], 'file.1 LIB_TWICE'],
    ['file', [PDF, { ...PDF, sha256: 'b'.repeat(64), mediaType: 'text/html' }], 'file.1 LIB_FILE_KIND'],
    ['file', [{ ...PDF, name: '../x.pdf' }], 'file.0 LIB_FILES'],
    ['file', [{ ...PDF, size: 0 }], 'file.0 LIB_FILES'],
    ['file', [{ ...PDF, more: 1 }], 'file.0 LIB_FILES'],
    ['file', [1, 2, 3], 'file LIB_MANY'],
    ['leader', "1' OR 1=1", 'leader LIB_REFERENCE'],
    ['former', [{ since: '2020-01-01' }], 'former.0.name LIB_REQUIRED'],
    ['former', [{ name: 'a', since: '2020-13-01' }], 'former.0.since LIB_DATE'],
    ['former', [{ name: 'a', x: 1 }], 'former.0 LIB_ROWS'],
    ['former', [{}, {}, {}, {}], 'former LIB_MANY'],
    ['until', '2027-01-01', 'until LIB_HIDDEN'],
    ['rounds', 3, 'rounds LIB_SYSTEM'],
    ['completed', '2026-01-01', 'completed LIB_NOT_NOW'],
    ['holder', '别人', 'holder LIB_CERTIFICATE'],
    ['nobody', 1, 'nobody LIB_UNKNOWN_FIELD'],
    ['constructor', 1, 'constructor LIB_UNKNOWN_FIELD'],
  ])('%s: %j', (name, raw, expected) => {
    expect(value(name, raw)).toEqual([expected]);
  });

  test('every issue says what to do in both languages, and tells nothing of what was typed', () => {
    const result = read({ name: 'SECRET'.repeat(9), amount: 'SECRET', SECRET: 1, former: 'SECRET' });
    expect(result.ok).toBe(false);
    for (const issue of result.ok ? [] : result.issues) {
      expect(issue.says.zh).not.toMatch(/SECRET|\{/);
      expect(issue.says.en).not.toMatch(/SECRET|\{/);
    }
  });

  test('all faults are told at once, in the order of the form, unknown ones last and not without end', () => {
    const strangers = Object.fromEntries(Array.from({ length: 500 }, (_, i) => [`x${i}`, i]));
    const result = read({ ...strangers, file: 3, amount: 'x', name: '' });
    const paths = result.ok ? [] : result.issues.map((issue) => issue.path);
    expect(paths.slice(0, 4)).toEqual(['name', 'until', 'amount', 'file']);
    expect(paths.slice(4)).toHaveLength(20);
  });

  test.each([undefined, null, 7, 'x', [], new Date(0), new Map()])('what is no object at all: %s', (raw) => {
    expect(read(raw)).toMatchObject({ ok: false, issues: [{ path: '', code: 'LIB_INPUT' }] });
  });

  test('a polluted prototype is neither read nor written', () => {
    const raw: unknown = JSON.parse('{"name":"虎符有限公司","longTerm":true,"__proto__":{"amount":"5"}}');
    const result = read(raw);
    expect(result.ok ? [] : result.issues.map(({ path, code }) => [path, code])).toEqual([
      ['file', 'LIB_REQUIRED'],
      ['__proto__', 'LIB_UNKNOWN_FIELD'],
    ]);
    expect(({} as Record<string, unknown>)['amount']).toBeUndefined();
  });
});

describe('fields that look at others', () => {
  test('an identity number is a citizen’s or that of another paper', () => {
    expect(value('idNo', '11010519491231002x', { idType: 'CARD' })).toBe('11010519491231002X');
    expect(value('idNo', '110105194912310021', { idType: 'CARD' })).toEqual(['idNo ID_CARD_CHECK']);
    expect(value('idNo', ' e1234567 ', { idType: 'PASSPORT' })).toBe('E1234567');
    expect(value('idNo', '护照', { idType: 'PASSPORT' })).toEqual(['idNo LIB_ID_NUMBER']);
  });

  test('a derived value is computed; another one is refused; where it is not computed it is typed', () => {
    const card = { idType: 'CARD', idNo: '11010519491231002X' };
    expect(value('birthDate', undefined, card)).toBe('1949-12-31');
    expect(value('birthDate', '1949/12/31', card)).toBe('1949-12-31');
    expect(value('birthDate', '1950-01-01', card)).toEqual(['birthDate LIB_DERIVED']);
    expect(value('birthDate', '1950-01-01', { idType: 'PASSPORT' })).toBe('1950-01-01');
  });

  test('options depend on another field', () => {
    expect(value('level', 'A2', { grade: 'A' })).toBe('A2');
    expect(value('level', 'A2', { grade: 'B' })).toEqual(['level LIB_CHOICE']);
    expect(value('level', 'A2')).toEqual(['level LIB_CHOICE']);
  });

  test('what a condition shows is required while it holds', () => {
    expect(value('until', undefined, { longTerm: false })).toEqual(['until LIB_REQUIRED']);
    expect(value('until', '2027-01-01', { longTerm: false })).toBe('2027-01-01');
  });

  test('a check over several fields refuses; a warning is told apart', () => {
    expect(value('paid', '6', { amount: '5' })).toEqual(['paid LIB_SAMPLE_PAID']);
    const result = read({ ...least, name: '别的名字' });
    expect(result).toMatchObject({
      ok: true,
      warnings: [{ path: 'name', code: 'LIB_SAMPLE_NAME', severity: 'warning' }],
    });
  });

  test('a draft may lack what is required, and is warned of what submission will refuse', () => {
    const result = read({ amount: '5', paid: '6' }, { event: 'save', complete: false });
    expect(result).toMatchObject({ ok: true, warnings: [{ path: 'paid', code: 'LIB_SAMPLE_PAID' }] });
    expect(read({ amount: 'x' }, { event: 'save', complete: false }).ok).toBe(false);
  });
});

describe('fields that cannot change', () => {
  const before = {
    ...least,
    amount: '5',
    uscc: '91320100MA1X00025T',
    holder: '虎符',
    completed: '2026-01-01',
  };
  const locked = { before, locked: ['amount'], event: 'maintain' } as const;

  test('LIB-PERF-11 an item of the project library stays; the same value in other writing passes', () => {
    expect(read({ ...before, amount: '5.00' }, locked)).toMatchObject({ ok: true, values: { amount: '5' } });
    const { amount: _, ...without } = before;
    expect(read(without, locked)).toMatchObject({ ok: true, values: { amount: '5' } });
    for (const amount of ['6', 'x', null, '']) {
      expect(read({ ...before, amount }, locked)).toMatchObject({
        ok: false,
        issues: [{ path: 'amount', code: 'LIB_LOCKED' }],
      });
    }
    expect(read({ ...before, amount: '6' }, { ...locked, locked: [] })).toMatchObject({
      ok: true,
      values: { amount: '6' },
    });
  });

  test('a fixed field stays after submission, and is open in a draft', () => {
    const uscc = '91150102MA0N00016G';
    expect(read({ ...before, uscc }, locked)).toMatchObject({
      ok: false,
      issues: [{ path: 'uscc', code: 'LIB_FIXED' }],
    });
    expect(read({ ...before, uscc }, { ...locked, settled: false })).toMatchObject({
      ok: true,
      values: { uscc },
    });
  });

  test('what a certificate says comes from there alone', () => {
    expect(read(least, { given: { holder: '虎符' } })).toMatchObject({
      ok: true,
      values: { holder: '虎符' },
    });
    expect(read({ ...least, holder: '虎符' }, { given: { holder: '虎符' } }).ok).toBe(true);
    expect(read({ ...least, holder: '狼符' }, { given: { holder: '虎符' } }).ok).toBe(false);
  });

  test('a section of other events keeps what it had', () => {
    const { completed: _, ...without } = before;
    expect(read(without, { before, event: 'submit', settled: false })).toMatchObject({
      ok: true,
      values: { completed: '2026-01-01' },
    });
    expect(read(without, { before, event: 'maintain' })).toMatchObject({
      ok: false,
      issues: [{ path: 'completed', code: 'LIB_REQUIRED' }],
    });
  });
});
