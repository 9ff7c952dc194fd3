import { CodedError, concatBytes, fromHex, toHex } from '@hufu/kernel';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  assertDer,
  type DerReader,
  decodeOid,
  derBitString,
  derBoolean,
  derContext,
  derElement,
  derFractionalTime,
  derGeneralizedTime,
  derIa5String,
  derInteger,
  derNamedBits,
  derNull,
  derOctetString,
  derOid,
  derPrintableString,
  derSequence,
  derSet,
  derTime,
  derUnsigned,
  derUtf8String,
  readDer,
  TAG,
} from '../src/index.ts';

const bytes = (maxLength = 300) => fc.uint8Array({ maxLength });

function code(run: () => unknown): string {
  try {
    run();
  } catch (error) {
    if (error instanceof CodedError) return error.code;
    throw error;
  }
  return 'accepted';
}

const refusal = <T>(hex: string, read: (reader: DerReader) => T) => code(() => readDer(fromHex(hex), read));

describe('what is written is read back', () => {
  test('INTEGER', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: -(1n << 260n), max: 1n << 260n }), (value) => {
        const der = derInteger(value);
        expect(readDer(der, (r) => r.integer({ signed: true }))).toBe(value);
        if (value >= 0n) expect(derUnsigned(fromHex(value.toString(16).padStart(80, '0')))).toEqual(der);
        else expect(code(() => readDer(der, (r) => r.integer()))).toBe('DER_INTEGER');
      }),
    );
  });

  test('OBJECT IDENTIFIER', () => {
    const arc = fc.bigInt({ min: 0n, max: (1n << 128n) - 1n });
    const top = fc.oneof(
      fc.tuple(fc.constantFrom('0', '1'), fc.bigInt({ min: 0n, max: 39n })),
      fc.tuple(fc.constant('2'), fc.bigInt({ min: 0n, max: 1n << 100n })),
    );
    fc.assert(
      fc.property(top, fc.array(arc, { maxLength: 5 }), ([first, second], rest) => {
        const dotted = [first, second, ...rest].join('.');
        expect(readDer(derOid(dotted), (r) => r.oid())).toBe(dotted);
      }),
    );
  });

  test('octets, bits, booleans, text', () => {
    fc.assert(
      fc.property(bytes(70_000), fc.boolean(), fc.string({ unit: 'binary' }), (octets, flag, text) => {
        expect(readDer(derOctetString(octets), (r) => r.octetString())).toEqual(octets);
        expect(readDer(derBitString(octets), (r) => r.bitStringBytes())).toEqual(octets);
        expect(readDer(derBoolean(flag), (r) => r.boolean())).toBe(flag);
        expect(readDer(derUtf8String(text), (r) => r.string())).toBe(text);
      }),
    );
  });

  test('BIT STRING with named bits has no zeros at the end', () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.nat(20)), (bits) => {
        const der = derNamedBits(bits);
        expect(readDer(der, (r) => r.namedBits())).toEqual(new Set(bits));
      }),
    );
    expect(toHex(derNamedBits([]))).toBe('030100');
    expect(toHex(derNamedBits([0, 1]))).toBe('030206c0');
    expect(refusal('030206c0', (r) => r.namedBits())).toBe('accepted');
    expect(refusal('030205c0', (r) => r.namedBits())).toBe('DER_BIT_STRING');
    expect(refusal('03020700', (r) => r.namedBits())).toBe('DER_BIT_STRING');
  });

  test('RFC 5280 §4.1.2.5 time: UTCTime to 2049, GeneralizedTime after', () => {
    const seconds = fc.integer({ min: -62_167_219_200, max: Date.UTC(9999, 11, 31) / 1000 });
    fc.assert(
      fc.property(seconds, (at) => {
        const der = derTime(at * 1000);
        expect(readDer(der, (r) => r.time())).toBe(at * 1000);
        const year = new Date(at * 1000).getUTCFullYear();
        expect(der[0]).toBe(year >= 1950 && year < 2050 ? TAG.utcTime : TAG.generalizedTime);
      }),
    );
  });

  test('RFC 3161 §2.4.2 fractions only when asked for', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: Date.UTC(2300, 0) }), (at) => {
        const der = derFractionalTime(at);
        expect(readDer(der, (r) => r.time({ fraction: true }))).toBe(at);
        expect(code(() => readDer(der, (r) => r.time()))).toBe(at % 1000 === 0 ? 'accepted' : 'DER_TIME');
      }),
    );
  });

  test('SET OF is sorted whatever order it is given in', () => {
    fc.assert(
      fc.property(fc.array(bytes(5), { minLength: 1, maxLength: 8 }), (items) => {
        const elements = items.map((item) => derOctetString(item));
        expect(derSet(...elements.toReversed())).toEqual(derSet(...elements));
        expect(code(() => readDer(derSet(...elements), (r) => drain(r.set())))).toBe('accepted');
      }),
    );
    expect(refusal('3106020102020101', (r) => drain(r.set()))).toBe('DER_SET_ORDER');
    expect(refusal('3106020102020101', (r) => drain(r.set({ unordered: true })))).toBe('accepted');
  });

  test('nested structures, and every cut or surplus byte of them is refused', () => {
    const leaf = fc.oneof(
      bytes().map(derOctetString),
      fc.bigInt({ min: 0n, max: 1n << 200n }).map(derInteger),
      fc.constant(derNull()),
    );
    const { tree } = fc.letrec<{ tree: Uint8Array }>((tie) => ({
      tree: fc.oneof(
        { depthSize: 'small' },
        leaf,
        fc.array(tie('tree'), { maxLength: 3 }).map((items) => derSequence(...items)),
        fc.array(tie('tree'), { maxLength: 3 }).map((items) => derContext(1, ...items)),
      ),
    }));
    fc.assert(
      fc.property(tree, fc.double({ min: 0, max: 1, noNaN: true, maxExcluded: true }), (der, share) => {
        assertDer(der);
        expect(code(() => assertDer(der.subarray(0, Math.floor(share * der.length))))).not.toBe('accepted');
        expect(code(() => assertDer(concatBytes(der, Uint8Array.of(0))))).toBe('DER_TRAILING');
      }),
    );
  });
});

