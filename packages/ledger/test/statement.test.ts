import { equalBytes, fromUtf8, toHex, utf8 } from '@hufu/kernel';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  buildStatement,
  commitFields,
  commitmentOf,
  openDisclosure,
  parseStatement,
  type StatementSpec,
  statementDigests,
} from '../src/index.ts';
import { countingRandom } from './support/random.ts';

const SPEC: StatementSpec = {
  id: '018f3c2e-7b1a-7c3d-8e4f-5a6b7c8d9e0f',
  type: 'binding.created',
  subject: { kind: 'binding', id: 'b-1' },
  seq: 1,
  prev: undefined,
  actor: { kind: 'entity', id: 'e-1' },
  time: Date.UTC(2026, 10, 20, 8, 30, 0, 123),
  facts: { issuer: 'CN=测试CA', places: 3 },
  commitments: [],
};

const withoutMember = (
  bytes: Uint8Array,
  change: (members: Record<string, unknown>) => unknown,
): Uint8Array => utf8(JSON.stringify(change(JSON.parse(fromUtf8(bytes)) as Record<string, unknown>)));

describe('statement', () => {
  test('is canonical JSON and reads back', () => {
    const bytes = buildStatement(SPEC);
    const { sm3, ...read } = parseStatement(bytes);
    expect(read).toEqual(SPEC);
    expect(sm3).toHaveLength(32);
    expect(fromUtf8(bytes)).toMatch(/^\{"_sd":\[\],"actor":/);
  });

  test('names the one before it by its SHA-256', () => {
    const first = buildStatement(SPEC);
    const prev = statementDigests(first).sha256;
    const second = parseStatement(buildStatement({ ...SPEC, seq: 2, prev }));
    expect(equalBytes(second.prev!, prev)).toBe(true);
  });

  test.each<[string, Partial<StatementSpec>]>([
    ['a first one with a predecessor', { prev: new Uint8Array(32) }],
    ['a later one without a predecessor', { seq: 2 }],
    ['a number below one', { seq: 0 }],
    ['half a number', { seq: 1.5 }],
    ['an id that is no UUID', { id: 'x' }],
    ['a type with a space', { type: 'binding created' }],
    ['a subject without a kind', { subject: { kind: '', id: 'b-1' } }],
    ['an actor with a name in Chinese', { actor: { kind: 'person', id: '张三' } }],
    ['a commitment that is no digest', { commitments: ['AAAA'] }],
    ['the same commitment twice', { commitments: [commitmentOf('a'), commitmentOf('a')] }],
  ])('refuses %s', (_, change) => {
    expect(() => buildStatement({ ...SPEC, ...change })).toThrow('LEDGER_STATEMENT');
  });

  test('refuses a time outside of the calendar', () => {
    expect(() => buildStatement({ ...SPEC, time: -1 })).toThrow('LEDGER_TIME');
    expect(() => buildStatement({ ...SPEC, time: 1e17 })).toThrow('LEDGER_TIME');
  });

  test('refuses another spelling of the same content', () => {
    const bytes = buildStatement(SPEC);
    const spaced = utf8(fromUtf8(bytes).replace('"seq":1', '"seq": 1'));
    expect(() => parseStatement(spaced)).toThrow('LEDGER_STATEMENT');
    const twice = utf8(fromUtf8(bytes).replace('"seq":1', '"seq":1,"seq":1'));
    expect(() => parseStatement(twice)).toThrow('LEDGER_STATEMENT');
  });

  test('refuses an SM3 digest of other content, and a member that it does not know', () => {
    const bytes = buildStatement(SPEC);
    expect(() => parseStatement(utf8(fromUtf8(bytes).replace('"places":3', '"places":4')))).toThrow(
      'LEDGER_STATEMENT',
    );
    expect(() => parseStatement(withoutMember(bytes, ({ sm3: _, ...rest }) => rest))).toThrow(
      'LEDGER_STATEMENT',
    );
    expect(() => parseStatement(withoutMember(bytes, (all) => ({ ...all, zz: 1 })))).toThrow(
      'LEDGER_STATEMENT',
    );
  });

  test('garbage is refused by its code, whatever it is', () => {
    const anything = fc.oneof(fc.uint8Array({ maxLength: 200 }), fc.json().map(utf8));
    fc.assert(
      fc.property(anything, (bytes) => {
        expect(() => parseStatement(bytes)).toThrow('LEDGER_STATEMENT');
      }),
    );
    expect(() => parseStatement(utf8(`"${'a'.repeat(70_000)}"`))).toThrow('LEDGER_STATEMENT');
  });
});

describe('PIPL disclosures', () => {
  test('each field has a salt of its own, and opens to what it was', () => {
    const disclosures = commitFields({ phone: '13800000000', again: '13800000000' }, countingRandom());
    expect(disclosures.map(({ disclosure }) => openDisclosure(disclosure))).toEqual([
      { name: 'phone', value: '13800000000' },
      { name: 'again', value: '13800000000' },
    ]);
    for (const { disclosure, commitment } of disclosures) expect(commitmentOf(disclosure)).toBe(commitment);
    expect(new Set(disclosures.map(({ commitment }) => commitment)).size).toBe(2);
  });

  test('the same value commits differently each time', () => {
    const random = countingRandom();
    const [first] = commitFields({ phone: '13800000000' }, random);
    const [second] = commitFields({ phone: '13800000000' }, random);
    expect(first!.commitment).not.toBe(second!.commitment);
  });

  test('a broken source of random bytes is refused', () => {
    expect(() => commitFields({ phone: '1' }, (n) => new Uint8Array(n))).toThrow('RANDOM_SOURCE');
  });

  test('RFC 9901 §4.2.3: digest of the published disclosure', () => {
    const disclosure = 'WyJfMjZiYzRMVC1hYzZxMktJNmNCVzVlcyIsICJmYW1pbHlfbmFtZSIsICJNw7ZiaXVzIl0';
    expect(commitmentOf(disclosure)).toBe('X9yH0Ajrdm1Oij4tWso9UzzKJvPoDxwmuEcO3XAdRC0');
    expect(openDisclosure(disclosure)).toEqual({ name: 'family_name', value: 'Möbius' });
  });

  test('what is no disclosure is refused', () => {
    for (const text of ['', '!', 'e30', 'WyJhIl0', 'W10'])
      expect(() => openDisclosure(text)).toThrow('LEDGER_DISCLOSURE');
  });
});

test('GB/T 32905: both digests of a statement', () => {
  const { sha256, sm3 } = statementDigests(utf8('abc'));
  expect(toHex(sha256)).toBe('ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad');
  expect(toHex(sm3)).toBe('66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0');
});
