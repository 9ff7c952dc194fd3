import { describe, expect, test } from 'vitest';
import {
  QUALIFICATION_SERIES,
  QUALIFICATION_SPECIALTIES,
} from '../../src/code-lists/construction-qualifications.ts';
import { ECONOMIC_TYPES } from '../../src/code-lists/enterprises.ts';
import {
  DEGREES,
  EDUCATION_LEVELS,
  IDENTITY_DOCUMENTS,
  NATIONALITIES,
  PROFESSIONAL_TITLES,
} from '../../src/code-lists/persons.ts';
import { TRADING_DOMAINS } from '../../src/code-lists/trading-domains.ts';
import { CODE_LIST_NAMES, type CodeList, fieldsOf, loadCodeList, RECORD_TYPES } from '../../src/index.ts';

const LOADED = await Promise.all(CODE_LIST_NAMES.map(loadCodeList));
const SHORT = [
  ECONOMIC_TYPES,
  DEGREES,
  EDUCATION_LEVELS,
  IDENTITY_DOCUMENTS,
  NATIONALITIES,
  PROFESSIONAL_TITLES,
  TRADING_DOMAINS,
];
const list = (name: string): CodeList => LOADED.find((one) => one.name === name)!;
const label = (name: string, code: string) => list(name).entries.find((entry) => entry.code === code)?.label;
const parent = (name: string, code: string) =>
  list(name).entries.find((entry) => entry.code === code)?.parent;
const under = (name: string, code: string | undefined) =>
  list(name).entries.filter((entry) => entry.parent === code).length;

describe.each([...LOADED, ...SHORT].map((one) => [one.name, one] as const))(
  '%s',
  (_, { entries, source, date }) => {
    test('no code twice, every one with both labels, every parent there and without a circle', () => {
      const byCode = new Map(entries.map((entry) => [entry.code, entry]));
      expect(byCode.size).toBe(entries.length);
      const depth = (code: string): number => {
        const above = byCode.get(code)?.parent;
        return above === undefined ? 0 : 1 + depth(above);
      };
      const wrong = entries.filter(
        ({ code, label: { zh, en }, parent: above }) =>
          !/^[A-Z0-9_]+$/.test(code) ||
          !/\S/.test(zh) ||
          !/\S/.test(en) ||
          (above !== undefined && !byCode.has(above)) ||
          depth(code) > 3,
      );
      expect(wrong).toEqual([]);
    });

    test('it says where it comes from and of which day it is', () => {
      expect(source).toMatch(/\S/);
      expect(date).toMatch(/^\d{4}-\d{2}-\d{2}$/);
    });
  },
);

test('every list that a field refers to can be loaded; another cannot', async () => {
  const named = RECORD_TYPES.flatMap((type) =>
    fieldsOf(type).flatMap((field) => ('codeList' in field ? [field.codeList] : [])),
  );
  expect([...new Set(named)].sort()).toEqual([...CODE_LIST_NAMES].sort());
  for (const name of ['unknown', 'constructor', '__proto__']) {
    await expect(loadCodeList(name)).rejects.toMatchObject({ code: 'LIB_CODE_LIST' });
  }
});

// 民政部, 2023 年民政事业发展统计公报: 34 provinces, 333 cities, 2,844 counties.
test('regions: 34 provinces, 333 cities, 2,844 counties, each below what governs it', () => {
  const { entries } = list('regions');
  const of = (form: RegExp) => entries.filter(({ code }) => form.test(code)).length;
  expect(of(/^\d{2}0000$/)).toBe(34);
  expect(of(/^\d{4}00$/) - 34).toBe(333);
  expect(entries.length - 34 - 333).toBe(2844);
  const astray = entries.filter(({ code, parent: above }) =>
    code.endsWith('0000') ? above !== undefined : code.slice(0, 2) !== above?.slice(0, 2),
  );
  expect(astray).toEqual([]);
});

test.each([
  ['320000', '江苏省', undefined],
  ['320100', '南京市', '320000'],
  ['320102', '玄武区', '320100'],
  ['150100', '呼和浩特市', '150000'],
  ['150102', '新城区', '150100'],
  // Governed by the province itself.
  ['110101', '东城区', '110000'],
  ['429004', '仙桃市', '420000'],
  ['469001', '五指山市', '460000'],
  ['659012', '白杨市', '650000'],
  // A city without counties; counties that became cities in 2023; a district of 2021.
  ['441900', '东莞市', '440000'],
  ['540581', '错那市', '540500'],
  ['330113', '临平区', '330100'],
  ['460302', '南沙区', '460300'],
  ['810000', '香港特别行政区', undefined],
])('regions: %s is %s', (code, zh, above) => {
  expect(label('regions', code)?.zh).toBe(zh);
  expect(parent('regions', code)).toBe(above);
});