function drain(reader: DerReader): void {
  while (!reader.done) reader.next();
}

describe('X.690 what is BER but not DER is refused', () => {
  const cases: readonly [string, string, (reader: DerReader) => unknown, string][] = [
    ['indefinite length', '30800000', (r) => drain(r.sequence()), 'DER_LENGTH'],
    ['long form for a short length', '0481024142', (r) => r.octetString(), 'DER_LENGTH'],
    ['length with a leading zero', `04820080${'00'.repeat(128)}`, (r) => r.octetString(), 'DER_LENGTH'],
    ['length of five octets', '048500000000024142', (r) => r.octetString(), 'DER_LENGTH'],
    ['reserved length ff', '04ff', (r) => r.octetString(), 'DER_LENGTH'],
    ['header without length', '04', (r) => r.octetString(), 'DER_TRUNCATED'],
    ['length octets missing', '048201', (r) => r.octetString(), 'DER_TRUNCATED'],
    ['content missing', '04054142', (r) => r.octetString(), 'DER_TRUNCATED'],
    ['child beyond its parent', '300304024142', (r) => drain(r.sequence()), 'DER_TRUNCATED'],
    ['high tag number', '1f2000', (r) => r.next(), 'DER_TAG'],
    ['high tag number, context', 'bf810000', (r) => r.next(), 'DER_TAG'],
    ['end of contents', '0000', (r) => r.next(), 'DER_TAG'],
    ['constructed octet string', '240404024142', (r) => r.next(), 'DER_TAG'],
    ['primitive sequence', '1000', (r) => r.next(), 'DER_TAG'],
    ['surplus after the element', '050000', (r) => r.null(), 'DER_TRAILING'],
    ['surplus inside', '300405000500', (r) => r.within(TAG.sequence, (i) => i.null()), 'DER_TRAILING'],
    ['empty integer', '0200', (r) => r.integer(), 'DER_INTEGER'],
    ['padded integer', '02020001', (r) => r.integer(), 'DER_INTEGER'],
    ['padded negative integer', '0202ff80', (r) => r.integer({ signed: true }), 'DER_INTEGER'],
    ['negative integer', '0201ff', (r) => r.integer(), 'DER_INTEGER'],
    ['integer over its limit', '02020100', (r) => r.integer({ maxBytes: 1 }), 'DER_INTEGER'],
    ['true that is not ff', '010101', (r) => r.boolean(), 'DER_BOOLEAN'],
    ['boolean of two octets', '0102ffff', (r) => r.boolean(), 'DER_BOOLEAN'],
    ['null with content', '050100', (r) => r.null(), 'DER_NULL'],
    ['bit string without its first octet', '0300', (r) => r.bitString(), 'DER_BIT_STRING'],
    ['eight unused bits', '03020800', (r) => r.bitString(), 'DER_BIT_STRING'],
    ['unused bits of nothing', '030101', (r) => r.bitString(), 'DER_BIT_STRING'],
    ['unused bits that are set', '03020101', (r) => r.bitString(), 'DER_BIT_STRING'],
    ['unused bits where octets are due', '03020180', (r) => r.bitStringBytes(), 'DER_BIT_STRING'],
    ['empty identifier', '0600', (r) => r.oid(), 'DER_OID'],
    ['padded arc', '06032a8001', (r) => r.oid(), 'DER_OID'],
    ['unfinished arc', '06022a86', (r) => r.oid(), 'DER_OID'],
    ['endless arc', `061588${'80'.repeat(19)}01`, (r) => r.oid(), 'DER_OID'],
    ['bad UTF-8', '0c02c080', (r) => r.string(), 'DER_STRING'],
    ['at sign in PrintableString', '130140', (r) => r.string(), 'DER_STRING'],
    ['high bit in IA5String', '160180', (r) => r.string(), 'DER_STRING'],
    ['surrogate in BMPString', '1e02d800', (r) => r.string(), 'DER_STRING'],
    ['odd BMPString', '1e0141', (r) => r.string(), 'DER_STRING'],
    ['UniversalString beyond Unicode', '1c0400110000', (r) => r.string(), 'DER_STRING'],
    ['letter in NumericString', '120141', (r) => r.string(), 'DER_STRING'],
  ];
  test.each(cases)('%s', (_name, hex, read, expected) => {
    expect(refusal(hex, read)).toBe(expected);
  });

  test.each([
    ['without seconds', TAG.utcTime, '2601010000Z'],
    ['with an offset', TAG.utcTime, '260101000000+0800'],
    ['31 April', TAG.utcTime, '260431000000Z'],
    ['29 February 2027', TAG.generalizedTime, '20270229000000Z'],
    ['hour 24', TAG.utcTime, '260101240000Z'],
    ['second 60', TAG.utcTime, '261231235960Z'],
    ['fraction with zero at the end', TAG.generalizedTime, '20260101000000.10Z'],
    ['fraction that is empty', TAG.generalizedTime, '20260101000000.Z'],
    ['comma', TAG.generalizedTime, '20260101000000,1Z'],
    ['month 0', TAG.utcTime, '260001000000Z'],
    ['day 0', TAG.utcTime, '260100000000Z'],
    ['29 February 1900', TAG.generalizedTime, '19000229000000Z'],
    ['a letter', TAG.utcTime, '26010100000AZ'],
    ['fraction in UTCTime', TAG.utcTime, '260101000000.5Z'],
    ['fraction without a digit before Z', TAG.generalizedTime, '20260101000000.5'],
    ['nothing', TAG.generalizedTime, ''],
    ['local time', TAG.generalizedTime, '20260101000000'],
  ])('time %s', (_name, tag, text) => {
    const der = derElement(tag, new TextEncoder().encode(text));
    expect(code(() => readDer(der, (r) => r.time({ fraction: true })))).toBe('DER_TIME');
  });

  test('nesting has a limit', () => {
    let der = derNull();
    for (let i = 0; i < 30; i++) der = derSequence(der);
    expect(code(() => assertDer(der))).toBe('accepted');
    for (let i = 0; i < 3; i++) der = derSequence(der);
    expect(code(() => assertDer(der))).toBe('DER_DEPTH');
  });

  test('random bytes are either refused with a code or written back the same', () => {
    fc.assert(
      fc.property(bytes(40), (noise) => {
        const outcome = code(() => readDer(noise, (r) => r.integer({ signed: true })));
        if (outcome !== 'accepted') return;
        expect(derInteger(readDer(noise, (r) => r.integer({ signed: true })))).toEqual(noise);
      }),
    );
  });
});

