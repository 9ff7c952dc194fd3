import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { judgeContent, judgeName } from '../../../src/features/files/content/judge-content.ts';
import { byteRange } from '../../../src/infra/http/byte-range.ts';
import { contentDisposition } from '../../../src/infra/http/content-disposition.ts';
import { EMPTY_ZIP, framedPdf, JPEG, png } from '../../support/library/sample-files.ts';

const joined = (...parts: Uint8Array[]) => new Uint8Array(Buffer.concat(parts));
const text = (content: string) => new Uint8Array(Buffer.from(content));
const codeOf = (bytes: Uint8Array, name: string) => {
  const verdict = judgeContent(bytes, name);
  return verdict.ok ? verdict.mediaType : verdict.code;
};

describe('OD-37 a file is what its bytes are', () => {
  test.each([
    ['合同.pdf', framedPdf(200), 'application/pdf'],
    ['合同.PDF', framedPdf(200), 'application/pdf'],
    ['照片.jpeg', JPEG, 'image/jpeg'],
    ['照片.JPG', JPEG, 'image/jpeg'],
    ['扫描件.png', png(), 'image/png'],
    ['没有后缀', png(), 'image/png'],
    ['第1.2版', png(), 'image/png'],
  ])('%s is taken', (name, bytes, mediaType) => {
    expect(codeOf(bytes, name)).toBe(mediaType);
  });

  test.each([
    ['报价.pdf', text('MZ\x90\0'), 'FILE_EXECUTABLE'],
    ['照片.png', text('\x7fELF\x02'), 'FILE_EXECUTABLE'],
    ['a.jpg', text('#!/bin/sh\n'), 'FILE_EXECUTABLE'],
    ['资料.zip', joined(text('PK\x03\x04'), EMPTY_ZIP), 'FILE_ARCHIVE'],
    ['资料.pdf', text('Rar!\x1a\x07\x01\0'), 'FILE_ARCHIVE'],
    ['资料.pdf', joined(new Uint8Array(257), text('ustar')), 'FILE_ARCHIVE'],
    ['承诺书.doc', new Uint8Array(Buffer.from('d0cf11e0a1b11ae1', 'hex')), 'FILE_OFFICE'],
    ['说明.txt', text('一段文字'), 'FILE_OFFICE'],
    ['说明', text('一段文字'), 'FILE_TYPE'],
    ['x.html', text('<script>alert(1)</script>'), 'FILE_EXECUTABLE'],
    // The name of one thing, the bytes of another
    ['合同.png', framedPdf(200), 'FILE_DISGUISED'],
    ['照片.pdf', png(), 'FILE_DISGUISED'],
    ['setup.exe', png(), 'FILE_DISGUISED'],
    // Two things at once
    ['图.jpg', joined(JPEG, text('Rar!\x1a\x07\x01\0…')), 'FILE_DISGUISED'],
    ['图.jpg', joined(JPEG, text('注释'), EMPTY_ZIP), 'FILE_DISGUISED'],
    ['图.png', joined(png(), new Uint8Array(9), text('MZ\x90')), 'FILE_DISGUISED'],
    ['合同.pdf', joined(framedPdf(200), EMPTY_ZIP), 'FILE_DISGUISED'],
    // Broken off
    ['合同.pdf', framedPdf(3000).subarray(0, 2900), 'FILE_DAMAGED'],
    ['图.png', png().subarray(0, -4), 'FILE_DAMAGED'],
    ['图.jpg', JPEG.subarray(0, -2), 'FILE_DAMAGED'],
  ])('%s (%#) is refused', (name, bytes, code) => {
    expect(codeOf(bytes, name)).toBe(code);
  });

  test('what a camera writes behind its picture is no disguise', () => {
    expect(codeOf(joined(JPEG, text('SEFH notes of the camera')), '照片.jpg')).toBe('image/jpeg');
  });

  test('a picture cut off anywhere is never taken for a whole one, and no bytes make the judge fail', () => {
    const whole = png(3);
    fc.assert(
      fc.property(
        fc.nat(whole.length - 1),
        (length) => codeOf(whole.subarray(0, length), 'a.png') !== 'image/png',
      ),
    );
    const begins = [JPEG.subarray(0, 3), whole.subarray(0, 8), text('%PDF-'), new Uint8Array()];
    fc.assert(
      fc.property(fc.constantFrom(...begins), fc.uint8Array({ maxLength: 300 }), (begin, rest) => {
        judgeContent(joined(begin, rest), 'a');
      }),
    );
  });

  test('a name that forbids itself is refused before a byte has come', () => {
    expect(judgeName('发票.pdf.exe')).toBe('FILE_EXECUTABLE');
    expect(judgeName('资料.7z')).toBe('FILE_ARCHIVE');
    expect(judgeName('清单.xlsx')).toBe('FILE_OFFICE');
    expect(judgeName('清单.pdf')).toBeUndefined();
  });
});

describe('RFC 6266 the name of a download', () => {
  test('Chinese in full, and ASCII for those who read no more', () => {
    expect(contentDisposition('attachment', '营业执照 (副本).pdf')).toBe(
      `attachment; filename="file.pdf"; filename*=UTF-8''%E8%90%A5%E4%B8%9A%E6%89%A7%E7%85%A7%20%28%E5%89%AF%E6%9C%AC%29.pdf`,
    );
    expect(contentDisposition('inline', 'scan 1.png')).toBe(
      `inline; filename="scan 1.png"; filename*=UTF-8''scan%201.png`,
    );
  });

  test('no name breaks out of the header', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 60 }), (name) =>
        /^attachment; filename="[\w .-]+"; filename\*=UTF-8''[A-Za-z0-9%._~-]*$/.test(
          contentDisposition('attachment', name),
        ),
      ),
    );
  });
});

describe('RFC 9110 §14 a range of bytes', () => {
  test.each([
    ['bytes=0-4', { first: 0, last: 4 }],
    ['bytes=5-', { first: 5, last: 9 }],
    ['bytes=-3', { first: 7, last: 9 }],
    ['bytes=-30', { first: 0, last: 9 }],
    ['bytes=8-100', { first: 8, last: 9 }],
    ['bytes=10-', 'unsatisfiable'],
    ['bytes=-0', 'unsatisfiable'],
    ['bytes=4-2', undefined],
    ['bytes=0-1,3-4', undefined],
    ['lines=1-2', undefined],
    ['bytes=-', undefined],
    [undefined, undefined],
  ])('%s of ten bytes', (header, span) => {
    expect(byteRange(header, 10)).toEqual(span);
  });
});
