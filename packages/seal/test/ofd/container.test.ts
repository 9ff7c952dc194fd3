import { concatBytes, utf8 } from '@hufu/kernel';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { DEFAULT_OFD_LIMITS, openOfdPackage, verifyOfd } from '../../src/index.ts';
import { sample, toolsOf, trustEverybody } from '../ses/support.ts';
import { codeOf } from '../support/codes.ts';
import { NOW } from '../support/parties.ts';
import { extraField, type RawEntry, type RawZip, rawZip } from './raw-zip.ts';
import { blankDocument, pack, unpack, verify } from './support.ts';

const entry = (name: string | Uint8Array, more: Partial<RawEntry> = {}): RawEntry => ({
  name,
  data: utf8('content of a file, content of a file'),
  ...more,
});

const open = (entries: readonly RawEntry[], options?: RawZip) =>
  codeOf(() => {
    const opened = openOfdPackage(rawZip(entries, options));
    for (const name of opened.names) opened.read(name);
  });

describe('GB/T 33190 §6: a container in which every reader sees the same files', () => {
  test('stored and compressed files, folders, Chinese names and a comment are read', async () => {
    const folder: RawEntry = { name: '附件/', data: new Uint8Array(), method: 0 };
    const entries = [entry('OFD.xml'), folder, entry('附件/清单.xml', { method: 0 })];
    const opened = openOfdPackage(rawZip(entries, { comment: utf8('made by hand') }));
    expect(opened.names).toEqual(['OFD.xml', '附件/清单.xml']);
    expect(opened.read('附件/清单.xml')).toEqual(entry('x').data);
    expect(opened.resolve('ofd.XML')).toBe('OFD.xml');
    expect(opened.resolve('other')).toBeUndefined();
    expect(await codeOf(() => opened.read('other'))).toBe('OFD_STRUCTURE');
  });

  test('names in GB 18030 are read as Chinese software writes them', () => {
    const gbk = Uint8Array.of(0xb8, 0xbd, 0xbc, 0xfe);
    expect(openOfdPackage(rawZip([entry(gbk, { flags: 0 })])).names).toEqual(['附件']);
  });

  test.each([
    ['two files of one name', [entry('a'), entry('a')]],
    ['names that differ only in case', [entry('Doc_0/A.xml'), entry('doc_0/a.xml')]],
    ['names that differ only in normal form', [entry('\u00e9'), entry('e\u0301')]],
    ['a file and a folder of one name', [entry('a'), entry('a/', { data: new Uint8Array() })]],
  ])('refuses %s', async (_what, entries) => {
    expect(await open(entries)).toBe('OFD_DUPLICATE');
  });

  test.each([
    ['../outside'],
    ['Doc_0/../../outside'],
    ['/etc/passwd'],
    ['Doc_0//x'],
    ['./x'],
    ['C:/x'],
    ['Doc_0\\x'],
    ['x\u0000.xml'],
    ['x\u0007'],
    [''],
    ['a'.repeat(1025)],
  ])('refuses the name %j', async (name) => {
    expect(await open([entry(name)])).toBe('OFD_NAME');
  });

  test('refuses a name that is no text, and a second name beside the first', async () => {
    expect(await open([entry(Uint8Array.of(0xff, 0xfe))])).toBe('OFD_NAME');
    const second = extraField(0x7075, concatBytes(new Uint8Array(5), utf8('b.xml')));
    expect(await open([entry('a.xml', { extra: second })])).toBe('OFD_NAME');
    const same = extraField(0x7075, concatBytes(new Uint8Array(5), utf8('a.xml')));
    expect(await open([entry('a.xml', { extra: same })])).toBe('accepted');
  });

  test.each([
    ['another local name', [entry('a', { localName: 'b' })], {}],
    ['bytes before the first entry', [entry('a', { before: utf8('MZ') })], {}],
    ['bytes between entries', [entry('a'), entry('b', { before: utf8('PK') })], {}],
    ['bytes before the directory', [entry('a')], { gap: utf8('x') }],
    ['bytes behind the end', [entry('a')], { tail: utf8('x') }],
    ['a directory that counts less', [entry('a'), entry('b')], { count: 1 }],
    ['a wrong checksum', [entry('a', { stated: { crc: 1 } })], {}],
    ['a stated size below the truth', [entry('a', { stated: { size: 5 } })], {}],
    ['a stated size above the truth', [entry('a', { stated: { size: 5000 } })], {}],
    ['a stored file of two sizes', [entry('a', { method: 0, stated: { size: 5 } })], {}],
    ['a packed size beyond the file', [entry('a', { stated: { packed: 0x7fffffff } })], {}],
    ['a broken extra field', [entry('a', { extra: Uint8Array.of(1, 2, 3) })], {}],
  ] as const)('refuses %s', async (_what, entries, options) => {
    expect(await open(entries, options)).toBe('OFD_ZIP');
  });

  test.each([
    ['encryption', [entry('a', { flags: 0x0801 })]],
    ['another compression', [entry('a', { method: 12 })]],
    ['ZIP64', [entry('a', { extra: extraField(1, new Uint8Array(16)) })]],
  ] as const)('refuses %s', async (_what, entries) => {
    expect(await open(entries)).toBe('OFD_ZIP_UNSUPPORTED');
  });
});