test('X.690 §8.19.5 and §8.19.4 examples', () => {
  expect(decodeOid(fromHex('883703'))).toBe('2.999.3');
  expect(toHex(derOid('2.999.3'))).toBe('0603883703');
  expect(toHex(derOid('1.2.156.10197.1.501'))).toBe('06082a811ccf55018375');
});

test('the writer refuses text that the type does not hold', () => {
  expect(code(() => derPrintableString('虎符'))).toBe('DER_STRING');
  expect(code(() => derIa5String('é'))).toBe('DER_STRING');
  expect(code(() => derUtf8String('\ud800'))).toBe('DER_STRING');
  expect(code(() => derOid('1.40.1'))).toBe('DER_OID');
  expect(code(() => derGeneralizedTime(Date.UTC(10_000, 0)))).toBe('DER_TIME');
});

test('a structure that is kept unread is checked to its leaves', () => {
  const wrap = (hex: string) => derSequence(derContext(0, fromHex(hex)));
  expect(code(() => assertDer(wrap('170d3236303130313030303030305a')))).toBe('accepted');
  expect(code(() => assertDer(wrap('170b323630313031303030305a')))).toBe('DER_TIME');
  expect(code(() => assertDer(wrap('010101')))).toBe('DER_BOOLEAN');
  expect(code(() => assertDer(wrap('02020001')))).toBe('DER_INTEGER');
  expect(code(() => assertDer(wrap('130140')))).toBe('DER_STRING');
  expect(code(() => assertDer(wrap('240404024142')))).toBe('DER_TAG');
});

test('a cursor that is used again walks a long list', () => {
  const entry = derSequence(derInteger(0x1234n), derTime(0));
  const list = derElement(TAG.sequence, ...Array.from({ length: 1000 }, () => entry));
  const serials = readDer(list, (reader) => {
    const entries = reader.sequence();
    const cursor = reader.spare();
    let count = 0;
    while (!entries.done) {
      entries.enterInto(cursor, TAG.sequence);
      if (cursor.integer() === 0x1234n) count++;
    }
    return count;
  });
  expect(serials).toBe(1000);
});
