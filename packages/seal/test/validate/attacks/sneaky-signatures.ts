import type { PdfUpdate } from '../../../src/append/pdf-update.ts';
import { type PdfRef, type PdfValue, pdfArray, pdfDict, pdfRef, pdfString } from '../../../src/index.ts';
import { newField, signAnyway } from '../support/hostile-signer.ts';
import { SEAL_AT_PAGE_2, sign, update } from '../support/world.ts';
import {
  type Attack,
  addFields,
  annotate,
  form,
  LURE,
  literal,
  name,
  numbers,
  open,
  PAGE,
  refused,
  signatureField,
} from './attack.ts';

type Entries = Readonly<Record<string, PdfValue>>;

function addSignatureField(made: PdfUpdate, entries: Entries = {}): PdfRef {
  const ref = made.add(
    pdfDict({
      Type: name('Annot'),
      Subtype: name('Widget'),
      FT: name('Sig'),
      T: literal('Sneaky'),
      Rect: numbers(80, 280, 400, 340),
      F: 4,
      P: PAGE,
      ...entries,
    }),
  );
  annotate(made, PAGE, ref);
  addFields(made, ref);
  return ref;
}

const drawn = (made: PdfUpdate): Entries => ({ AP: pdfDict({ N: made.add(form(LURE, [0, 0, 320, 60])) }) });

const value = (entries: Entries): PdfValue =>
  pdfDict({
    Type: name('Sig'),
    Filter: name('Adobe.PPKLite'),
    SubFilter: name('adbe.pkcs7.detached'),
    ...entries,
  });

const LEVELS = [undefined, 2, 3] as const;

const from = (level: 1 | 2 | 3 | undefined) => (level === undefined ? 'no certification' : `P=${level}`);

/** Sneaky signature attack (Rohlmann et al. 2021): the look of a later signature field says something else. */
export const sneakySignatures: readonly Attack[] = LEVELS.flatMap((level) => [
  refused(
    `${from(level)}: a field without a value that shows text`,
    ['UNSIGNED_FIELD_SHOWS'],
    ({ certified, signed }) =>
      update(level ? certified[level] : signed, (made) => addSignatureField(made, drawn(made))),
  ),
  refused(`${from(level)}: a value of nothing`, ['UNSOUND_SIGNATURE_ADDED'], ({ certified, signed }) =>
    update(level ? certified[level] : signed, (made) =>
      addSignatureField(made, { ...drawn(made), V: value({}) }),
    ),
  ),
  refused(`${from(level)}: a value that is garbage`, ['UNSOUND_SIGNATURE_ADDED'], ({ certified, signed }) =>
    update(level ? certified[level] : signed, (made) =>
      addSignatureField(made, {
        ...drawn(made),
        V: value({
          Contents: pdfString(new Uint8Array(64).fill(0x30)),
          ByteRange: pdfArray([0, 10, 200, 300]),
        }),
      }),
    ),
  ),
  refused(
    `${from(level)}: the value of the first signature`,
    ['SIG_SHARED', 'UNSOUND_SIGNATURE_ADDED'],
    ({ certified, signed }) =>
      update(level ? certified[level] : signed, (made) => {
        const field = made.file.latest.resolve(signatureField(made));
        const shared = typeof field === 'object' && field?.kind === 'dict' ? field.entries.get('V')! : null;
        addSignatureField(made, { ...drawn(made), V: shared });
      }),
  ),
  open(`${from(level)}: a stranger’s signature`, ['CERT_UNTRUSTED'], ({ certified, signed, world }) =>
    sign(world, level ? certified[level] : signed, { who: world.stranger, places: [SEAL_AT_PAGE_2] }),
  ),
  open(
    `${from(level)}: a trusted signature over half of the page`,
    ['SIGNATURE_MAY_HIDE'],
    ({ certified, signed, world }) =>
      sign(world, level ? certified[level] : signed, {
        who: world.partner,
        places: [{ kind: 'page', page: 0, x: 5, y: 5 }],
        size: 120,
      }),
  ),
  open(
    `${from(level)}: a trusted signature as large as the page`,
    ['SIGNATURE_MAY_HIDE', 'WIDGET_COVERS_PAGE'],
    ({ certified, signed, world }) =>
      sign(world, level ? certified[level] : signed, {
        who: world.partner,
        places: [{ kind: 'page', page: 0, x: 0, y: 0 }],
        size: 209,
      }),
  ),
  refused(`${from(level)}: an action in a new field`, ['ACTION_CHANGED'], ({ certified, signed }) =>
    update(level ? certified[level] : signed, (made) =>
      addSignatureField(made, { A: pdfDict({ S: name('JavaScript'), JS: literal('app.alert(1)') }) }),
    ),
  ),
  open(
    `${from(level)}: a trusted signature with a white field in front of a line`,
    ['SIGNATURE_MAY_HIDE'],
    ({ certified, signed, world }) =>
      signAnyway(world, level ? certified[level] : signed, {
        place: (made) => {
          newField(
            made,
            {},
            {
              Rect: numbers(95, 290, 250, 330),
              P: PAGE,
              AP: pdfDict({
                N: made.update.add(
                  form('1 g 0 0 155 40 re f 0 g BT /F1 24 Tf 5 10 Td (Page 7) Tj ET', [0, 0, 155, 40]),
                ),
              }),
            },
          );
        },
      }),
  ),
]).concat([
  refused('P=1: a further signature', ['SIGNATURE_ADDED'], ({ certified, world }) =>
    signAnyway(world, certified[1], { place: newField }),
  ),
  refused('P=1: an empty signature field', ['SIGNATURE_FIELD_ADDED'], ({ certified }) =>
    update(certified[1], (made) => addSignatureField(made)),
  ),
  refused(
    'stamps that show something else than the seal',
    ['ANNOTATION_ADDED'],
    async ({ signed, world }) => {
      const prepared = update(signed, (made) =>
        annotate(
          made,
          pdfRef(12),
          made.add(
            pdfDict({
              Type: name('Annot'),
              Subtype: name('Stamp'),
              Rect: numbers(80, 280, 400, 340),
              AP: pdfDict({ N: made.add(form(LURE)) }),
            }),
          ),
        ),
      );
      return sign(world, prepared, { who: world.partner, places: [SEAL_AT_PAGE_2] });
    },
  ),
]);
