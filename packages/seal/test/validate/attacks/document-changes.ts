import type { PdfUpdate } from '../../../src/append/pdf-update.ts';
import { pdfArray, pdfDict, pdfRef } from '../../../src/index.ts';
import { signCertifyingAnyway, signIntoField } from '../support/hostile-signer.ts';
import { fillField, formPdf, update } from '../support/world.ts';
import {
  type Attack,
  annotate,
  CATALOG,
  change,
  dictAt,
  FONT,
  LURE,
  literal,
  name,
  numbers,
  type Originals,
  open,
  PAGE,
  PAGES,
  refused,
  SECOND_PAGE,
  signatureField,
  stream,
} from './attack.ts';

const edit = (make: (made: PdfUpdate) => void) => (originals: Originals) => update(originals.signed, make);

const script = pdfDict({ S: name('JavaScript'), JS: literal('app.alert(1)') });

/** Scripts and actions. */
const actions: readonly Attack[] = [
  refused(
    'a script when the document opens',
    ['ACTION_CHANGED'],
    edit((made) => change(made, CATALOG, { OpenAction: script })),
  ),
  refused(
    'an additional action of the document',
    ['ACTION_CHANGED'],
    edit((made) => change(made, CATALOG, { AA: pdfDict({ WP: script }) })),
  ),
  refused(
    'a named script',
    ['ACTION_CHANGED', 'CATALOG_CHANGED'],
    edit((made) =>
      change(made, CATALOG, {
        Names: pdfDict({ JavaScript: pdfDict({ Names: pdfArray([literal('a'), script]) }) }),
      }),
    ),
  ),
  refused(
    'an additional action of a page',
    ['ACTION_CHANGED'],
    edit((made) => change(made, PAGE, { AA: pdfDict({ O: script }) })),
  ),
  refused(
    'an additional action of the signed field',
    ['SIGNED_FIELD_CHANGED'],
    edit((made) => change(made, signatureField(made), { AA: pdfDict({ E: script }) })),
  ),
  refused('an additional action of a text field', ['ACTION_CHANGED'], ({ form: signed }) =>
    update(signed, (made) => change(made, pdfRef(100), { AA: pdfDict({ F: script }) })),
  ),
  refused(
    'a link over the page',
    ['ACTION_CHANGED'],
    edit((made) =>
      annotate(
        made,
        PAGE,
        made.add(
          pdfDict({
            Type: name('Annot'),
            Subtype: name('Link'),
            Rect: numbers(0, 0, 600, 800),
            A: pdfDict({ S: name('URI'), URI: literal('https://evil.example') }),
          }),
        ),
      ),
    ),
  ),
];

/** Fonts decide what a code looks like ("fonts considered harmless"). */
const fonts: readonly Attack[] = [
  refused(
    'another encoding',
    ['FONT_CHANGED'],
    edit((made) => change(made, FONT, { Encoding: pdfDict({ Differences: pdfArray([49, name('nine')]) }) })),
  ),
  refused(
    'another text behind the look',
    ['FONT_CHANGED'],
    edit((made) => change(made, FONT, { ToUnicode: made.add(stream('begincmap')) })),
  ),
  refused(
    'another font file',
    ['FONT_CHANGED'],
    edit((made) =>
      change(made, FONT, { FontDescriptor: made.add(pdfDict({ FontFile: made.add(stream('x')) })) }),
    ),
  ),
  refused(
    'another font under the same name',
    ['FONT_CHANGED'],
    edit((made) =>
      change(made, PAGE, {
        Resources: pdfDict({
          Font: pdfDict({ F1: made.add(pdfDict({ Type: name('Font'), Subtype: name('Type3') })) }),
        }),
      }),
    ),
  ),
];

