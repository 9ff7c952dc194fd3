import { concatBytes } from '@hufu/kernel';
import { PdfUpdate } from '../../../src/append/pdf-update.ts';
import { openPdf, pdfArray, pdfDict, pdfRef } from '../../../src/index.ts';
import { rawPdf } from '../../support/raw-pdf.ts';
import { sign, update } from '../support/world.ts';
import {
  type Attack,
  append,
  change,
  LURE,
  latin1,
  open,
  PAGE,
  PAGE_CONTENT,
  refused,
  replacePage,
  signatureField,
  stream,
  tailOf,
  toText,
} from './attack.ts';

/** Holds catalog, pages and font of the raw documents with streams. */
const OBJECT_STREAM = pdfRef(4);

const body = (pdf: Uint8Array): string => {
  const tail = tailOf(pdf, replacePage(pdf));
  return tail.slice(0, tail.indexOf('xref\n'));
};

/** Its signature dictionary once more, with the same numbers, in an update that signs nothing. */
const copiedSignature = (pdf: Uint8Array): Uint8Array =>
  update(pdf, (made) => {
    const field = made.file.latest.resolve(signatureField(made));
    if (typeof field !== 'object' || field?.kind !== 'dict') throw new Error('field');
    const ref = field.entries.get('V');
    const value = made.file.latest.resolve(ref);
    if (
      typeof ref !== 'object' ||
      ref?.kind !== 'ref' ||
      typeof value !== 'object' ||
      value?.kind !== 'dict'
    ) {
      throw new Error('signature');
    }
    made.set(ref, pdfDict(new Map(value.entries)));
    made.set(PAGE_CONTENT, stream(LURE));
  });

/** A cross-reference of its own that knows nothing of the past. */
function withoutPrevious(pdf: Uint8Array): Uint8Array {
  const text = tailOf(pdf, replacePage(pdf)).replace(/\/Prev \d+/, '');
  return append(pdf, text);
}

/** The same content change through a cross-reference stream in a file of tables. */
function otherCrossReference(pdf: Uint8Array): Uint8Array {
  const made = new PdfUpdate(openPdf(pdf));
  const at = pdf.length;
  const object = `11 0 obj\n<</Length ${LURE.length}>>\nstream\n${LURE}\nendstream\nendobj\n`;
  const row = (offset: number) => `01${offset.toString(16).padStart(8, '0')}0000`;
  const rows = `${row(at)}${row(at + object.length)}>`;
  const section = `900 0 obj\n<</Type/XRef/Filter/ASCIIHexDecode/W[1 4 2]/Index[11 1 900 1]/Size 901/Root 1 0 R/Prev ${made.file.sections[0]!.offset}/Length ${rows.length}>>\nstream\n${rows}\nendstream\nendobj\n`;
  return append(pdf, `${object}${section}startxref\n${at + object.length}\n%%EOF\n`);
}

const CONTENT = ['PAGE_CONTENT_CHANGED'] as const;
const UNREADABLE = ['DOCUMENT_UNREADABLE'] as const;

/** Incremental saving attacks (Mladenov et al. 2019), each way to append content. */
export const incrementalSaving: readonly Attack[] = [
  refused('a complete update', CONTENT, ({ signed }) => replacePage(signed)),
  refused('a complete update of a file with streams', CONTENT, ({ streamed }) => replacePage(streamed)),
  refused('two updates, the second one honest', CONTENT, ({ signed }) =>
    update(replacePage(signed), (made) => made.add(stream('0 g'))),
  ),
  refused('changed and changed back', CONTENT, ({ signed }) =>
    update(replacePage(signed), (made) => made.set(PAGE_CONTENT, openPdf(signed).latest.load(PAGE_CONTENT))),
  ),
  refused('an update through the other kind of cross-reference', CONTENT, ({ signed }) =>
    otherCrossReference(signed),
  ),
  refused('objects without a cross-reference', ['DOCUMENT_TRAILING_BYTES'], ({ signed }) =>
    append(signed, body(signed)),
  ),
  refused('objects and an end mark without a cross-reference', ['DOCUMENT_TRAILING_BYTES'], ({ signed }) =>
    append(signed, `${body(signed)}%%EOF\n`),
  ),
  open('objects and a trailer alone', UNREADABLE, ({ signed }) =>
    append(signed, `${body(signed)}trailer\n<</Root 1 0 R/Size 99>>\nstartxref\n0\n%%EOF\n`),
  ),
  open('a cross-reference that is not where it should be', UNREADABLE, ({ signed }) =>
    append(signed, tailOf(signed, replacePage(signed)).replace(/startxref\n\d+/, 'startxref\n7')),
  ),
  open('no end mark', ['DOCUMENT_TRAILING_BYTES', 'DOCUMENT_UNREADABLE'], ({ signed }) =>
    append(signed, tailOf(signed, replacePage(signed)).replace('%%EOF\n', '')),
  ),
  open('a cross-reference without a past', ['DOCUMENT_UNREADABLE', 'DOCUMENT_UNSIGNED'], ({ signed }) =>
    withoutPrevious(signed),
  ),
  refused('its signature copied', ['SIG_NOT_IN_REVISION', 'SIG_GAP', 'SIGNED_FIELD_CHANGED'], ({ signed }) =>
    copiedSignature(signed),
  ),
  refused('bytes behind the end', ['DOCUMENT_TRAILING_BYTES'], ({ signed }) =>
    append(signed, '% nothing to see\n'),
  ),
  open(
    'another document behind the end',
    ['DOCUMENT_TRAILING_BYTES', 'SIG_REVISION_END', 'DOCUMENT_UNREADABLE'],
    ({ signed, form }) => {
      const text = toText(form);
      return concatBytes(signed, latin1(text.slice(0, text.lastIndexOf('startxref'))));
    },
  ),
  refused('an object stream is exchanged under its objects', ['FONT_CHANGED'], ({ streamed }) =>
    update(streamed, (made) => {
      const { latest } = made.file;
      const packed = latest.load(OBJECT_STREAM);
      if (typeof packed !== 'object' || packed?.kind !== 'stream') throw new Error('object stream');
      const text = toText(latest.decode(packed)).replace('Helvetica', 'Wingdings');
      made.set(OBJECT_STREAM, { ...packed, data: latin1(text) });
    }),
  ),
  refused('the length of a stream, which stands elsewhere, grows', CONTENT, async ({ world }) => {
    const twoEnds = '<</Length 101 0 R>>\nstream\n0 g\nendstream\nendobj\n1 g\nendstream';
    const base = update(rawPdf({ objects: [twoEnds, '3'] }), (made) =>
      change(made, PAGE, { Contents: pdfArray([PAGE_CONTENT, pdfRef(100)]) }),
    );
    const longer = '0 g\nendstream\nendobj\n1 g'.length;
    return update(await sign(world, base), (made) => made.set(pdfRef(101), longer));
  }),
  refused(
    'an end mark that leads back to an older cross-reference',
    ['DOCUMENT_TRAILING_BYTES'],
    ({ signed }) => {
      const [last] = toText(signed).match(/startxref\n\d+\n%%EOF\n$/)!;
      return append(signed, `${body(signed)}${last}`);
    },
  ),
];
