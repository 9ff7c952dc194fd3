import type { PdfDict, PdfValue } from '../../../src/index.ts';
import { pdfDict, pdfRef } from '../../../src/index.ts';
import { update } from '../support/world.ts';
import {
  type Attack,
  annotate,
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

type Entries = Readonly<Record<string, PdfValue>>;

const annotation = (subtype: string | undefined, entries: Entries = {}): PdfDict =>
  pdfDict({
    Type: name('Annot'),
    Subtype: subtype === undefined ? undefined : name(subtype),
    Rect: numbers(80, 280, 400, 340),
    F: 4,
    ...entries,
  });

const added =
  (subtype: string | undefined, level: 1 | 2 | 3, entries: Entries = {}) =>
  (originals: Originals) =>
    update(originals.certified[level], (made) => {
      const drawn = pdfDict({ N: made.add(form(LURE, [0, 0, 320, 60])) });
      annotate(made, PAGE, made.add(annotation(subtype, { AP: drawn, ...entries })));
    });

/** What can stand in front of content, by the table of the paper. */
const COVERING = [
  'FreeText',
  'Stamp',
  'Square',
  'Circle',
  'Line',
  'Polygon',
  'PolyLine',
  'Ink',
  'Highlight',
  'Underline',
  'Squiggly',
  'StrikeOut',
  'Caret',
  'Text',
  'FileAttachment',
];
/** What no comment is: redaction, media, and what hides its kind. */
const NO_COMMENTS = [
  'Redact',
  'Watermark',
  'Screen',
  'Movie',
  'RichMedia',
  '3D',
  'PrinterMark',
  'TrapNet',
  'Link',
  'Widget',
  'Unheard',
  undefined,
];

/** Evil annotation attack and certification bypass (Rohlmann et al. 2021), each kind of annotation at each level. */
export const evilAnnotations: readonly Attack[] = [
  ...COVERING.flatMap((subtype) => [
    open(`P=3: ${subtype} in front of the text`, ['ANNOTATION_MAY_HIDE'], added(subtype, 3)),
    refused(`P=2: ${subtype} is added`, ['ANNOTATION_ADDED'], added(subtype, 2)),
    refused(`P=1: ${subtype} is added`, ['ANNOTATION_ADDED'], added(subtype, 1)),
  ]),
  ...NO_COMMENTS.flatMap((subtype) =>
    ([1, 2, 3] as const).map((level) =>
      refused(
        `P=${level}: ${subtype ?? 'no kind'} is added`,
        ['PAGE_CHANGED', 'FOREIGN_WIDGET'],
        added(subtype, level),
      ),
    ),
  ),
  refused('no certification: a comment is added', ['ANNOTATION_ADDED'], ({ signed }) =>
    update(signed, (made) => annotate(made, PAGE, made.add(annotation('Text')))),
  ),
  refused('no certification: a stamp over the text', ['ANNOTATION_ADDED'], ({ signed }) =>
    update(signed, (made) =>
      annotate(made, PAGE, made.add(annotation('Stamp', { AP: pdfDict({ N: made.add(form(LURE)) }) }))),
    ),
  ),
  refused('P=3: an annotation that is written into the page itself', ['PAGE_CHANGED'], ({ certified }) =>
    update(certified[3], (made) => annotate(made, PAGE, annotation('FreeText'))),
  ),
  refused(
    'P=3: a comment with an action',
    ['ACTION_CHANGED'],
    added('Text', 3, { A: pdfDict({ S: name('JavaScript'), JS: literal('app.alert(1)') }) }),
  ),
  open(
    'P=3: the seal’s own stamps are covered by a later one',
    ['ANNOTATION_MAY_HIDE'],
    added('Stamp', 3, { Rect: numbers(360, 100, 500, 240) }),
  ),
  open(
    'P=3: the text of a reference to nothing, later an annotation',
    ['ANNOTATION_MAY_HIDE', 'PAGE_CHANGED'],
    ({ certified }) => {
      const first = update(certified[3], (made) => annotate(made, PAGE, pdfRef(700)));
      return update(first, (made) =>
        made.set(pdfRef(700), annotation('FreeText', { AP: pdfDict({ N: made.add(form(LURE)) }) })),
      );
    },
  ),
  refused(
    'P=2: the permissions are removed, then the page is annotated',
    ['CATALOG_CHANGED', 'ANNOTATION_ADDED'],
    ({ certified }) =>
      update(certified[2], (made) => {
        change(made, pdfRef(1), { Perms: undefined });
        annotate(made, PAGE, made.add(annotation('Text')));
      }),
  ),
];
