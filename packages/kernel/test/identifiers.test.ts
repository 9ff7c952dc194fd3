import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  CodedError,
  idCardCheckDigit,
  isSameUnitName,
  maskIdNumber,
  maskName,
  maskPhone,
  parseIdCard,
  parseMobile,
  parsePhone,
  parseReferenceCode,
  referenceCode,
  serialGroups,
} from '../src/index.ts';

const NOW = Date.UTC(2026, 10, 20);

function code(run: () => unknown): string {
  try {
    run();
  } catch (error) {
    if (error instanceof CodedError) return error.code;
    throw error;
  }
  return 'accepted';
}

describe('GB 11643-1999 公民身份号码', () => {
  test('the two examples of the standard', () => {
    expect(parseIdCard('11010519491231002X', NOW)).toEqual({
      number: '11010519491231002X',
      region: '110105',
      birthDate: '1949-12-31',
      gender: 'female',
    });
    expect(parseIdCard('440524188001010014', NOW)).toMatchObject({ birthDate: '1880-01-01', gender: 'male' });
  });

  test('full-width digits and a small x are read', () => {
    expect(parseIdCard(' 11010519491231002ｘ', NOW).number).toBe('11010519491231002X');
  });

  test('every other check digit is refused', () => {
    for (const last of '0123456789') {
      expect(code(() => parseIdCard(`11010519491231002${last}`, NOW))).toBe('ID_CARD_CHECK');
    }
  });

  test.each([
    ['ID_CARD_FORM', '110105194912310'],
    ['ID_CARD_FORM', '1101051949123100XX'],
    ['ID_CARD_REGION', '00010519491231002X'],
    ['ID_CARD_REGION', '55010519491231002X'],
    ['ID_CARD_DATE', '110105194902300027'],
    ['ID_CARD_DATE', '110105194913010027'],
    ['ID_CARD_DATE', '110105202611210027'],
  ])('%s for %s', (expected, number) => {
    expect(code(() => parseIdCard(number, NOW))).toBe(expected);
  });

  test('a birth on the day itself counts by the day in Shanghai', () => {
    const first17 = '11010520261121002';
    const number = first17 + idCardCheckDigit(first17);
    expect(code(() => parseIdCard(number, Date.UTC(2026, 10, 20, 15, 59, 59)))).toBe('ID_CARD_DATE');
    expect(code(() => parseIdCard(number, Date.UTC(2026, 10, 20, 16)))).toBe('accepted');
  });
});

describe('telephone numbers', () => {
  test.each([
    ['13800138000', '13800138000'],
    ['+86 138-0013-8000', '13800138000'],
    ['0086 138 0013 8000', '13800138000'],
    ['１３８００１３８０００', '13800138000'],
  ])('mobile %s', (written, stored) => {
    expect(parseMobile(written)).toBe(stored);
    expect(parsePhone(written)).toEqual({ kind: 'mobile', number: stored });
  });

  test.each(['12800138000', '1380013800', '138001380000', '0471-4812345', 'abc', ''])(
    'not a mobile: %s',
    (text) => {
      expect(code(() => parseMobile(text))).toBe('PHONE_MOBILE');
    },
  );

  test.each([
    ['010-62345678', '010-62345678'],
    ['(0471)4812345', '0471-4812345'],
    ['0471 4812345转8001', '0471-4812345-8001'],
    ['02512345678', undefined],
    ['025-83345678-12', '025-83345678-12'],
    ['+86 025 83345678', '025-83345678'],
    ['400-998-0000', '400-998-0000'],
    ['4009980000', '400-998-0000'],
    ['010-1234567', undefined],
    ['010-2234567', undefined],
    ['0123-4812345', undefined],
    ['4812345', undefined],
  ])('fixed line %s', (written, stored) => {
    if (stored === undefined) expect(code(() => parsePhone(written))).toBe('PHONE_NUMBER');
    else expect(parsePhone(written).number).toBe(stored);
  });
});

describe('OD-08 unit names', () => {
  test('full-width brackets equal half-width ones, space around is nothing', () => {
    expect(isSameUnitName('内蒙古某某（集团）有限公司', ' 内蒙古某某(集团)有限公司　')).toBe(true);
    expect(isSameUnitName('ＡＢＣ有限公司', 'ABC有限公司')).toBe(true);
  });

  test('nothing else is tolerated', () => {
    expect(isSameUnitName('ABC有限公司', 'abc有限公司')).toBe(false);
    expect(isSameUnitName('甲 有限公司', '甲有限公司')).toBe(false);
    expect(isSameUnitName('甲有限公司', '甲有限责任公司')).toBe(false);
    expect(isSameUnitName('', ' ')).toBe(false);
  });
});

describe('masking', () => {
  test('phones, identity numbers, names', () => {
    expect(maskPhone('13800138000')).toBe('138****8000');
    expect(maskIdNumber('11010519491231002X')).toBe('110***********002X');
    expect(maskIdNumber('E12345678')).toBe('E*******8');
    expect(maskName('张三丰')).toBe('张**');
    expect(maskName('张')).toBe('*');
    expect(maskName('𠮷田')).toBe('𠮷*');
  });

  test('at least half of anything is hidden', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme-ascii', minLength: 1 }), (text) => {
        for (const mask of [maskIdNumber, maskName, maskPhone]) {
          const masked = mask(text);
          if (/^\d{11}$/.test(text)) return;
          expect([...masked].length).toBe([...text.trim()].length);
          if (text.trim().includes('*')) return;
          expect(masked.split('*').length - 1).toBeGreaterThanOrEqual(Math.ceil(text.trim().length / 2));
        }
      }),
    );
  });
});

describe('codes that people type', () => {
  test('OD-16 a reference code survives being read aloud', () => {
    const random = (length: number) => new Uint8Array(length).map((_, i) => 37 * i + 5);
    const made = referenceCode(random, 12);
    expect(made).toMatch(/^[0-9A-HJKMNP-TV-Z]{12}$/);
    const typed = ` ${made.slice(0, 4)}-${made.slice(4, 8)} ${made.slice(8)}`.toLowerCase();
    expect(parseReferenceCode(typed, 12)).toBe(made);
    expect(parseReferenceCode('O0il-1111', 8)).toBe('00111111');
  });

  test('a wrong length or letter is refused', () => {
    expect(code(() => parseReferenceCode('ABC', 12))).toBe('REFERENCE_CODE');
    expect(code(() => parseReferenceCode('UUUU', 4))).toBe('REFERENCE_CODE');
  });

  test('a serial number is grouped from its end', () => {
    expect(serialGroups('1a2b3c')).toEqual(['1A', '2B3C']);
    expect(serialGroups('')).toEqual([]);
  });
});
