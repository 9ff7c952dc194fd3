import { derSequence } from '@hufu/gm';
import { utf8 } from '@hufu/kernel';
import { buildSignedData, CONTENT_OID, digest } from '@hufu/pki';
import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import { OFD_REASONS } from '../../src/index.ts';
import { judgeBy, newWorld, sample, sealOf, toolsOf, type World } from '../ses/support.ts';
import { codeOf } from '../support/codes.ts';
import { engine, NOW } from '../support/parties.ts';
import {
  alter,
  blankDocument,
  edit,
  type Files,
  objectionsOf,
  pack,
  sealOfd,
  unpack,
  verify,
} from './support.ts';

const SIGNATURE = 'Doc_0/Signs/Sign_0/Signature.xml';
const LIST = 'Doc_0/Signs/Signatures.xml';

describe('documents in the field', () => {
  test.each([
    ['v4signed.ofd', 13, 1, 'a tax office’s test invoice'],
    ['signedFile.ofd', 13, 1, 'an invoice of Jiangsu'],
    ['SignScaleError.ofd', 7, 1, 'an invoice of Zhejiang'],
    ['allprotected.ofd', 6, 1, 'a document whose list of signatures is closed'],
    ['V4RideRight.ofd', 9, 5, 'a seal across the edges of five pages'],
  ])('GB/T 33190 §18: %s is valid (%i references, %i stamps: %s)', async (file, references, stamps) => {
    const { signatures } = await verify(sample(file));
    expect(signatures).toHaveLength(1);
    const [signature] = signatures;
    expect(signature?.verdict).toEqual({ status: 'valid' });
    expect(signature?.references.filter(({ status }) => status === 'unchanged')).toHaveLength(references);
    expect(signature?.stamps).toHaveLength(stamps);
    expect(signature?.unprotected).toEqual([]);
  });

  test('SESV4SignDoc.ofd was sealed four years after its seal had ended', async () => {
    const [signature] = (await verify(sample('SESV4SignDoc.ofd'))).signatures;
    expect(signature?.verdict).toEqual({ status: 'invalid', reason: 'SEAL_EXPIRED' });
    expect(objectionsOf(await verify(sample('SESV4SignDoc.ofd')))).toEqual([
      ['seal-dates!SEAL_EXPIRED', 'signer-certificate!SIGNER_CERTIFICATE_OUT_OF_DATE'],
    ]);
  });

  test('without trust in its authority an invoice is neither valid nor invalid', async () => {
    const [signature] = (await verify(sample('v4signed.ofd'), toolsOf(judgeBy([])))).signatures;
    expect(signature?.verdict).toEqual({ status: 'indeterminate', reason: 'MAKER_CERTIFICATE_UNTRUSTED' });
  });

  test('DigitalSign.ofd holds a bare signature value that names nobody', async () => {
    const [signature] = (await verify(sample('DigitalSign.ofd'))).signatures;
    expect([signature?.kind, signature?.verdict]).toEqual([
      'sign',
      { status: 'indeterminate', reason: 'SIGNED_VALUE_UNKNOWN' },
    ]);
  });

  test('B.3 the places of a 骑缝章 are told page by page, with the strip that shows', async () => {
    const { documents, signatures } = await verify(sample('V4RideRight.ofd'));
    expect(documents[0]?.pages.map(({ box }) => box)).toEqual(
      Array.from({ length: 5 }, () => ({ x: 0, y: 0, width: 210, height: 297 })),
    );
    expect(
      signatures[0]?.stamps.map(({ page, boundary, clip }) => [page?.index, boundary.x, clip?.x]),
    ).toEqual([
      [0, 202, 0],
      [1, 194, 8],
      [2, 186, 16],
      [3, 178, 24],
      [4, 170, 32],
    ]);
  });
});

