import { pdfArray, pdfDict, pdfRef } from '../../../src/index.ts';
import { formPdf, sign, update } from '../support/world.ts';
import {
  type Attack,
  addFields,
  annotate,
  change,
  dictAt,
  form,
  LURE,
  literal,
  name,
  numbers,
  open,
  PAGE,
  refused,
  SECOND_PAGE,
  signatureField,
  stream,
} from './attack.ts';

const SIGNED = ['SIGNED_FIELD_CHANGED'] as const;

/** The look or place of a signature is exchanged after it was made. */
const appearanceSwap: readonly Attack[] = [
  refused('the appearance of the seal is exchanged', SIGNED, ({ signed }) =>
    update(signed, (made) =>
      change(made, signatureField(made), { AP: pdfDict({ N: made.add(form(LURE)) }) }),
    ),
  ),
  refused('the stream of the appearance is exchanged', SIGNED, ({ signed }) =>
    update(signed, (made) => {
      const { latest } = made.file;
      const normal = latest.getDict(dictAt(made, signatureField(made)), 'AP')?.entries.get('N');
      if (typeof normal !== 'object' || normal?.kind !== 'ref') throw new Error('appearance');
      made.set(normal, form(LURE));
    }),
  ),
  refused('the picture of the seal is exchanged', SIGNED, ({ signed }) =>
    update(signed, (made) => {
      const { latest } = made.file;
      const normal = latest.resolve(
        latest.getDict(dictAt(made, signatureField(made)), 'AP')?.entries.get('N'),
      );
      const inner = typeof normal === 'object' && normal?.kind === 'stream' ? normal.dict : undefined;
      const seal = latest.getDict(latest.getDict(inner, 'Resources'), 'XObject')?.entries.get('Seal');
      if (typeof seal !== 'object' || seal?.kind !== 'ref') throw new Error('picture');
      made.set(
        seal,
        stream('', {
          Type: name('XObject'),
          Subtype: name('Image'),
          Width: 1,
          Height: 1,
          ColorSpace: name('DeviceGray'),
          BitsPerComponent: 8,
        }),
      );
    }),
  ),
  refused('the seal is moved', SIGNED, ({ signed }) =>
    update(signed, (made) => change(made, signatureField(made), { Rect: numbers(10, 10, 120, 120) })),
  ),
  refused('the seal is hidden', SIGNED, ({ signed }) =>
    update(signed, (made) => change(made, signatureField(made), { F: 2 })),
  ),
  refused(
    'the seal is moved to another page',
    ['FORM_STRUCTURE_CHANGED', 'ANNOTATION_CHANGED', 'SIGNED_FIELD_CHANGED'],
    ({ signed }) =>
      update(signed, (made) => {
        const field = signatureField(made);
        change(made, PAGE, { Annots: pdfArray([]) });
        annotate(made, SECOND_PAGE, field);
      }),
  ),
  refused('the seal is taken off its page', ['FORM_STRUCTURE_CHANGED', 'ANNOTATION_REMOVED'], ({ signed }) =>
    update(signed, (made) => change(made, PAGE, { Annots: pdfArray([]) })),
  ),
  open(
    'the signature is taken out of the form',
    ['DOCUMENT_UNSIGNED', 'DOCUMENT_STRAY_SIGNATURE'],
    ({ signed }) =>
      update(signed, (made) => {
        const form = made.file.latest.root.entries.get('AcroForm');
        if (typeof form !== 'object' || form?.kind !== 'ref') throw new Error('form');
        change(made, form, { Fields: pdfArray([]) });
      }),
  ),
];