describe('bounds', () => {
  test('refuses too many entries, too large a file and too much together before unpacking', async () => {
    const limited = (limits: Partial<typeof DEFAULT_OFD_LIMITS>, entries: readonly RawEntry[]) =>
      codeOf(() => openOfdPackage(rawZip(entries), { ...DEFAULT_OFD_LIMITS, ...limits }));
    const three = [entry('a'), entry('b'), entry('c')];
    expect(await limited({ entries: 2 }, three)).toBe('OFD_LIMIT');
    expect(await limited({ entryBytes: 10 }, three)).toBe('OFD_LIMIT');
    expect(await limited({ totalBytes: 100 }, three)).toBe('OFD_LIMIT');
    expect(await limited({ freeBytes: 100, ratio: 0 }, three)).toBe('OFD_LIMIT');
    expect(await limited({ freeBytes: 100, ratio: 1 }, three)).toBe('accepted');
    expect(await limited({}, three)).toBe('accepted');
  });

  test('XML is bounded by what is parsed of it, not by the length of a page', async () => {
    const files = { ...unpack(sample('v4signed.ofd')) };
    const page = 'Doc_0/Pages/Page_0/Content.xml';
    const long = Buffer.from(files[page]!)
      .toString()
      .replace('</ofd:Page>', `<!--${' '.repeat(200_000)}--></ofd:Page>`);
    const bytes = pack({ ...files, [page]: utf8(long) });
    const limited = (limits: Partial<typeof DEFAULT_OFD_LIMITS>) =>
      codeOf(() =>
        verifyOfd(bytes, {
          ...toolsOf(trustEverybody),
          now: NOW,
          limits: { ...DEFAULT_OFD_LIMITS, ...limits },
        }),
      );
    expect(await limited({ xmlBytes: 40_000 })).toBe('accepted');
    expect(await limited({ xmlBytes: 1000 })).toBe('OFD_LIMIT');
    expect(await limited({ xmlTotalBytes: 5000 })).toBe('OFD_LIMIT');
    expect(await limited({ pages: 0 })).toBe('OFD_LIMIT');
    expect(await limited({ signatures: 0 })).toBe('OFD_LIMIT');
  });

  test('a bomb that states its size is refused by the ratio', async () => {
    const bomb = entry('a', { data: new Uint8Array(20 << 20), stated: { crc: 0 } });
    expect(await open([bomb])).toBe('OFD_LIMIT');
  });

  test('many signatures whose files are long are refused together', async () => {
    const NS = 'xmlns:ofd="http://www.ofdspec.org/2016"';
    const long = utf8(`<ofd:Signature ${NS}>${'<ofd:a/>'.repeat(20_000)}</ofd:Signature>`);
    const entries = Array.from({ length: 8 }, (_, i) => `<ofd:Signature ID="${i}" BaseLoc="${i}.xml"/>`);
    const files = {
      ...blankDocument(),
      'Doc_0/Signs/Signatures.xml': utf8(`<ofd:Signatures ${NS}>${entries.join('')}</ofd:Signatures>`),
      ...Object.fromEntries(entries.map((_, i) => [`Doc_0/Signs/${i}.xml`, long])),
    };
    const limits = { ...DEFAULT_OFD_LIMITS, xmlTotalBytes: 1_000_000 };
    const judged = () => verifyOfd(pack(files), { ...toolsOf(trustEverybody), now: NOW, limits });
    expect(await codeOf(judged)).toBe('OFD_LIMIT');
  });

  test('a bomb that states a small size is stopped where that size ends', async () => {
    const bomb = entry('a', { data: new Uint8Array(4_000_000), stated: { size: 1000, crc: 0 } });
    expect(await open([bomb])).toBe('OFD_ZIP');
  });

  test('garbage and damaged documents are refused with a code, within bounds', async () => {
    const document = sample('allprotected.ofd');
    const any = fc.oneof(
      fc.uint8Array({ maxLength: 400 }),
      fc
        .tuple(fc.nat(document.length - 1), fc.uint8Array({ minLength: 1, maxLength: 16 }))
        .map(([at, patch]) => {
          const copy = document.slice();
          copy.set(patch.subarray(0, copy.length - at), at);
          return copy;
        }),
      fc.nat(document.length - 1).map((length) => document.subarray(0, length)),
      fc.nat(document.length - 1).map((start) => document.subarray(start)),
    );
    await fc.assert(
      fc.asyncProperty(any, async (bytes) => {
        expect(await codeOf(() => verify(bytes))).toMatch(/^(?:accepted|OFD_[A-Z_]+)$/);
      }),
      { numRuns: 100 },
    );
  });

  test('OD-36 a document in which any octet was changed is never valid', async () => {
    const document = sample('allprotected.ofd');
    await fc.assert(
      fc.asyncProperty(fc.nat(document.length - 1), fc.integer({ min: 1, max: 255 }), async (at, mask) => {
        const copy = document.slice();
        copy[at]! ^= mask;
        // Times, versions and attributes of the container say nothing of the content.
        const same = await codeOf(() => {
          const [before, after] = [openOfdPackage(document), openOfdPackage(copy)];
          expect(after.names).toEqual(before.names);
          for (const name of before.names)
            expect(Buffer.from(after.read(name)).equals(before.read(name))).toBe(true);
        });
        if (same === 'accepted') return;
        const outcome = await codeOf(async () => {
          const { signatures } = await verify(copy);
          expect(signatures[0]?.verdict.status).not.toBe('valid');
        });
        expect(outcome).toMatch(/^(?:accepted|OFD_[A-Z_]+)$/);
      }),
      { numRuns: 60 },
    );
  });
});
