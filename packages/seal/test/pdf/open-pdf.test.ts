import { concatBytes, utf8 } from '@hufu/kernel';
import { zlibSync } from 'fflate';
import { describe, expect, test } from 'vitest';
import {
  formFieldsOf,
  isPdfStream,
  openPdf,
  pagesOf,
  pdfDict,
  pdfName,
  pdfRef,
  pdfText,
} from '../../src/index.ts';
import { codeOf } from '../support/codes.ts';
import { rawPdf } from '../support/raw-pdf.ts';
import { update } from '../validate/support/world.ts';

const text = (bytes: Uint8Array): string => Buffer.from(bytes).toString('latin1');
const bytes = (value: string): Uint8Array => new Uint8Array(Buffer.from(value, 'latin1'));
const edited = (pdf: Uint8Array, from: string | RegExp, to: string): Uint8Array => {
  const changed = text(pdf).replace(from, to);
  expect(changed).not.toBe(text(pdf));
  return bytes(changed);
};

describe('ISO 32000-2 §7.5 file structure', () => {
  test.each(['table', 'stream', 'hybrid'] as const)('a file with a cross-reference %s', (xref) => {
    const file = openPdf(rawPdf({ xref, pages: [{}, { rotate: -90 }, { cropBox: [10, 10, 200, 300] }] }));
    expect(pagesOf(file.latest).map(({ rotate, cropBox }) => [rotate, cropBox[2]])).toEqual([
      [0, 595.276],
      [270, 595.276],
      [0, 200],
    ]);
    expect(file.hybrid).toBe(xref === 'hybrid');
    expect(file.revisions.map(({ end }) => end)).toEqual([file.bytes.length]);
    expect(file.trailing).toHaveLength(0);
  });

  test.each(['table', 'stream'] as const)('every revision is a view of its own, with %s', (xref) => {
    const first = rawPdf({ xref });
    const second = update(first, (made) => made.set(pdfRef(3), pdfDict({ Type: pdfName('Changed') })));
    const third = update(second, (made) => made.set(pdfRef(500), 7));
    const file = openPdf(third);
    expect(file.revisions.map(({ end }) => end)).toEqual([first.length, second.length, third.length]);
    const [one, two, latest] = file.revisions.map(({ view }) => view);
    const typeIn = (view: typeof one) => view!.get(view!.getDict(pdfDict({ It: pdfRef(3) }), 'It'), 'Type');
    expect([one, two, latest].map(typeIn)).toEqual(['Font', 'Changed', 'Changed'].map(pdfName));
    expect([one, two, latest].map((view) => view!.load(pdfRef(500)))).toEqual([null, null, 7]);
    expect(one!.identity(3)).not.toBe(two!.identity(3));
    expect(two!.identity(3)).toBe(latest!.identity(3));
    expect(file.revisionEndingAt(second.length)?.view).toBe(two);
    expect(file.revisionEndingAt(second.length - 1)?.view).toBe(two);
    expect(file.revisionEndingAt(second.length - 2)).toBeUndefined();
    expect(file.revisionEndingAt(second.length + 1)).toBeUndefined();
  });

  test('a reference to nothing, to a deleted object and to another generation is null (§7.3.10)', async () => {
    const view = openPdf(rawPdf()).latest;
    expect([view.load(pdfRef(0)), view.load(pdfRef(4000)), view.load(pdfRef(3, 1))]).toEqual([
      null,
      null,
      null,
    ]);
  });

  const refusals: readonly (readonly [string, string, (pdf: Uint8Array) => Uint8Array])[] = [
    ['no header', 'PDF_HEADER', (pdf) => pdf.subarray(1)],
    ['bytes before the header', 'PDF_HEADER', (pdf) => concatBytes(utf8('\n'), pdf)],
    ['no end', 'PDF_STARTXREF', (pdf) => edited(pdf, '%%EOF', '')],
    ['no startxref', 'PDF_STARTXREF', (pdf) => edited(pdf, 'startxref', 'startxxxx')],
    ['startxref beyond the file', 'PDF_XREF', (pdf) => edited(pdf, /startxref\n\d+/, 'startxref\n999999')],
    ['startxref elsewhere', 'PDF_SYNTAX', (pdf) => edited(pdf, /startxref\n\d+/, 'startxref\n3')],
    [
      'Prev in a circle',
      'PDF_XREF',
      (pdf) => edited(pdf, '/Size', `/Prev ${/startxref\n(\d+)/.exec(text(pdf))![1]}/Size`),
    ],
    ['Prev that is zero', 'PDF_XREF', (pdf) => edited(pdf, '/Size', '/Prev 0/Size')],
    ['Prev that stands elsewhere', 'PDF_XREF', (pdf) => edited(pdf, '/Size', '/Prev 9 0 R/Size')],
    ['an entry that is none', 'PDF_XREF', (pdf) => edited(pdf, '00000 n', '00000 x')],
    ['an object twice in one section', 'PDF_XREF', (pdf) => edited(pdf, '\n3 1\n', '\n2 1\n')],
    ['a section of too many objects', 'PDF_LIMIT', (pdf) => edited(pdf, 'xref\n0 1\n', 'xref\n0 99999999\n')],
  ];
  test.each(refusals)('%s: %s', async (_, code, make) => {
    expect(await codeOf(() => openPdf(make(rawPdf())))).toBe(code);
  });

  test('an object that is not where the cross-reference says is refused when it is asked for', async () => {
    const moved = openPdf(edited(rawPdf(), '3 0 obj\n', '9 0 obj\n'));
    expect(await codeOf(() => moved.latest.load(pdfRef(3)))).toBe('PDF_OBJECT');
    const unended = openPdf(edited(rawPdf(), 'endobj\n10 0', 'endxxx\n10 0'));
    expect(await codeOf(() => unended.latest.load(pdfRef(3)))).toBe('PDF_SYNTAX');
  });

  test('a stream ends where its length says, or it is refused (§7.3.8)', async () => {
    const pdf = rawPdf();
    const shorter = openPdf(edited(pdf, /\/Length (\d)(\d)/, '/Length 1$2'));
    expect(await codeOf(() => shorter.latest.load(pdfRef(11)))).toBe('PDF_STREAM_LENGTH');
    const negative = openPdf(edited(pdf, /\/Length \d\d/, '/Length -9'));
    expect(await codeOf(() => negative.latest.load(pdfRef(11)))).toBe('PDF_STREAM_LENGTH');
    const itself = openPdf(rawPdf({ objects: ['<</Length 100 0 R>>\nstream\nAA\nendstream'] }));
    expect(await codeOf(() => itself.latest.load(pdfRef(100)))).toBe('PDF_STREAM_LENGTH');
  });

  test('a length that stands elsewhere is that of the same revision', async () => {
    const stream = '<</Length 101 0 R>>\nstream\nAAAA\nendstream\nBB\nendstream';
    const first = rawPdf({ objects: [stream.replace('\nBB\nendstream', ''), '4'] });
    const later = update(first, (made) => made.set(pdfRef(101), 3));
    const [before, after] = openPdf(later).revisions.map(({ view }) => view);
    const found = before!.load(pdfRef(100));
    expect(isPdfStream(found) && text(found.data)).toBe('AAAA');
    expect(await codeOf(() => after!.load(pdfRef(100)))).toBe('PDF_STREAM_LENGTH');
  });

  test('bytes behind the end are told', async () => {
    const file = openPdf(concatBytes(rawPdf(), utf8('more')));
    expect(text(file.trailing)).toBe('more');
  });

  test('an encrypted file is told', async () => {
    expect(openPdf(rawPdf({ trailer: '/Encrypt<<>>' })).encrypted).toBe(true);
    expect(openPdf(rawPdf()).encrypted).toBe(false);
  });
});

