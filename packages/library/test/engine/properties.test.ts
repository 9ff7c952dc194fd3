import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  CODE_LIST_NAMES,
  type Condition,
  canonicalDecimal,
  compareCanonical,
  differences,
  exampleContext,
  exampleValues,
  groupThousands,
  holds,
  keepCodeList,
  loadCodeList,
  RECORD_TYPES,
  readRow,
  readValues,
  rowOf,
  sameValue,
  sameValues,
  sheetOf,
  type Values,
} from '../../src/index.ts';
import { sampleType } from './sample-types.ts';

// With every list at hand, as on a server: of names that several options bear, too.
for (const name of CODE_LIST_NAMES) keepCodeList(await loadCodeList(name));

const digits = (min: number, max: number) => fc.stringMatching(new RegExp(`^[0-9]{${min},${max}}$`));
const decimal = fc
  .tuple(fc.constantFrom('', '-', '+'), digits(1, 18), fc.option(digits(1, 12), { nil: undefined }))
  .map(([sign, whole, fraction]) => `${sign}${whole}${fraction === undefined ? '' : `.${fraction}`}`);

/** Exact, by another way: as whole numbers of 10⁻¹². */
function exactly(text: string): bigint {
  const negative = text.startsWith('-');
  const [whole = '', fraction = ''] = text.replace(/^[+-]/, '').split('.');
  const size = BigInt(whole + fraction.padEnd(12, '0'));
  return negative ? -size : size;
}

describe('decimals', () => {
  test('the canonical text means the same number, and is its own canonical text', () => {
    fc.assert(
      fc.property(decimal, (text) => {
        const canonical = canonicalDecimal(text)!;
        expect(exactly(canonical)).toBe(exactly(text));
        expect(canonicalDecimal(canonical)).toBe(canonical);
        expect(canonical).toMatch(/^(?:0|-?(?:0|[1-9]\d*)(?:\.\d*[1-9])?)$/);
      }),
    );
  });

  test('equal numbers have one canonical text, others have two; their order is exact', () => {
    fc.assert(
      fc.property(decimal, decimal, (a, b) => {
        const [left, right] = [canonicalDecimal(a)!, canonicalDecimal(b)!];
        const [x, y] = [exactly(a), exactly(b)];
        expect(left === right).toBe(x === y);
        expect(Math.sign(compareCanonical(left, right))).toBe(x === y ? 0 : x < y ? -1 : 1);
      }),
    );
  });

  test('grouping thousands changes nothing but the writing', () => {
    fc.assert(
      fc.property(decimal, (text) => {
        const canonical = canonicalDecimal(text)!;
        expect(canonicalDecimal(groupThousands(canonical))).toBe(canonical);
      }),
    );
  });

  test('no float comes near: the neighbours of a long number stay apart', () => {
    expect(
      compareCanonical('123456789012345678.000000000001', '123456789012345678.000000000002'),
    ).toBeLessThan(0);
    for (const text of ['1e3', '', '.', '-', '1.2.3', '1,23', ' 1', '0x10', 'NaN', 'Infinity', '１']) {
      expect(canonicalDecimal(text)).toBeUndefined();
    }
  });
});

const values = fc.record({
  grade: fc.option(fc.constantFrom('A', 'B'), { nil: undefined }),
  works: fc.option(fc.subarray(['X', 'Y', 'Z']), { nil: undefined }),
  longTerm: fc.option(fc.boolean(), { nil: undefined }),
}) as fc.Arbitrary<Values>;

const { condition } = fc.letrec<{ condition: Condition }>((tie) => ({
  condition: fc.oneof(
    { maxDepth: 3 },
    fc.constantFrom<Condition>(
      { field: 'grade', is: 'A' },
      { field: 'grade', in: ['A', 'B'] },
      { field: 'works', is: 'X' },
      { field: 'works', filled: true },
      { field: 'longTerm', is: true },
      { field: 'longTerm', is: false },
      { field: 'longTerm', filled: false },
    ),
    fc.array(tie('condition'), { maxLength: 3 }).map((all): Condition => ({ all })),
    fc.array(tie('condition'), { maxLength: 3 }).map((any): Condition => ({ any })),
    tie('condition').map((not): Condition => ({ not })),
  ),
}));

