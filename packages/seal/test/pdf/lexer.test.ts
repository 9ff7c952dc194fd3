import { utf8 } from '@hufu/kernel';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  type PdfValue,
  pdfArray,
  pdfDict,
  pdfName,
  pdfRef,
  pdfString,
  writeObject,
} from '../../src/index.ts';
import { PdfLexer } from '../../src/pdf/lexer.ts';
import { createPdfBudget, DEFAULT_PDF_LIMITS } from '../../src/pdf/limits.ts';
import { parseValue } from '../../src/pdf/parse-object.ts';
import { codeOf } from '../support/codes.ts';

const budget = () => createPdfBudget(DEFAULT_PDF_LIMITS);
const parse = (text: string): PdfValue => parseValue(new PdfLexer(utf8(text)), budget());
const bytesOf = (text: string): string => {
  const value = parse(text);
  if (typeof value !== 'object' || value?.kind !== 'string') throw new Error('no string');
  return Buffer.from(value.bytes).toString('latin1');
};

describe('ISO 32000-2 §7.3 objects', () => {
  test('numbers', async () => {
    expect(['123', '+17', '-98', '0', '34.5', '-3.62', '4.', '-.002', '.5'].map(parse)).toEqual([
      123, 17, -98, 0, 34.5, -3.62, 4, -0.002, 0.5,
    ]);
    for (const text of ['--5', '1e3', '16#FF', '+', '.', '5-', '0x10', 'nan']) {
      expect(await codeOf(() => parse(text)), text).toBe('PDF_SYNTAX');
    }
  });

  test('literal strings: balanced parentheses, escapes, octal, line ends (§7.3.4.2)', async () => {
    expect(bytesOf('(a (nested) b)')).toBe('a (nested) b');
    expect(bytesOf('(\\n\\r\\t\\b\\f\\(\\)\\\\)')).toBe('\n\r\t\b\f()\\');
    expect(bytesOf('(\\053\\53\\0053\\400)')).toBe('++\u00053\u0000');
    expect(bytesOf('(a\\\nb)')).toBe('ab');
    expect(bytesOf('(a\r\nb\rc)')).toBe('a\nb\nc');
    expect(await codeOf(() => parse('(open'))).toBe('PDF_SYNTAX');
  });

  test('hexadecimal strings: white space, odd digits, nothing else (§7.3.4.3)', async () => {
    expect(bytesOf('<48 65\n6C6c6F>')).toBe('Hello');
    expect(bytesOf('<901FA>')).toBe('\x90\x1f\xa0');
    expect(await codeOf(() => parse('<4G>'))).toBe('PDF_SYNTAX');
    expect(await codeOf(() => parse('<48'))).toBe('PDF_SYNTAX');
  });

  test('names (§7.3.5)', async () => {
    expect(['/Name1', '/A#42', '/paired#28#29', '/', '/a#GG'].map(parse)).toEqual(
      ['Name1', 'AB', 'paired()', '', 'a#GG'].map(pdfName),
    );
  });

  test('a key that occurs twice is remembered, and the last one counts', async () => {
    expect(parse('<</A 1/B 2/A 3>>')).toMatchObject({
      duplicates: ['A'],
      entries: new Map([
        ['A', 3],
        ['B', 2],
      ]),
    });
  });

  test('references are told from numbers', async () => {
    expect(parse('[1 0 R 2 0 3]')).toEqual(pdfArray([pdfRef(1), 2, 0, 3]));
    expect(parse('[1 0 Rx]'.replace('x', ' '))).toEqual(pdfArray([pdfRef(1)]));
    expect(await codeOf(() => parse('[1 0 Rx]'))).toBe('PDF_SYNTAX');
  });

  test('nesting is bounded', async () => {
    expect(await codeOf(() => parse('['.repeat(100_000)))).toBe('PDF_LIMIT');
    expect(await codeOf(() => parse('<</A'.repeat(100_000)))).toBe('PDF_LIMIT');
  });

  test('what is written is read back as it was', async () => {
    const leaf: fc.Arbitrary<PdfValue> = fc.oneof(
      fc.constant(null),
      fc.boolean(),
      fc.integer({ min: -2_147_483_648, max: 2_147_483_647 }),
      fc
        .string({
          unit: fc.integer({ min: 1, max: 255 }).map((code) => String.fromCharCode(code)),
          maxLength: 20,
        })
        .map(pdfName),
      fc.uint8Array({ maxLength: 40 }).chain((bytes) => fc.boolean().map((hex) => pdfString(bytes, hex))),
      fc.nat({ max: 8_388_607 }).map((num) => pdfRef(num)),
    );
    const { value } = fc.letrec<{ value: PdfValue }>((tie) => ({
      value: fc.oneof(
        { depthSize: 'small' },
        leaf,
        fc.array(tie('value'), { maxLength: 5 }).map(pdfArray),
        fc
          .dictionary(fc.stringMatching(/^[A-Za-z]{1,8}$/), tie('value'), { maxKeys: 5 })
          .map((entries) => pdfDict(entries)),
      ),
    }));
    const plain = (v: PdfValue): unknown => {
      if (typeof v !== 'object' || v === null) return v;
      if (v.kind === 'string') return Buffer.from(v.bytes).toString('hex');
      if (v.kind === 'array') return v.items.map(plain);
      return v.kind === 'dict' ? [...v.entries].map(([key, item]) => [key, plain(item)]) : v;
    };
    fc.assert(
      fc.property(value, (v) => {
        const read = parseValue(new PdfLexer(writeObject(v)), budget());
        expect(plain(read)).toEqual(plain(v));
      }),
    );
  });
});