describe('limits', () => {
  test('a stream that inflates without end is stopped', async () => {
    const bomb = zlibSync(new Uint8Array(2 << 20));
    const pdf = update(rawPdf(), (made) =>
      made.set(pdfRef(100), {
        kind: 'stream',
        dict: pdfDict({ Filter: pdfName('FlateDecode') }),
        data: bomb,
      }),
    );
    const { latest } = openPdf(pdf);
    const stream = latest.load(pdfRef(100));
    expect(await codeOf(() => isPdfStream(stream) && latest.decode(stream))).toBe('PDF_LIMIT');
  });

  test('references in a circle end', async () => {
    const { latest } = openPdf(rawPdf({ objects: ['101 0 R', '100 0 R'] }));
    expect(await codeOf(() => latest.resolve(pdfRef(100)))).toBe('PDF_LIMIT');
  });

  test('a page tree in a circle, or a page in two places, is refused', async () => {
    const pages = (kids: string) => edited(rawPdf({ pages: [{}, {}] }), /\/Kids\[[^\]]+\]/, `/Kids[${kids}]`);
    expect(await codeOf(() => pagesOf(openPdf(pages('10 0 R 2 0 R')).latest))).toMatch(/^PDF_/);
    expect(await codeOf(() => pagesOf(openPdf(pages('10 0 R 10 0 R')).latest))).toMatch(/^PDF_/);
  });

  test('a field that is reached by two ways is refused; one that is listed twice in one place is one', async () => {
    const objects = ['<</T(a)/FT/Tx/Kids[101 0 R]>>', '<</T(b)/Parent 100 0 R>>'];
    const fieldsOf = (fields: string) =>
      formFieldsOf(openPdf(rawPdf({ catalog: `/AcroForm<</Fields[${fields}]>>`, objects })).latest);
    expect(await codeOf(() => fieldsOf('100 0 R 101 0 R'))).toBe('PDF_STRUCTURE');
    expect(fieldsOf('100 0 R 100 0 R').map(({ name }) => name)).toEqual(['a.b']);
  });

  test('sections are counted', async () => {
    let pdf = rawPdf();
    for (let i = 0; i < 5; i++) pdf = update(pdf, (made) => made.set(pdfRef(3), i));
    expect(await codeOf(() => openPdf(pdf, { sections: 5 }))).toBe('PDF_LIMIT');
    expect(openPdf(pdf, { sections: 6 }).revisions).toHaveLength(6);
  });
});

