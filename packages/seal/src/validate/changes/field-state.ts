import type { PdfField } from '../../pdf/form-fields.ts';
import { isPdfArray, isPdfStream, isPdfString, nameOf, type PdfValue } from '../../pdf/values.ts';
import type { PdfView } from '../../pdf/view.ts';
import { readForm } from './content-walk.ts';
import { appearancesOf } from './may-hide.ts';

/** One field among those of a revision, also where two bear one name. */
export const fieldKey = ({ ref, name }: PdfField): string => `${ref?.num ?? ''}=${name}`;

/** A text, a chosen state, chosen options; an unchecked box is empty. */
function hasValue(value: PdfValue): boolean {
  if (isPdfString(value)) return value.bytes.length > 0;
  if (isPdfArray(value)) return value.items.length > 0;
  const state = nameOf(value);
  return state === undefined ? isPdfStream(value) : state !== 'Off';
}

/** Whether a field held something: a value, or an appearance that shows one although the value is empty. */
export function isFilled(view: PdfView, field: PdfField): boolean {
  if (hasValue(view.resolve(field.value))) return true;
  if (field.type === 'Btn') return false;
  return field.widgets
    .flatMap(({ dict }) => appearancesOf(view, dict))
    .some((form) => {
      const { texts, pictures } = readForm(view, form);
      return texts.length > 0 || pictures;
    });
}