/** Fields that pretend to be what they are not. */
const spoofedFields: readonly Attack[] = [
  refused(
    'a second field of the same name',
    ['FIELD_NAME_REUSED', 'DOCUMENT_DUPLICATE_FIELD'],
    ({ signed }) =>
      update(signed, (made) => {
        const twin = made.add(pdfDict({ ...Object.fromEntries(dictAt(made, signatureField(made)).entries) }));
        annotate(made, PAGE, twin);
        addFields(made, twin);
      }),
  ),
  refused(
    'a signature widget that the form does not list',
    ['DOCUMENT_STRAY_SIGNATURE', 'FOREIGN_WIDGET'],
    ({ signed }) =>
      update(signed, (made) =>
        annotate(
          made,
          PAGE,
          made.add(
            pdfDict({
              Type: name('Annot'),
              Subtype: name('Widget'),
              FT: name('Sig'),
              T: literal('Fake'),
              Rect: numbers(100, 100, 220, 220),
              AP: pdfDict({ N: made.add(form(LURE)) }),
            }),
          ),
        ),
      ),
  ),
  refused('a text widget that belongs to no field', ['FOREIGN_WIDGET'], ({ signed }) =>
    update(signed, (made) =>
      annotate(
        made,
        PAGE,
        made.add(
          pdfDict({
            Type: name('Annot'),
            Subtype: name('Widget'),
            FT: name('Tx'),
            T: literal('x'),
            V: literal('PAID'),
            Rect: numbers(100, 400, 300, 600),
            AP: pdfDict({ N: made.add(form(LURE)) }),
          }),
        ),
      ),
    ),
  ),
  refused('a new text field', ['FORM_STRUCTURE_CHANGED'], ({ signed }) =>
    update(signed, (made) => {
      const field = made.add(
        pdfDict({
          Type: name('Annot'),
          Subtype: name('Widget'),
          FT: name('Tx'),
          T: literal('x'),
          V: literal('PAID'),
          Rect: numbers(100, 400, 300, 600),
          AP: pdfDict({ N: made.add(form(LURE)) }),
        }),
      );
      annotate(made, PAGE, field);
      addFields(made, field);
    }),
  ),
  refused('a text field is moved', ['FIELD_CHANGED'], ({ form: signed }) =>
    update(signed, (made) =>
      change(made, pdfRef(100), { Rect: numbers(100, 300, 300, 320), V: literal('1') }),
    ),
  ),
  refused('a text field becomes a signature', ['FORM_STRUCTURE_CHANGED'], ({ form: signed }) =>
    update(signed, (made) => change(made, pdfRef(100), { FT: name('Sig') })),
  ),
  refused('a text field shows what it does not hold', ['APPEARANCE_CHANGED'], ({ form: signed }) =>
    update(signed, (made) => change(made, pdfRef(100), { AP: pdfDict({ N: made.add(form(LURE)) }) })),
  ),
  refused('the form becomes an XFA form', ['FORM_STRUCTURE_CHANGED'], ({ signed }) =>
    update(signed, (made) => {
      const ref = made.file.latest.root.entries.get('AcroForm');
      if (typeof ref !== 'object' || ref?.kind !== 'ref') throw new Error('form');
      change(made, ref, { XFA: made.add(stream('<xdp/>')) });
    }),
  ),
];

/** One object in two roles: a permitted change in the one must not slip in as the other. */
const twoRoles: readonly Attack[] = [
  refused(
    'the appearance of a field is also the content of the page',
    ['PAGE_CONTENT_CHANGED', 'FIELD_CHANGED'],
    async ({ form: signed, world }) => {
      const shared = update(signed, (made) => {
        const both = made.add(form('0 g'));
        change(made, pdfRef(100), { AP: pdfDict({ N: both }) });
        change(made, PAGE, { Contents: pdfArray([pdfRef(11), both]) });
      });
      const original = await sign(world, shared, { places: [] });
      return update(original, (made) => {
        const { latest } = made.file;
        const normal = latest.getDict(dictAt(made, pdfRef(100)), 'AP')?.entries.get('N');
        if (typeof normal !== 'object' || normal?.kind !== 'ref') throw new Error('appearance');
        made.set(normal, form(LURE));
        change(made, pdfRef(100), { V: literal('5') });
      });
    },
  ),
  refused('a text field is also a font of the page', ['FONT_CHANGED'], async ({ world }) => {
    const shared = update(formPdf(), (made) => {
      change(made, pdfRef(100), { BaseFont: name('Helvetica') });
      change(made, PAGE, { Resources: pdfDict({ Font: pdfDict({ F1: pdfRef(100) }) }) });
    });
    return update(await sign(world, shared), (made) => change(made, pdfRef(100), { V: literal('5') }));
  }),
];

export const appearanceAndFields: readonly Attack[] = [...appearanceSwap, ...spoofedFields, ...twoRoles];
