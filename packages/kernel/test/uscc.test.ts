import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  CodedError,
  isUscc,
  organisationCheckCharacter,
  parseUscc,
  usccCheckCharacter,
  usccGroups,
  usccProblem,
} from '../src/index.ts';

const ALPHABET = '0123456789ABCDEFGHJKLMNPQRTUWXY';
/** OD-01. */
const VALID = [
  '91150102MA0N00016G',
  '91320100MA1X00025T',
  '12152500460123458W',
  '91420000757013137P',
  '91150102MA0N002270',
];

const character = fc.constantFrom(...ALPHABET);
const usccArbitrary = fc
  .tuple(
    fc.string({ unit: character, minLength: 2, maxLength: 2 }),
    fc.string({ unit: fc.constantFrom(...'0123456789'), minLength: 6, maxLength: 6 }),
    fc.string({ unit: character, minLength: 8, maxLength: 8 }),
  )
  .map(([head, region, body]) => {
    const first17 = head + region + body + organisationCheckCharacter(body);
    return first17 + usccCheckCharacter(first17);
  });

const problem = (text: string): string => {
  try {
    parseUscc(text);
  } catch (error) {
    if (error instanceof CodedError) return error.code;
    throw error;
  }
  return 'accepted';
};

describe('OD-01 统一社会信用代码', () => {
  test.each(VALID)('accepts %s', (code) => {
    expect(parseUscc(code)).toBe(code);
  });

  test.each(VALID)('refuses %s with another last character', (code) => {
    for (const last of ALPHABET.replace(code.charAt(17), '')) {
      expect(problem(code.slice(0, 17) + last)).toBe('USCC_CHECK');
    }
  });

  test('normalises full-width letters, small letters and space around', () => {
    expect(parseUscc(' ９１１５０１０２ma0n00016g　')).toBe('91150102MA0N00016G');
  });

  test('names what is wrong', () => {
    expect(problem('91150102MA0N00016')).toBe('USCC_LENGTH');
    expect(problem('')).toBe('USCC_LENGTH');
    expect(problem('9115010OMA0N00016G')).toBe('USCC_CHARACTER');
    expect(problem('91150102MA0N0001 6')).toBe('USCC_CHARACTER');
    const region = '91A50102MA0N00016';
    expect(problem(region + usccCheckCharacter(region))).toBe('USCC_REGION');
    const organisation = '91150102MA0N00017';
    expect(problem(organisation + usccCheckCharacter(organisation))).toBe('USCC_ORGANISATION');
  });

  test('every code made by the rules is accepted, also in small letters', () => {
    fc.assert(
      fc.property(usccArbitrary, (code) => {
        expect(isUscc(code)).toBe(true);
        expect(parseUscc(code.toLowerCase())).toBe(code);
        expect(usccGroups(parseUscc(code)).join('')).toBe(code);
      }),
    );
  });

  test('every single wrong character is found', () => {
    fc.assert(
      fc.property(usccArbitrary, fc.nat(17), character, (code, at, other) => {
        fc.pre(code.charAt(at) !== other);
        expect(usccProblem(code.slice(0, at) + other + code.slice(at + 1))).toBeDefined();
      }),
    );
  });

  test('every exchange of two neighbours is found', () => {
    fc.assert(
      fc.property(usccArbitrary, fc.nat(16), (code, at) => {
        const [a, b] = [code.charAt(at), code.charAt(at + 1)];
        fc.pre(a !== b);
        expect(usccProblem(code.slice(0, at) + b + a + code.slice(at + 2))).toBeDefined();
      }),
    );
  });
});