const pages: readonly Attack[] = [
  refused(
    'a page is added',
    ['PAGES_CHANGED'],
    edit((made) => {
      const page = made.add(pdfDict({ ...Object.fromEntries(dictAt(made, SECOND_PAGE).entries) }));
      change(made, PAGES, { Count: 4, Kids: pdfArray([pdfRef(10), pdfRef(12), pdfRef(14), page]) });
    }),
  ),
  refused(
    'a page is removed',
    ['PAGES_CHANGED'],
    edit((made) => change(made, PAGES, { Count: 2, Kids: pdfArray([pdfRef(10), pdfRef(14)]) })),
  ),
  refused(
    'pages change places',
    ['PAGES_CHANGED'],
    edit((made) => change(made, PAGES, { Kids: pdfArray([pdfRef(14), pdfRef(12), pdfRef(10)]) })),
  ),
  refused(
    'the number of pages is misstated',
    ['PAGE_CHANGED'],
    edit((made) => change(made, PAGES, { Count: 1 })),
  ),
  refused(
    'a page is turned',
    ['PAGE_GEOMETRY_CHANGED'],
    edit((made) => change(made, SECOND_PAGE, { Rotate: 90 })),
  ),
  refused(
    'a page is cropped',
    ['PAGE_GEOMETRY_CHANGED'],
    edit((made) => change(made, SECOND_PAGE, { CropBox: numbers(0, 0, 595, 200) })),
  ),
  refused(
    'all pages are cropped from above',
    ['PAGE_CHANGED'],
    edit((made) => change(made, PAGES, { CropBox: numbers(0, 0, 595, 200) })),
  ),
  refused(
    'a page draws one more stream',
    ['PAGE_CONTENT_CHANGED'],
    edit((made) => change(made, SECOND_PAGE, { Contents: pdfArray([pdfRef(13), made.add(stream(LURE))]) })),
  ),
  refused(
    'a page gets a transparency group',
    ['PAGE_CHANGED'],
    edit((made) => change(made, PAGE, { Group: pdfDict({ S: name('Transparency') }) })),
  ),
  refused(
    'a page is replaced by another object',
    ['PAGES_CHANGED'],
    edit((made) => {
      const page = made.add(pdfDict({ ...Object.fromEntries(dictAt(made, SECOND_PAGE).entries) }));
      change(made, PAGES, { Kids: pdfArray([pdfRef(10), page, pdfRef(14)]) });
    }),
  ),
  refused(
    'optional content is added',
    ['CATALOG_CHANGED'],
    edit((made) => change(made, CATALOG, { OCProperties: pdfDict({ OCGs: pdfArray([]) }) })),
  ),
  refused(
    'a dictionary gets a key twice',
    ['PAGE_RESOURCES_CHANGED', 'PAGE_CHANGED', 'OBJECT_UNREADABLE', 'FONT_CHANGED'],
    edit((made) => change(made, PAGE, { Resources: pdfDict({ Font: pdfDict({}) }) })),
  ),
];

/** Field locks (ISO 32000-2 §12.8.2.4) and certifications in the wrong place. */
const locks: readonly Attack[] = [
  refused('a field that the signature locks is filled in', ['LOCKED_FIELD_CHANGED'], async ({ world }) => {
    const base = update(formPdf(), (made) => {
      const field = made.add(
        pdfDict({
          Type: name('Annot'),
          Subtype: name('Widget'),
          FT: name('Sig'),
          T: literal('Locking'),
          Rect: numbers(0, 0, 0, 0),
          Lock: pdfDict({ Type: name('SigFieldLock'), Action: name('All') }),
        }),
      );
      change(made, CATALOG, { AcroForm: pdfDict({ Fields: pdfArray([pdfRef(100), field]) }) });
    });
    return fillField(await signIntoField(world, base, 'Locking'), '5');
  }),
  open(
    'a second signature that certifies',
    ['CERTIFICATION_LATE', 'CATALOG_CHANGED'],
    async ({ signed, world }) => {
      return signCertifyingAnyway(world, signed);
    },
  ),
];

export const documentChanges: readonly Attack[] = [...actions, ...fonts, ...pages, ...locks];
