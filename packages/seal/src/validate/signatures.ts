import type { PdfField } from '../pdf/form-fields.ts';
import { isPdfDict, isPdfRef, isPdfString, nameOf, type PdfDict, type PdfRef } from '../pdf/values.ts';
import type { PdfView } from '../pdf/view.ts';
import { documentModel } from './changes/document-model.ts';

/** A signature field with a value, as the newest revision shows it. */
export type FoundSignature = {
  readonly field: PdfField;
  readonly dict: PdfDict;
  /** Of the value; undefined when it stands in the field itself. */
  readonly ref: PdfRef | undefined;
  readonly subFilter: string;
};

/** Signatures of a revision, in the order of the form. */
export function signaturesOf(view: PdfView): readonly FoundSignature[] {
  return documentModel(view).fields.flatMap((field) => {
    const dict = field.type === 'Sig' ? view.resolve(field.value) : null;
    if (!isPdfDict(dict)) return [];
    const ref = isPdfRef(field.value) ? field.value : undefined;
    return [{ field, dict, ref, subFilter: nameOf(view.get(dict, 'SubFilter')) ?? '' }];
  });
}

/** Offset of the value of /Contents in the file; -1 when it is not a string of its own. */
export function contentsStart(dict: PdfDict): number {
  const contents = dict.entries.get('Contents');
  return isPdfString(contents) ? contents.start : -1;
}