describe('conditions', () => {
  test('De Morgan: not all is any not, not any is all not; not not is itself', () => {
    fc.assert(
      fc.property(fc.array(condition, { maxLength: 4 }), values, (parts, given) => {
        const negated = parts.map((not): Condition => ({ not }));
        expect(holds({ not: { all: parts } }, given)).toBe(holds({ any: negated }, given));
        expect(holds({ not: { any: parts } }, given)).toBe(holds({ all: negated }, given));
        for (const part of parts) expect(holds({ not: { not: part } }, given)).toBe(holds(part, given));
      }),
    );
  });

  test('filled and not filled part the world; of nothing all holds and any does not', () => {
    fc.assert(
      fc.property(fc.constantFrom('grade', 'works', 'longTerm'), values, (field, given) => {
        expect(holds({ field, filled: true }, given)).toBe(!holds({ field, filled: false }, given));
      }),
    );
    expect(holds({ all: [] }, {})).toBe(true);
    expect(holds({ any: [] }, {})).toBe(false);
  });
});

const types = fc.constantFrom(...RECORD_TYPES, sampleType);
const seed = fc.integer({ min: 0, max: 1_000_000 });
const FEW = { numRuns: 20 };

describe('records', () => {
  test('differences are empty exactly if the values are the same', () => {
    fc.assert(
      fc.property(types, seed, seed, (type, one, other) => {
        const [before, after] = [exampleValues(type, { seed: one }), exampleValues(type, { seed: other })];
        const copy = JSON.parse(JSON.stringify(before)) as Values;
        expect(differences(type, before, copy)).toEqual([]);
        expect(differences(type, before, after).length === 0).toBe(sameValues(before, after));
        const changed = new Set(differences(type, before, after).map(({ field }) => field.name));
        const mixed = Object.fromEntries(
          [...new Set([...Object.keys(before), ...Object.keys(after)])].map((name) => [
            name,
            changed.has(name) ? after[name] : before[name],
          ]),
        );
        expect(sameValues(mixed, after)).toBe(true);
      }),
      FEW,
    );
  });

  test('there and back differ in the same fields, with their sides exchanged', () => {
    fc.assert(
      fc.property(types, seed, seed, (type, one, other) => {
        const [a, b] = [exampleValues(type, { seed: one }), exampleValues(type, { seed: other })];
        const back = differences(type, b, a).map(({ field, before, after, parts }) => ({
          field,
          before: after,
          after: before,
          ...(parts === undefined ? {} : { parts: { added: parts.removed, removed: parts.added } }),
        }));
        expect(differences(type, a, b)).toEqual(back);
      }),
      FEW,
    );
  });

  test('what was read reads the same again, whatever was sent', () => {
    const junk = fc.oneof(
      fc.jsonValue({ maxDepth: 2 }),
      fc.constant(undefined),
      fc.string({ unit: 'binary' }),
    );
    fc.assert(
      fc.property(types, seed, fc.dictionary(fc.string(), junk, { maxKeys: 3 }), (type, number, more) => {
        const context = { ...exampleContext(type, {}, { seed: number }), complete: false };
        const names = type.sections.flatMap((section) => section.fields.map((field) => field.name));
        const strange = Object.fromEntries(
          Object.values(more).map((value, i) => [names[(number + i) % names.length]!, value]),
        );
        const read = readValues(
          type,
          { ...exampleValues(type, { seed: number }), ...strange, ...more },
          context,
        );
        if (!read.ok) {
          for (const issue of read.issues) expect(issue.says.zh).not.toBe('');
          return;
        }
        expect(readValues(type, JSON.parse(JSON.stringify(read.values)), context)).toEqual(read);
      }),
      { numRuns: 60 },
    );
  });

  test('a record goes out into a sheet and comes back the same', () => {
    fc.assert(
      fc.property(types, seed, (type, number) => {
        const before = exampleValues(type, { seed: number });
        const files = new Map(
          Object.values(before)
            .flatMap((value) => (Array.isArray(value) ? value : []))
            .filter((item) => typeof item === 'object' && 'sha256' in item)
            .map((file) => [file.name, file]),
        );
        const heads = sheetOf(type, 'export').columns.map((column) => column.key);
        const cells = Object.fromEntries(rowOf(type, before).map((cell, i) => [heads[i]!, cell]));
        const { raw, issues } = readRow(type, cells, {
          file: (name) => files.get(name),
          reference: (_field, text) => text,
        });
        expect(issues).toEqual([]);
        const context = exampleContext(type, before, { seed: number });
        const isOnce = new Set(files.keys()).size === files.size;
        const read = readValues(type, raw, { ...context, given: before });
        expect(isOnce && read.ok && differences(type, before, read.values)).toEqual([]);
      }),
      FEW,
    );
  });

  test('values are the same as themselves only', () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 1 }), (value) => {
        expect(sameValue(value as never, JSON.parse(JSON.stringify(value)) as never)).toBe(true);
      }),
    );
  });
});
