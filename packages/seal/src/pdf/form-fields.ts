import { sealError } from '../errors.ts';
import { pdfText } from './text.ts';
import {
  isPdfDict,
  isPdfRef,
  isPdfString,
  nameOf,
  type PdfDict,
  type PdfRef,
  type PdfValue,
} from './values.ts';
import type { PdfView } from './view.ts';

export type PdfWidget = { readonly ref: PdfRef | undefined; readonly dict: PdfDict };

/** A terminal field of the interactive form (ISO 32000-2 §12.7.4), with what it inherits. */
export type PdfField = {
  /** Fully qualified: partial names joined by full stops. */
  readonly name: string;
  readonly ref: PdfRef | undefined;
  readonly dict: PdfDict;
  /** `Sig`, `Tx`, `Btn`, `Ch`, or undefined. */
  readonly type: string | undefined;
  /** As written: a reference is not followed. */
  readonly value: PdfValue;
  readonly flags: number;
  /** The field itself when it is merged with its only widget. */
  readonly widgets: readonly PdfWidget[];
  /** Fields above it, the nearest first. */
  readonly parents: readonly PdfRef[];
};

type Above = {
  readonly name: string;
  readonly type: string | undefined;
  readonly value: PdfValue;
  readonly flags: number;
  readonly parents: readonly PdfRef[];
};

const TOP: Above = { name: '', type: undefined, value: null, flags: 0, parents: [] };

const refOf = (value: PdfValue): PdfRef | undefined => (isPdfRef(value) ? value : undefined);

/**
 * All terminal fields of the form. A field that is reached twice is refused: it would be judged in one place and shown
 * in another. @throws PDF_STRUCTURE, PDF_LIMIT, PDF_*
 */
export function formFieldsOf(view: PdfView): readonly PdfField[] {
  const fields: PdfField[] = [];
  const seen = new Set<number>();
  const { limits } = view.budget;

  // A reference to nothing is no field (§7.3.10); should it ever lead to one, that is a later change. Some writers list a
  // field twice in one place, which says nothing new.
  const listed = (items: readonly PdfValue[] = []): readonly PdfValue[] => {
    const known = new Set<number>();
    return items.filter((value) => {
      if (view.resolve(value) === null || (isPdfRef(value) && known.has(value.num))) return false;
      if (isPdfRef(value)) known.add(value.num);
      return true;
    });
  };

  const enter = (value: PdfValue, depth: number): PdfDict => {
    if (depth > limits.depth) throw sealError('PDF_LIMIT', { limit: 'depth' });
    if (isPdfRef(value)) {
      if (seen.has(value.num)) throw sealError('PDF_STRUCTURE', { of: 'form' });
      seen.add(value.num);
      if (seen.size > limits.fields) throw sealError('PDF_LIMIT', { limit: 'fields' });
    }
    const dict = view.resolve(value);
    if (!isPdfDict(dict)) throw sealError('PDF_STRUCTURE', { of: 'form' });
    return dict;
  };

  const walk = (value: PdfValue, above: Above, depth: number): void => {
    const dict = enter(value, depth);
    const partial = view.get(dict, 'T');
    const own = isPdfString(partial) ? pdfText(partial.bytes) : undefined;
    const flags = view.get(dict, 'Ff');
    const here: Above = {
      name: own === undefined ? above.name : above.name === '' ? own : `${above.name}.${own}`,
      type: nameOf(view.get(dict, 'FT')) ?? above.type,
      value: dict.entries.get('V') ?? above.value,
      flags: typeof flags === 'number' ? flags : above.flags,
      parents: isPdfRef(value) ? [value, ...above.parents] : above.parents,
    };
    const kids = listed(view.getArray(dict, 'Kids')?.items);
    const isParent = kids.some((kid) => {
      const inner = view.resolve(kid);
      return isPdfDict(inner) && inner.entries.has('T');
    });
    if (isParent) {
      for (const kid of kids) walk(kid, here, depth + 1);
      return;
    }
    const widgets = kids.map((kid) => ({ ref: refOf(kid), dict: enter(kid, depth + 1) }));
    if (kids.length === 0) widgets.push({ ref: refOf(value), dict });
    const { name, type, flags: bits } = here;
    fields.push({
      name,
      ref: refOf(value),
      dict,
      type,
      value: here.value,
      flags: bits,
      widgets,
      parents: above.parents,
    });
  };
  const form = view.getDict(view.root, 'AcroForm');
  for (const field of listed(view.getArray(form, 'Fields')?.items)) walk(field, TOP, 0);
  return fields;
}