describe('documents that were changed', () => {
  test('a changed page', async () => {
    const changed = edit('v4signed.ofd', 'Doc_0/Pages/Page_0/Content.xml', (xml) =>
      xml.replace('318.00', '918.00').replace('</', ' </'),
    );
    expect(objectionsOf(await verify(changed))).toEqual([
      ['references!REFERENCE_CHANGED', 'coverage?CONTENT_NOT_COVERED'],
    ]);
  });

  test('a page that was taken out', async () => {
    const changed = alter('v4signed.ofd', { 'Doc_0/Res/qr.png': undefined });
    expect(objectionsOf(await verify(changed))).toEqual([['references!REFERENCE_MISSING']]);
  });

  test('a file that was put in is told as unprotected', async () => {
    const report = await verify(alter('v4signed.ofd', { 'Doc_0/Annots/Page_0/More.xml': utf8('<x/>') }));
    expect(report.signatures[0]?.unprotected).toEqual(['Doc_0/Annots/Page_0/More.xml']);
    expect(report.signatures[0]?.verdict).toEqual({ status: 'indeterminate', reason: 'CONTENT_NOT_COVERED' });
  });

  test('references that were brought up to date break the seal', async () => {
    const text = utf8('<changed/>');
    const files = unpack(sample('v4signed.ofd'));
    const name = 'Doc_0/Attachs/original_invoice.xml';
    const old = Buffer.from(digest('sm3', files[name]!)).toString('base64');
    const xml = Buffer.from(files[SIGNATURE]!)
      .toString()
      .replace(old, Buffer.from(digest('sm3', text)).toString('base64'));
    const changed = pack({ ...files, [name]: text, [SIGNATURE]: utf8(xml) });
    expect(objectionsOf(await verify(changed))).toEqual([['document-hash!DOCUMENT_CHANGED']]);
  });

  test('a stamp that was moved to another place breaks the seal', async () => {
    const moved = edit('v4signed.ofd', SIGNATURE, (xml) => xml.replace('90.00 8.00', '90.00 80.00'));
    expect(objectionsOf(await verify(moved))).toEqual([['document-hash!DOCUMENT_CHANGED']]);
  });

  test('another seal in the seal’s own file than in the signature', async () => {
    const swapped = alter('SESV4SignDoc.ofd', { 'Doc_0/Signs/Sign_0/Seal.esl': sample('SESealData.DER') });
    expect(objectionsOf(await verify(swapped))[0]).toContain('seal-file!SEAL_FILE_DIFFERS');
  });

  test.each([
    ['SIGNATURE_FILE_MISSING', { [SIGNATURE]: undefined }],
    ['SIGNATURE_FILE_MALFORMED', { [SIGNATURE]: utf8('<Signature/>') }],
    ['SIGNED_VALUE_MISSING', { 'Doc_0/Signs/Sign_0/SignedValue.dat': undefined }],
    ['SIGNED_VALUE_MALFORMED', { 'Doc_0/Signs/Sign_0/SignedValue.dat': derSequence() }],
  ])('%s is a verdict, not a failure', async (reason, changes) => {
    const [signature] = (await verify(alter('v4signed.ofd', changes))).signatures;
    expect(signature?.verdict).toEqual({ status: 'invalid', reason });
  });

  test('an entry that passes content off as its seal hides nothing', async () => {
    const hidden = 'Doc_0/Annots/Page_0/More.xml';
    const entry = '<ofd:Signature ID="9" BaseLoc="/Doc_0/Signs/Sign_9/Signature.xml"/>';
    const files = unpack(sample('v4signed.ofd'));
    const list = Buffer.from(files[LIST]!)
      .toString()
      .replace('</ofd:Signatures>', `${entry}</ofd:Signatures>`);
    const bogus = Buffer.from(files[SIGNATURE]!)
      .toString()
      .replace(
        '<ofd:References',
        `<ofd:Seal><ofd:BaseLoc>/${hidden}</ofd:BaseLoc></ofd:Seal><ofd:References`,
      );
    const forged = pack({
      ...files,
      [hidden]: utf8('<x/>'),
      [LIST]: utf8(list),
      'Doc_0/Signs/Sign_9/Signature.xml': utf8(bogus),
    });
    const report = await verify(forged);
    expect(report.signatures[0]?.unprotected).toEqual([hidden]);
    expect(report.signatures[1]?.verdict.status).toBe('invalid');
  });
});

