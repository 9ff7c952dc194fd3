import { derElement, derOid, derPrintableString, derSequence, derSet, derUtf8String } from '@hufu/gm';
import { utf8 } from '@hufu/kernel';
import { describe, expect, test } from 'vitest';
import { parseCertificate } from '../src/index.ts';
import { assemble } from './support/certificate-parts.ts';

describe('RFC 5280 §7.1 names', () => {
  const keyOf = (der: Uint8Array) => parseCertificate(assemble({ issuer: der })).issuer.key;
  const single = (value: Uint8Array, oid = '2.5.4.3') => derSequence(derSet(derSequence(derOid(oid), value)));

  test.each([
    ['case and spaces', derUtf8String('  Grass   LAND ca '), derUtf8String('grass land CA')],
    ['string type', derPrintableString('Grass'), derUtf8String('grass')],
    ['full width forms', derUtf8String('ＣＡ（草原）'), derUtf8String('ca(草原)')],
    ['sharp s', derUtf8String('Straße'), derUtf8String('STRASSE')],
    ['soft hyphen', derUtf8String('Gra\u00adss'), derUtf8String('Grass')],
  ])('are equal whatever their %s', (_what, one, other) => {
    expect(keyOf(single(one))).toBe(keyOf(single(other)));
  });

  test.each([
    ['value', single(derUtf8String('草原')), single(derUtf8String('草愿'))],
    ['attribute', single(derUtf8String('a')), single(derUtf8String('a'), '2.5.4.10')],
    ['inner space', single(derUtf8String('a b')), single(derUtf8String('ab'))],
    [
      'shape, though the text looks alike',
      single(derUtf8String('a","2.5.4.10=b')),
      derSequence(
        derSet(
          derSequence(derOid('2.5.4.3'), derUtf8String('a')),
          derSequence(derOid('2.5.4.10'), derUtf8String('b')),
        ),
      ),
    ],
  ])('differ by %s', (_what, one, other) => {
    expect(keyOf(one)).not.toBe(keyOf(other));
  });

  test('text that its type does not allow is kept as octets, not guessed', () => {
    const certificate = parseCertificate(assemble({ issuer: single(derElement(0x13, utf8('草原'))) }));
    expect(certificate.issuer.rdns[0]![0]!.text).toBeUndefined();
    expect(certificate.issuer.key).not.toBe(keyOf(single(derUtf8String('草原'))));
  });
});
