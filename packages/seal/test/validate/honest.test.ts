import { buildCrl, parseCrl } from '@hufu/pki';
import { beforeAll, describe, expect, test } from 'vitest';
import { isPdfDict, type PdfValue, pdfArray, pdfDict, pdfRef, pdfString } from '../../src/index.ts';
import { engine, NOW, newHolder } from '../support/parties.ts';
import { rawPdf } from '../support/raw-pdf.ts';
import { newField, signAnyway } from './support/hostile-signer.ts';
import {
  addEvidence,
  certified,
  FORM_FIELD,
  fillField,
  formPdf,
  makeWorld,
  plainPdf,
  reasonsOf,
  SEAL_AT_PAGE_2,
  sign,
  stampDocument,
  update,
  validate,
  type World,
} from './support/world.ts';

let world: World;
beforeAll(async () => {
  world = await makeWorld();
});

const statuses = async (pdf: Uint8Array) => {
  const report = await validate(world, pdf);
  expect(reasonsOf(report)).toEqual([]);
  return { verdict: report.verdict.status, headline: report.headline, report };
};

describe('SIGN-006 honest files are valid', () => {
  test.each(['table', 'stream', 'hybrid'] as const)('one signature, cross-reference %s', async (xref) => {
    const { verdict, headline, report } = await statuses(await sign(world, plainPdf(xref)));
    expect([verdict, headline]).toEqual(['valid', 'VALID']);
    const [signature] = report.signatures;
    expect(signature).toMatchObject({
      id: 'S1',
      kind: 'signature',
      level: 'B-B',
      coverage: { wholeFile: true },
      changes: { class: 'none', items: [] },
    });
    expect(signature!.outlines).toHaveLength(1);
  });

  test('several signatures by several people', async () => {
    const first = await sign(world, plainPdf());
    const second = await sign(world, first, { who: world.partner, places: [SEAL_AT_PAGE_2] });
    const third = await sign(world, second, { places: [] });
    const { verdict, headline, report } = await statuses(third);
    expect([verdict, headline]).toEqual(['valid', 'VALID_EXTENDED']);
    expect(report.signatures.map(({ verdict: own }) => own.status)).toEqual(['valid', 'valid', 'valid']);
    expect(report.signatures[0]!.changes).toMatchObject({ class: 'form' });
    expect(report.document.revisions).toHaveLength(4);
    expect(report.document.revisions.at(-1)).toBe(third.length);
  });

  test('a seal over the edges of all pages, by a second signer', async () => {
    const first = await sign(world, plainPdf());
    const second = await sign(world, first, {
      who: world.partner,
      places: [SEAL_AT_PAGE_2, { kind: 'straddle', edge: 'right', offset: 120 }],
    });
    const { verdict, report } = await statuses(second);
    expect(verdict).toBe('valid');
    expect(report.signatures[1]!.outlines.map(({ kind }) => kind)).toEqual([
      'signature',
      'stamp',
      'stamp',
      'stamp',
    ]);
  });

  test('a form filled in after a signature, with and without a certification that permits it', async () => {
    for (const certify of [undefined, 2, 3] as const) {
      const signed = await sign(world, formPdf(), certify ? { certify } : {});
      const { verdict, report } = await statuses(fillField(signed, '100'));
      expect(verdict).toBe('valid');
      expect(report.signatures[0]!.changes.items).toMatchObject([{ class: 'form', reason: 'FIELD_FILLED' }]);
    }
  });

  test('PAdES B-T, B-LT and B-LTA: time stamp, validation data and document time stamp after a certification', async () => {
    const stamped = await sign(world, plainPdf(), { certify: 1, stamped: true });
    const extended = await stampDocument(world, addEvidence(world, stamped));
    const report = await validate(world, extended, { crls: [] });
    expect(reasonsOf(report)).toEqual([]);
    expect(report.signatures.map(({ kind, level }) => [kind, level])).toEqual([
      ['signature', 'B-LTA'],
      ['time-stamp', undefined],
    ]);
    expect(report.signatures[0]!.time.proven).toMatchObject({ by: 'signature-time-stamp' });
    expect(report.signatures[0]!.changes.class).toBe('extension');
  });

  test('a certified document may be signed and stamped', async () => {
    const signed = await sign(world, await certified(world, 2), { who: world.partner });
    expect((await statuses(await stampDocument(world, signed))).verdict).toBe('valid');
  });

  test('a structure in BER with indefinite lengths, as many writers make it', async () => {
    // ContentInfo, [0] and SignedData: their lengths left open, closed by zeros.
    const open = (der: Uint8Array): Uint8Array => {
      const header = (at: number) => (der[at + 1]! < 0x80 ? 2 : 2 + (der[at + 1]! & 0x7f));
      const type = header(0);
      const tagged = type + 2 + der[type + 1]!;
      const data = tagged + header(tagged);
      const inner = data + header(data);
      return Uint8Array.from([
        ...[0x30, 0x80],
        ...der.subarray(type, tagged),
        ...[0xa0, 0x80, 0x30, 0x80],
        ...der.subarray(inner),
        ...[0, 0, 0, 0, 0, 0],
      ]);
    };
    const pdf = await signAnyway(world, plainPdf(), { place: newField, spoil: open });
    const { verdict, report } = await statuses(pdf);
    expect(verdict).toBe('valid');
    const checks = report.signatures[0]!.blocks.flatMap((block) => block.checks);
    expect(checks).toContainEqual({ check: 'distinguished-encoding', status: 'note', reason: 'SIG_NOT_DER' });
  });

  test('fields that a later signer locks, as other programs do it, by making them read-only', async () => {
    const signed = await sign(world, formPdf('100'), { certify: 2 });
    const locked = await signAnyway(world, signed, {
      place: (made) => {
        newField(made);
        const { latest } = made.update.file;
        const field = latest.resolve(pdfRef(FORM_FIELD));
        if (!isPdfDict(field)) throw new Error('field');
        made.update.set(pdfRef(FORM_FIELD), pdfDict(new Map([...field.entries, ['Ff', 1]])));
      },
    });
    const { verdict, report } = await statuses(locked);
    expect(verdict).toBe('valid');
    expect(report.signatures[0]!.changes).toMatchObject({ class: 'form' });
    // Other flags are other rules for the field.
    const flagged = update(signed, (made) => {
      const field = made.file.latest.resolve(pdfRef(FORM_FIELD));
      if (!isPdfDict(field)) throw new Error('field');
      made.set(pdfRef(FORM_FIELD), pdfDict(new Map([...field.entries, ['Ff', 4096]])));
    });
    expect(reasonsOf(await validate(world, flagged))).toEqual(['FIELD_CHANGED']);
  });

  test('usage rights of a reader, which the next signer’s program takes away', async () => {
    const enabled = rawPdf({
      catalog: '/Perms<</UR3 100 0 R>>',
      objects: ['<</Type/Sig/Filter/Adobe.PPKLite>>'],
    });
    const without = update(await sign(world, enabled), (made) =>
      made.set(
        made.rootRef,
        pdfDict(new Map([...made.file.latest.root.entries].filter(([key]) => key !== 'Perms'))),
      ),
    );
    const { verdict, report } = await statuses(without);
    expect(verdict).toBe('valid');
    expect(report.signatures[0]!.changes.items).toMatchObject([{ reason: 'METADATA_CHANGED' }]);
  });

  test('a form that lists its field twice', async () => {
    const twice = update(formPdf(), (made) => {
      const form = made.file.latest.getDict(made.file.latest.root, 'AcroForm')!;
      const fields = pdfArray([pdfRef(FORM_FIELD), pdfRef(FORM_FIELD)]);
      const root = new Map<string, PdfValue>([
        ...made.file.latest.root.entries,
        ['AcroForm', pdfDict(new Map([...form.entries, ['Fields', fields]]))],
      ]);
      made.set(made.rootRef, pdfDict(root));
    });
    expect((await statuses(await sign(world, twice))).verdict).toBe('valid');
  });

  test('two signatures under one name: each is judged, and the name is told', async () => {
    const first = await signAnyway(world, plainPdf(), { place: newField });
    const named = { T: pdfString(new TextEncoder().encode('Hostile0'), false) };
    const second = await signAnyway(world, first, { place: (made) => newField(made, {}, named) });
    const report = await validate(world, second);
    expect(reasonsOf(report)).toEqual(['DOCUMENT_DUPLICATE_FIELD']);
    expect(report.signatures.map(({ verdict }) => verdict.status)).toEqual(['valid', 'valid']);
  });

  test('an update that nothing of the document leads to is told', async () => {
    const updated = update(await sign(world, plainPdf()), (made) => made.add(7));
    const { verdict, report } = await statuses(updated);
    expect(verdict).toBe('valid');
    expect(report.signatures[0]!.changes.items).toMatchObject([{ reason: 'UPDATE_WITHOUT_EFFECT' }]);
  });

  test('a range that ends behind more than one line end', async () => {
    const spaced = Buffer.from(await sign(world, plainPdf())).toString('latin1');
    const longer = new Uint8Array(Buffer.from(`${spaced}\n\n`, 'latin1'));
    expect((await statuses(longer)).verdict).toBe('valid');
  });

  test('SM2 with the structure of GM/T 0010', async () => {
    const holder = await newHolder('sm2');
    const pdf = await sign(world, plainPdf(), { who: holder });
    const { createTrustStore, anchorFromCertificate } = await import('@hufu/pki');
    const store = createTrustStore({
      engine,
      anchors: [anchorFromCertificate(holder.root.certificate)],
      intermediates: [],
    });
    const list = await buildCrl(
      {
        issuer: holder.root.certificate.subject.der,
        thisUpdate: NOW - 1000,
        nextUpdate: NOW + 1000,
        crlNumber: 1n,
        authorityKeyIdentifier: holder.root.certificate.subjectKeyIdentifier!,
        entries: [],
      },
      holder.root.signer,
    );
    const report = await validate(world, pdf, { store, crls: [parseCrl(list)] });
    expect(report.verdict).toEqual({ status: 'valid' });
    expect(report.signatures[0]!.digestAlgorithm).toBe('sm3');
  });
});