describe('structures that are refused', () => {
  const withRoot = (xml: string | Uint8Array): Files => ({
    ...blankDocument(),
    'OFD.xml': typeof xml === 'string' ? utf8(xml) : xml,
  });
  const root = Buffer.from(blankDocument()['OFD.xml']!).toString();

  test.each([
    ['a document type', root.replace('?><', '?><!DOCTYPE x><'), 'OFD_XML'],
    [
      'an entity',
      root
        .replace('?><', '?><!DOCTYPE x [<!ENTITY e "Doc_0/Document.xml">]><')
        .replace('>Doc_0/Document.xml<', '>&e;<'),
      'OFD_XML',
    ],
    ['an entity that nobody declared', root.replace('d1', '&e;'), 'OFD_XML'],
    ['another encoding', root.replace('UTF-8', 'GBK'), 'OFD_XML'],
    ['octets that are no UTF-8', Uint8Array.of(0x3c, 0xff), 'OFD_XML'],
    ['unclosed elements', root.replace('</ofd:OFD>', ''), 'OFD_XML'],
    [
      'a foreign name space',
      root.replaceAll('http://www.ofdspec.org/2016', 'http://example.org/'),
      'OFD_XML',
    ],
    ['another root', root.replaceAll('ofd:OFD', 'ofd:PDF'), 'OFD_XML'],
    [
      'two document roots',
      root.replace('<ofd:DocRoot>', '<ofd:DocRoot>x</ofd:DocRoot><ofd:DocRoot>'),
      'OFD_XML',
    ],
    ['no document', root.replace(/<ofd:DocBody>.*<\/ofd:DocBody>/, ''), 'OFD_STRUCTURE'],
    ['a document that is not there', root.replace('Document.xml', 'Other.xml'), 'OFD_STRUCTURE'],
    ['a path that leads out', root.replace('Doc_0/Document.xml', '../Doc_0/Document.xml'), 'OFD_STRUCTURE'],
    ['elements without end', root.replace('d1', '<a>'.repeat(100)), 'OFD_LIMIT'],
  ])('refuses %s', async (_what, xml, code) => {
    expect(await codeOf(() => verify(pack(withRoot(xml))))).toBe(code);
  });

  test('GB/T 33190 §7.5: two pages of one number or of one file are refused', async () => {
    const files = blankDocument();
    const page = '<ofd:Page ID="7" BaseLoc="Pages/Page_0/Content.xml"/>';
    for (const second of [page.replace('Page_0', 'Page_1'), page.replace('"7"', '"8"')]) {
      const document = Buffer.from(files['Doc_0/Document.xml']!)
        .toString()
        .replace(page, page + second);
      const twice = {
        ...files,
        'Doc_0/Document.xml': utf8(document),
        'Doc_0/Pages/Page_1/Content.xml': files['Doc_0/Pages/Page_0/Content.xml']!,
      };
      expect(await codeOf(() => verify(pack(twice)))).toBe('OFD_STRUCTURE');
    }
  });

  test('two entries for one signature are refused', async () => {
    const twice = edit('v4signed.ofd', LIST, (xml) =>
      xml.replace(
        '</ofd:Signatures>',
        '<ofd:Signature ID="2" BaseLoc="/Doc_0/Signs/Sign_0/Signature.xml"/></ofd:Signatures>',
      ),
    );
    expect(await codeOf(() => verify(twice))).toBe('OFD_STRUCTURE');
  });
});

test('structural XML that was damaged is refused with a code or judged, never worse', async () => {
  const files = unpack(sample('v4signed.ofd'));
  const names = ['OFD.xml', 'Doc_0/Document.xml', LIST, SIGNATURE, 'Doc_0/Pages/Page_0/Content.xml'];
  const piece = fc.constantFrom(
    '<',
    '>',
    '"',
    '&',
    '</ofd:References>',
    '<ofd:Signature ID="2"/>',
    '../',
    '1e999',
    '\u0000',
    '<!--',
    ']]>',
  );
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom(...names),
      fc.nat(3000),
      piece,
      fc.nat(20),
      async (name, at, put, cut) => {
        const text = Buffer.from(files[name]!).toString();
        const from = at % text.length;
        const changed = text.slice(0, from) + put + text.slice(from + cut);
        if (changed === text) return;
        const outcome = await codeOf(async () => {
          const report = await verify(pack({ ...files, [name]: utf8(changed) }));
          // A page or a root that changed is a reference that changed; an entry of the list may vanish or move.
          if (name !== LIST)
            expect(report.signatures.every(({ verdict }) => verdict.status !== 'valid')).toBe(true);
        });
        expect(outcome).toMatch(/^(?:accepted|OFD_(?:XML|STRUCTURE|LIMIT))$/);
      },
    ),
    { numRuns: 80 },
  );
});

