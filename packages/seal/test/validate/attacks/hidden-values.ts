import type { PdfUpdate } from '../../../src/append/pdf-update.ts';
import { type PdfRef, type PdfValue, pdfArray, pdfDict, pdfRef } from '../../../src/index.ts';
import { rawPdf } from '../../support/raw-pdf.ts';
import { newField, signAnyway } from '../support/hostile-signer.ts';
import { certified, fillField, formPdf, sign, update } from '../support/world.ts';
import {
  type Attack,
  addFields,
  annotate,
  CATALOG,
  change,
  form,
  LURE,
  literal,
  name,
  numbers,
  type Originals,
  open,
  PAGE,
  refused,
} from './attack.ts';

const FIELD = pdfRef(100);
const WHITE = '1 g 0 0 400 80 re f 0 g BT /F1 24 Tf 5 30 Td (Page 7) Tj ET';

const drawing = (data: string): string =>
  `<</Type/XObject/Subtype/Form/BBox[0 0 200 20]/Length ${data.length}>>\nstream\n${data}\nendstream`;

/** A form whose only field is written as given, and drawn by the object behind it. */
const formWith = (entries: string, look: string): Uint8Array =>
  rawPdf({
    pages: [{ extra: '/Annots[100 0 R]' }, {}],
    catalog: '/AcroForm<</Fields[100 0 R]/DA(/F1 0 Tf 0 g)>>',
    objects: [
      `<</Type/Annot/Subtype/Widget/T(amount)/Rect[100 500 300 520]/F 4/P 10 0 R${entries}>>`,
      drawing(look),
    ],
  });

/** P=3, with an annotation that was there when it was certified. */
const annotated = ({ world }: Originals): Promise<Uint8Array> =>
  certified(
    world,
    3,
    rawPdf({
      pages: [{ extra: '/Annots[100 0 R]' }, {}],
      objects: [
        '<</Type/Annot/Subtype/FreeText/Rect[80 280 480 360]/F 4/P 10 0 R/AP<</N 101 0 R>>>>',
        drawing(WHITE),
      ],
    }),
  );

function add(made: PdfUpdate, entries: Readonly<Record<string, PdfValue>>): PdfRef {
  const drawn = made.add(form(LURE, [0, 0, 320, 60]));
  const ref = made.add(
    pdfDict({
      Type: name('Annot'),
      Subtype: name('Widget'),
      FT: name('Sig'),
      T: literal('Sneaky'),
      Rect: numbers(80, 280, 400, 340),
      P: PAGE,
      AP: pdfDict({ N: drawn }),
      ...entries,
    }),
  );
  annotate(made, PAGE, ref);
  addFields(made, ref);
  return ref;
}

/** What a document shows when it is signed is not what it holds: later it is shown (Mainka et al. 2021, and beyond). */
export const hiddenValues: readonly Attack[] = [
  open(
    'a field that shows a text without holding one is filled in with another',
    ['FIELD_REFILLED'],
    async ({ world }) =>
      fillField(await sign(world, formWith('/FT/Tx/AP<</N 101 0 R>>', 'BT /F1 12 Tf (100) Tj ET')), '900'),
  ),
  open('a field that shows a picture is filled in', ['FIELD_REFILLED'], async ({ world }) =>
    fillField(
      await sign(world, formWith('/FT/Tx/AP<</N 101 0 R>>', 'BI /W 1 /H 1 /CS /G /BPC 8 ID x EI')),
      '9',
    ),
  ),
  open('a checked box is unchecked', ['FIELD_REFILLED'], async ({ world }) => {
    const boxes = formWith('/FT/Btn/V/Yes/AS/Yes/AP<</N<</Yes 101 0 R/Off 101 0 R>>>>', 'q Q');
    return update(await sign(world, boxes), (made) =>
      change(made, FIELD, { V: name('Off'), AS: name('Off') }),
    );
  }),
  open('readers are told to draw what nobody saw', ['APPEARANCES_REDRAWN'], async ({ world }) => {
    const twofold = formWith('/FT/Tx/V(1000000)/AP<</N 101 0 R>>', 'BT /F1 12 Tf (100) Tj ET');
    const signed = await sign(world, twofold);
    return update(signed, (made) =>
      change(made, CATALOG, {
        AcroForm: pdfDict(
          new Map<string, PdfValue>([
            ...made.file.latest.getDict(made.file.latest.root, 'AcroForm')!.entries,
            ['NeedAppearances', true],
          ]),
        ),
      }),
    );
  }),
  open('a field that is filled in begins to stand before a line', ['FIELD_MAY_HIDE'], async ({ world }) => {
    const over = rawPdf({
      pages: [{ extra: '/Annots[100 0 R]' }, {}],
      catalog: '/AcroForm<</Fields[100 0 R]>>',
      objects: ['<</Type/Annot/Subtype/Widget/FT/Tx/T(amount)/Rect[80 280 480 360]/F 4/P 10 0 R>>'],
    });
    return update(await sign(world, over), (made) =>
      change(made, FIELD, {
        V: literal('Page 7'),
        AP: pdfDict({ N: made.add(form(WHITE, [0, 0, 400, 80])) }),
      }),
    );
  }),
  refused('P=1: what was filled in is changed', ['FIELD_REFILLED'], async ({ world }) =>
    fillField(await certified(world, 1, formPdf('100')), '900'),
  ),
  open(
    'P=2: a trusted signature drawn by states, in front of a line',
    ['SIGNATURE_MAY_HIDE'],
    ({ certified: levels, world }) =>
      signAnyway(world, levels[2], {
        place: (made) => {
          const drawn = made.update.add(form(WHITE, [0, 0, 400, 80]));
          const look = { AS: name('Seen'), AP: pdfDict({ N: pdfDict({ Seen: drawn }) }) };
          newField(made, {}, { Rect: numbers(80, 280, 480, 360), P: PAGE, ...look });
        },
      }),
  ),
  refused('an unsigned signature field that shows in print alone', ['UNSIGNED_FIELD_SHOWS'], ({ signed }) =>
    update(signed, (made) => add(made, { F: 32 | 4 })),
  ),
  open('P=3: what covered a line is taken away', ['ANNOTATION_MAY_REVEAL'], async (originals) =>
    update(await annotated(originals), (made) => {
      const kept = (made.file.latest.getArray(made.file.latest.root, 'Annots')?.items ?? []).slice(1);
      change(made, PAGE, { Annots: pdfArray(kept) });
    }),
  ),
  open('P=3: a note whose icon is another number', ['ANNOTATION_MAY_HIDE'], ({ certified: levels }) =>
    update(levels[3], (made) =>
      annotate(
        made,
        PAGE,
        made.add(
          pdfDict({
            Type: name('Annot'),
            Subtype: name('Text'),
            Rect: numbers(160, 295, 190, 325),
            F: 4,
            AP: pdfDict({
              N: made.add(form('1 g 0 0 30 30 re f 0 g BT /F1 24 Tf (7) Tj ET', [0, 0, 30, 30])),
            }),
          }),
        ),
      ),
    ),
  ),
];