test('regions: no development zone of the statistics, and nothing that was dissolved', () => {
  for (const code of ['320571', '130171', '330103', '110100', '659099']) {
    expect(label('regions', code)).toBeUndefined();
  }
});

// GB/T 4754-2017: 20 sections, 97 divisions; 建筑业: 4 divisions, 18 groups, 44 classes.
test('industries: 20 sections, 97 divisions, construction down to its 44 classes', () => {
  const { entries } = list('industries');
  expect(entries.filter(({ code }) => /^[A-T]$/.test(code))).toHaveLength(20);
  expect(entries.filter(({ code }) => /^\d{2}$/.test(code)).map(({ code }) => Number(code))).toEqual(
    Array.from({ length: 97 }, (_, i) => i + 1),
  );
  const construction = entries.filter(({ code }) => /^(?:4[789]|50)/.test(code));
  expect(construction.filter(({ code }) => code.length === 3)).toHaveLength(18);
  expect(construction.filter(({ code }) => code.length === 4)).toHaveLength(44);
  expect(under('industries', 'C')).toBe(31);
  expect(label('industries', '4813')?.zh).toBe('市政道路工程建筑');
  expect(parent('industries', '4813')).toBe('481');
  expect(parent('industries', '47')).toBe('E');
  for (const { code, parent: above } of entries) {
    if (code.length > 2) expect(above).toBe(code.slice(0, -1));
  }
});

// ISO 3166-1: 249 officially assigned codes.
test('countries: 249, with the standard’s words', () => {
  expect(list('countries').entries).toHaveLength(249);
  expect(label('countries', 'CHN')).toEqual({ zh: '中国', en: 'China' });
  expect(label('countries', 'HKG')?.zh).toBe('中国香港');
  expect(label('countries', 'TWN')?.zh).toBe('中国台湾');
  expect(label('countries', 'DEU')).toEqual({ zh: '德国', en: 'Germany' });
});

test('currencies: those in use', () => {
  expect(label('currencies', 'CNY')?.zh).toBe('人民币');
  expect(label('currencies', 'EUR')?.en).toBe('Euro');
  for (const code of ['DEM', 'HRK', 'ZWL', 'XAU']) expect(label('currencies', code)).toBeUndefined();
  expect(list('currencies').entries.length).toBeGreaterThan(150);
});

test('GB/T 3304-1991: 56 nationalities, numbered from 01', () => {
  expect(NATIONALITIES.entries.map(({ code }) => Number(code))).toEqual(
    Array.from({ length: 56 }, (_, i) => i + 1),
  );
  expect(NATIONALITIES.entries[1]?.label).toEqual({ zh: '蒙古族', en: 'Mongol' });
  expect(NATIONALITIES.entries[55]?.label.zh).toBe('基诺族');
});

test('GB/T 12402-2000: economic types below their groups', () => {
  const by = new Map(ECONOMIC_TYPES.entries.map((entry) => [entry.code, entry]));
  expect(by.get('173')).toMatchObject({ label: { zh: '私营有限责任（公司）' }, parent: '170' });
  expect(by.get('310')).toMatchObject({ label: { zh: '中外合资' }, parent: '300' });
  expect(by.get('100')?.parent).toBeUndefined();
});

// 建市〔2014〕159号, 建市〔2007〕86号, 建设部令第158号, 建质规〔2023〕1号.
test.each([
  ['GENERAL', 12],
  ['SPECIALISED', 36],
  ['DESIGN', 1 + 21 + 8],
  ['SUPERVISION', 1 + 14],
  ['TESTING', 1 + 9],
])('qualifications: %s has %i specialties', (series, many) => {
  expect(QUALIFICATION_SPECIALTIES[series]).toHaveLength(many);
});

test('qualifications: every series has specialties, and no code is twice', () => {
  expect(Object.keys(QUALIFICATION_SPECIALTIES)).toEqual(QUALIFICATION_SERIES.map(({ code }) => code));
  const all = Object.values(QUALIFICATION_SPECIALTIES).flat();
  expect(new Set(all.map(({ code }) => code)).size).toBe(all.length);
});