describe('documents sealed here', () => {
  let world: World;
  let seal: Uint8Array;
  beforeAll(async () => {
    world = await newWorld();
    seal = await sealOf(world);
  });
  const blank = (): Files => {
    const files = blankDocument();
    return { ...files, [LIST]: utf8('') };
  };
  const check = (files: Files) => verify(pack(files), world.tools, NOW + 1000);

  test('B.3 several signatures stand in order, and a later one leaves the earlier one valid', async () => {
    const once = await sealOfd(blank(), { world, seal });
    const twice = await sealOfd(once, {
      world,
      seal,
      stamp: '<ofd:StampAnnot ID="2" PageRef="7" Boundary="100 50 40 40" Clip="0 0 20 40"/>',
    });
    const { signatures } = await check(twice);
    expect(signatures.map(({ id, order, verdict }) => [id, order, verdict.status])).toEqual([
      ['s0', 0, 'valid'],
      ['s1', 1, 'valid'],
    ]);
    expect(signatures[0]?.openForSigning).toEqual([
      LIST,
      'Doc_0/Signs/Sign_1/Signature.xml',
      'Doc_0/Signs/Sign_1/SignedValue.dat',
    ]);
    expect(signatures[1]?.openForSigning).toEqual([LIST]);
  });

  test('a signature that leaves the page out does not speak for the document', async () => {
    const sealed = await sealOfd(blank(), { world, seal, without: ['Doc_0/Pages/Page_0/Content.xml'] });
    const [signature] = (await check(sealed)).signatures;
    expect(signature?.verdict).toEqual({ status: 'indeterminate', reason: 'CONTENT_NOT_COVERED' });
    expect(signature?.unprotected).toEqual(['Doc_0/Pages/Page_0/Content.xml']);
  });

  test('OD-36 digests by MD5 and SHA-1 prove nothing', async () => {
    for (const method of ['MD5', 'SHA1', '1.3.14.3.2.26', 'X']) {
      const [signature] = (await check(await sealOfd(blank(), { world, seal, method }))).signatures;
      expect(signature?.verdict).toEqual({ status: 'invalid', reason: 'REFERENCE_DIGEST_WEAK' });
    }
  });

  test('a signature over nothing and a stamp on a page that does not exist', async () => {
    const names = Object.keys(blank());
    const empty = await sealOfd(blank(), { world, seal, without: names });
    expect(objectionsOf(await check(empty))[0]).toContain('references!NOTHING_COVERED');
    const astray = await sealOfd(blank(), {
      world,
      seal,
      stamp: '<ofd:StampAnnot PageRef="99" Boundary="0 0 40 40"/>',
    });
    expect(objectionsOf(await check(astray))).toEqual([['stamps?STAMP_PAGE_UNKNOWN']]);
  });

  test('GB/T 33190 §18 Type="Sign": CMS over Signature.xml is verified like any signature', async () => {
    const sealed = await sealOfd(blank(), { world, seal });
    const list = utf8(Buffer.from(sealed[LIST]!).toString().replace('"Seal"', '"Sign"'));
    const content = sealed[SIGNATURE]!;
    const { certificate, signer } = world.holder;
    const spec = {
      contentType: CONTENT_OID.data,
      content,
      detached: true,
      certificate,
      certificates: [certificate.der],
      at: NOW,
    };
    const value = await buildSignedData(spec, signer, engine);
    const signed = { ...sealed, [LIST]: list, 'Doc_0/Signs/Sign_0/SignedValue.dat': value };
    expect((await check(signed)).signatures[0]?.verdict).toEqual({ status: 'valid' });
    const moved = utf8(Buffer.from(content).toString().replace('50 50 40 40', '60 50 40 40'));
    expect(objectionsOf(await check({ ...signed, [SIGNATURE]: moved }))).toEqual([
      ['signed-value!SIGNATURE_WRONG'],
    ]);
    const stranger = await verify(pack(signed), toolsOf(judgeBy([])), NOW + 1000);
    expect(stranger.signatures[0]?.verdict).toEqual({ status: 'indeterminate', reason: 'SIGNER_UNCERTAIN' });
  });
});

test('SIGN-003 every reason has a sentence in both languages', () => {
  for (const { zh, en } of Object.values(OFD_REASONS)) {
    expect(zh).toMatch(/[\u4e00-\u9fff]/);
    expect(en).toMatch(/^[A-Z]/);
  }
});
