import { pdfArray, pdfDict, pdfRef } from '../../../src/index.ts';
import { rawPdf } from '../../support/raw-pdf.ts';
import { fillField, sign, update } from '../support/world.ts';
import {
  type Attack,
  annotate,
  append,
  CATALOG,
  change,
  FONT,
  form,
  LURE,
  name,
  numbers,
  type Originals,
  open,
  PAGE,
  PAGES,
  refused,
  stream,
  tailOf,
} from './attack.ts';

const COVER = 102;

/** A page whose true content stands behind a cover that belongs to the page. */
const covered = ({ world }: Originals): Promise<Uint8Array> =>
  sign(
    world,
    rawPdf({
      pages: [{}, {}],
      objects: [
        '<</Type/Catalog/Pages 101 0 R>>',
        '<</Type/Pages/Count 1/Kids[10 0 R]>>',
        `<</Type/XObject/Subtype/Form/BBox[0 0 600 800]/Length ${LURE.length}>>\nstream\n${LURE}\nendstream`,
        '<</F1 3 0 R>>',
      ],
      catalog: '/Spare 102 0 R',
    }),
  );

/** The same, with the cover drawn by the page. */
async function shown(originals: Originals): Promise<Uint8Array> {
  const { world } = originals;
  const base = update(
    rawPdf({
      pages: [{}, {}],
      objects: [
        'null',
        'null',
        `<</Type/XObject/Subtype/Form/BBox[0 0 600 800]/Length ${LURE.length}>>\nstream\n${LURE}\nendstream`,
      ],
    }),
    (made) => {
      change(made, PAGE, {
        Resources: pdfDict({ Font: pdfDict({ F1: FONT }), XObject: pdfDict({ Cover: pdfRef(COVER) }) }),
        Contents: made.add(stream('BT /F1 24 Tf 100 300 Td (Page 1) Tj ET /Cover Do')),
      });
    },
  );
  return sign(world, base);
}

/** An update that lists one object as deleted. */
const deleted = (pdf: Uint8Array, num: number): Uint8Array => {
  const tail = tailOf(
    pdf,
    update(pdf, (made) => made.set(pdfRef(num), null)),
  );
  return append(pdf, tail.replace(/\d{10} 00000 n/, '0000000000 00001 f'));
};

/** Shadow attacks (Mainka et al. 2021): content prepared before signing, revealed after. */
export const shadow: readonly Attack[] = [
  refused('hide: the cover becomes empty', ['PAGE_RESOURCES_CHANGED'], async (originals) =>
    update(await shown(originals), (made) => made.set(pdfRef(COVER), form(''))),
  ),
  refused('hide: the cover is listed as deleted', ['PAGE_RESOURCES_CHANGED'], async (originals) =>
    deleted(await shown(originals), COVER),
  ),
  refused('hide: the cover becomes null', ['PAGE_RESOURCES_CHANGED'], async (originals) =>
    update(await shown(originals), (made) => made.set(pdfRef(COVER), null)),
  ),
  refused('hide: the cover is removed from the resources', ['PAGE_RESOURCES_CHANGED'], async (originals) =>
    update(await shown(originals), (made) =>
      change(made, PAGE, { Resources: pdfDict({ Font: pdfDict({ F1: FONT }) }) }),
    ),
  ),
  refused('hide: a covering annotation is removed', ['ANNOTATION_REMOVED'], async ({ world }) => {
    const base = update(rawPdf({ pages: [{}] }), (made) =>
      annotate(
        made,
        PAGE,
        made.add(
          pdfDict({
            Type: name('Annot'),
            Subtype: name('Square'),
            Rect: numbers(90, 280, 300, 340),
            AP: pdfDict({ N: made.add(form(LURE)) }),
          }),
        ),
      ),
    );
    return update(await sign(world, base), (made) => {
      const [, seal] = made.file.latest.getArray(made.file.latest.resolve(PAGE) as never, 'Annots')!.items;
      change(made, PAGE, { Annots: pdfArray([seal!]) });
    });
  }),
  open('replace: a filled field gets another value', ['FIELD_REFILLED'], ({ filled }) =>
    fillField(filled, '999'),
  ),
  refused('replace: an overlay of a field without a value', ['APPEARANCE_CHANGED'], ({ filled }) =>
    update(filled, (made) => change(made, pdfRef(100), { AP: pdfDict({ N: made.add(form(LURE)) }) })),
  ),
  refused('replace: a font is written over', ['FONT_CHANGED'], ({ signed }) =>
    update(signed, (made) => change(made, FONT, { BaseFont: name('ZapfDingbats') })),
  ),
  open(
    'hide and replace: the catalog is exchanged in the trailer',
    ['CATALOG_CHANGED', 'DOCUMENT_UNSIGNED'],
    async (originals) => {
      const pdf = await covered(originals);
      const tail = tailOf(
        pdf,
        update(pdf, (made) => made.add(null)),
      );
      return append(pdf, tail.replace(/\/Root \d+ 0 R/, '/Root 100 0 R'));
    },
  ),
  refused(
    'hide and replace: another page tree',
    ['PAGE_CHANGED', 'PAGES_CHANGED', 'CATALOG_CHANGED'],
    async (originals) =>
      update(await covered(originals), (made) => change(made, CATALOG, { Pages: pdfRef(101) })),
  ),
  refused(
    'hide and replace: the catalog takes over another one',
    ['PAGES_CHANGED', 'CATALOG_CHANGED'],
    async (originals) =>
      update(await covered(originals), (made) =>
        made.set(
          CATALOG,
          pdfDict({
            Type: name('Catalog'),
            Pages: pdfRef(101),
            AcroForm: made.file.latest.root.entries.get('AcroForm'),
          }),
        ),
      ),
  ),
  refused(
    'hide and replace: a reference that led nowhere gets an object',
    ['PAGE_CONTENT_CHANGED'],
    async ({ world }) => {
      const base = update(rawPdf({ pages: [{}, {}] }), (made) =>
        change(made, PAGE, { Contents: pdfArray([pdfRef(11), pdfRef(500)]) }),
      );
      return update(await sign(world, base), (made) => made.set(pdfRef(500), stream(LURE)));
    },
  ),
  refused('hide and replace: the pages are exchanged', ['PAGES_CHANGED'], ({ signed }) =>
    update(signed, (made) => change(made, PAGES, { Kids: pdfArray([pdfRef(12), pdfRef(10), pdfRef(14)]) })),
  ),
];
