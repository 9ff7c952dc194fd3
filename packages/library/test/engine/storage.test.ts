import { describe, expect, test } from 'vitest';
import { RECORD_TYPES, recordType, STORAGE_FUNCTIONS, storageOf } from '../../src/index.ts';
import { sampleType } from './sample-types.ts';

const columns = Object.fromEntries(storageOf(sampleType).columns.map((column) => [column.field, column]));
const indexes = storageOf(sampleType).indexes;

describe('columns', () => {
  test('each is typed, generated from the values, and named so that no other column can bear its name', () => {
    expect(columns).toMatchObject({
      name: { name: 'f_name', sqlType: 'text', expression: `("values" ->> 'name')` },
      amount: { sqlType: 'numeric', expression: `("values" ->> 'amount')::numeric` },
      since: { sqlType: 'date', expression: `library_date("values" ->> 'since')` },
      longTerm: { name: 'f_long_term', sqlType: 'boolean' },
      works: { sqlType: 'jsonb', holds: 'codes' },
      rounds: { sqlType: 'bigint', expression: `("system" ->> 'rounds')::bigint` },
      leader: { sqlType: 'text' },
      until: { sqlType: 'date' },
    });
  });

  test('a personal field has a column of its hash where it is asked for, and none where it is only shown', () => {
    expect(columns['idNo']).toMatchObject({ holds: 'hash', expression: `("values" -> 'idNo' ->> 'hash')` });
    const shown = { ...sampleType, unique: [], list: { columns: ['name', 'idNo'], filters: [] } };
    expect(storageOf(shown).columns.map((column) => column.field)).not.toContain('idNo');
  });

  test('hyphens make no other account', () => {
    expect(columns['accountNo']?.expression).toBe(`replace(("values" ->> 'accountNo'), '-', '')`);
  });

  test('the function for days is immutable: a cast would not be', () => {
    expect(STORAGE_FUNCTIONS.join()).toMatch(/library_date\(day text\).*IMMUTABLE/s);
    expect(STORAGE_FUNCTIONS.join()).not.toMatch(/::\s*date/);
  });
});

describe('indexes', () => {
  const unique = indexes.filter((index) => index.unique !== undefined);

  test('GEN-005 what has ended is out of uniqueness; its condition is part of the index', () => {
    expect(unique.map((index) => index.sql)).toEqual([
      expect.stringMatching(
        /UNIQUE .* ON library_sample_record \(entity_id, f_account_no\) WHERE state NOT IN \('voided'\)$/,
      ),
      expect.stringContaining(
        `(entity_id, f_id_no) WHERE state NOT IN ('voided') AND ((coalesce(("values" ->> 'grade'), '') IN ('A')) AND (coalesce(("values" ->> 'longTerm')::boolean, false) = false))`,
      ),
    ]);
    expect(unique.map((index) => index.unique?.code)).toEqual(['LIB_DUPLICATE', 'LIB_DUPLICATE']);
  });

  test('lists, references and what expires have one each', () => {
    const sql = indexes.map((index) => index.sql).join('\n');
    expect(sql).toContain('(entity_id, updated_at DESC NULLS LAST, id DESC)');
    expect(sql).toContain('(f_leader) WHERE f_leader IS NOT NULL');
    expect(sql).toContain('(f_until) WHERE f_until IS NOT NULL');
  });

  test('an owner has one record of a kind that is single', () => {
    const sql = storageOf(recordType('organisation')).indexes.map((index) => index.sql);
    expect(sql).toContain(
      'CREATE UNIQUE INDEX IF NOT EXISTS library_organisation_one ON library_organisation (entity_id)',
    );
  });

  test('records that belong to another are unique below it', () => {
    const below = { ...sampleType, parent: 'person' };
    expect(storageOf(below).indexes.find((index) => index.unique !== undefined)?.sql).toContain(
      '(entity_id, parent_id, f_account_no)',
    );
  });
});

test('every name fits into PostgreSQL’s 63 characters, and none is there twice', () => {
  const long = { ...sampleType, name: `sample-${'very-'.repeat(14)}long` };
  const names = [...RECORD_TYPES, long].flatMap((type) => {
    const { table, indexes: own } = storageOf(type);
    return [table, ...own.map((index) => index.name)];
  });
  expect(new Set(names).size).toBe(names.length);
  expect(names.filter((name) => name.length > 63 || !/^[a-z0-9_]+$/.test(name))).toEqual([]);
});

test('a quote in a name of a field or a code cannot leave its literal', () => {
  const hostile = {
    ...sampleType,
    unique: [{ ...sampleType.unique![0]!, when: { field: 'grade', is: `A'; DROP TABLE x; --` } }],
  };
  expect(storageOf(hostile).indexes.find((index) => index.unique)?.sql).toContain(
    `IN ('A''; DROP TABLE x; --')`,
  );
});