describe('§12.7.4 fields', () => {
  test('names are joined, kinds and values inherited, widgets told from fields', async () => {
    const pdf = rawPdf({
      catalog: '/AcroForm<</Fields[100 0 R]>>',
      objects: [
        '<</T(a)/FT/Tx/V(x)/Kids[101 0 R 102 0 R]>>',
        '<</T<FEFF4E2D>/Parent 100 0 R/Kids[103 0 R 104 0 R]>>',
        '<</T(c)/Parent 100 0 R/FT/Sig>>',
        '<</Subtype/Widget>>',
        '<</Subtype/Widget>>',
      ],
    });
    const fields = formFieldsOf(openPdf(pdf).latest);
    expect(
      fields.map(({ name, type, widgets, parents }) => [name, type, widgets.length, parents.length]),
    ).toEqual([
      ['a.中', 'Tx', 2, 1],
      ['a.c', 'Sig', 1, 1],
    ]);
  });

  test('text strings (§7.9.2.2)', async () => {
    expect(pdfText(utf8('plain'))).toBe('plain');
    expect(pdfText(Uint8Array.of(0xa0, 0x80))).toBe('€•');
    expect(pdfText(Uint8Array.of(0xfe, 0xff, 0x4e, 0x2d, 0xd8, 0x00))).toBe('中\ufffd');
    expect(pdfText(Uint8Array.of(0xef, 0xbb, 0xbf, 0xe4, 0xb8, 0xad))).toBe('中');
  });
});
