import { CodedError, equalBytes } from '@hufu/kernel';
import { sealError } from '../../errors.ts';
import {
  isPdfArray,
  isPdfDict,
  isPdfName,
  isPdfRef,
  isPdfStream,
  isPdfString,
  type PdfArray,
  type PdfDict,
  type PdfStream,
  type PdfValue,
} from '../../pdf/values.ts';
import type { DocumentModel } from './document-model.ts';
import { LINK_KEYS } from './unstable-objects.ts';

/** Where two revisions differ, seen from one object with a role. */
export type Difference = {
  /** Keys from that object down, array places as `[i]`. */
  readonly path: readonly string[];
  readonly kind: 'added' | 'removed' | 'changed' | 'unreadable';
  readonly before: PdfValue;
  readonly after: PdfValue;
};

export type DiffTools = {
  readonly before: DocumentModel;
  readonly after: DocumentModel;
  /** See `unstableObjects`. */
  readonly unstable: ReadonlySet<number>;
};

const MAX_DEPTH = 400;
const MAX_DIFFERENCES = 4000;

type Place = { readonly path: readonly string[]; readonly key: string };

/**
 * Compares one value of two revisions, down to everything that it leads to. References to the same number are equal
 * when nothing below them changed; others are compared by what they lead to. @throws PDF_LIMIT
 */
export function diffValues(
  before: PdfValue,
  after: PdfValue,
  options: { readonly tools: DiffTools; readonly path: readonly string[]; readonly key?: string },
): readonly Difference[] {
  const { tools } = options;
  const found: Difference[] = [];
  const seen = new Set<string>();

  const report = (place: Place, kind: Difference['kind'], values: readonly [PdfValue, PdfValue]): void => {
    if (found.length >= MAX_DIFFERENCES) throw sealError('PDF_LIMIT', { limit: 'differences' });
    found.push({ path: place.path, kind, before: values[0], after: values[1] });
  };

  const resolved = (x: PdfValue, y: PdfValue, place: Place): readonly [PdfValue, PdfValue] | undefined => {
    try {
      return [tools.before.view.resolve(x), tools.after.view.resolve(y)];
    } catch (error) {
      if (!(error instanceof CodedError) || error.code === 'PDF_LIMIT') throw error;
      report(place, 'unreadable', [x, y]);
      return undefined;
    }
  };

  const hasRole = (value: PdfValue): boolean =>
    isPdfRef(value) && (tools.before.roles.has(value.num) || tools.after.roles.has(value.num));

  /** True when the references settle the question without looking further. */
  const settled = (x: PdfValue, y: PdfValue, place: Place): boolean => {
    if (isPdfRef(x) && isPdfRef(y)) {
      const same = x.num === y.num && x.gen === y.gen;
      if (same && !tools.unstable.has(x.num)) return true;
      if (LINK_KEYS.has(place.key) && (hasRole(x) || hasRole(y))) {
        if (!same) report(place, 'changed', [x, y]);
        return true;
      }
    }
    if (!isPdfRef(x) && !isPdfRef(y)) return false;
    const name = (value: PdfValue): string => (isPdfRef(value) ? `${value.num} ${value.gen}` : '');
    const pair = isPdfRef(x) && isPdfRef(y) ? `${name(x)}|${name(y)}` : undefined;
    if (pair === undefined) return false;
    if (seen.has(pair)) return true;
    seen.add(pair);
    return false;
  };

  const walk = (x: PdfValue, y: PdfValue, place: Place): void => {
    tools.after.view.budget.spend('values', 1);
    if (place.path.length > MAX_DEPTH) throw sealError('PDF_LIMIT', { limit: 'depth' });
    if (settled(x, y, place)) return;
    const values = resolved(x, y, place);
    if (values === undefined) return;
    const [a, b] = values;
    if (a === null && b === null) return;
    if (a === null || b === null) report(place, a === null ? 'added' : 'removed', [x, y]);
    else if (isPdfStream(a) && isPdfStream(b)) walkStreams(a, b, place);
    else if (isPdfDict(a) && isPdfDict(b)) walkDicts(a, b, place);
    else if (isPdfArray(a) && isPdfArray(b)) walkArrays(a, b, place);
    else if (!sameAtoms(a, b)) report(place, 'changed', values);
  };

  const walkStreams = (a: PdfStream, b: PdfStream, place: Place): void => {
    const sameBytes =
      a.data.byteOffset === b.data.byteOffset && a.data.length === b.data.length
        ? a.data.buffer === b.data.buffer
        : equalBytes(a.data, b.data);
    if (!sameBytes) report(place, 'changed', [a, b]);
    walkDicts(a.dict, b.dict, place, 'Length');
  };

  const walkDicts = (a: PdfDict, b: PdfDict, place: Place, except?: string): void => {
    if (b.duplicates.length > a.duplicates.length) report(place, 'changed', [a, b]);
    for (const key of new Set([...a.entries.keys(), ...b.entries.keys()])) {
      if (key === except) continue;
      walk(a.entries.get(key) ?? null, b.entries.get(key) ?? null, { path: [...place.path, key], key });
    }
  };

  const walkArrays = (a: PdfArray, b: PdfArray, place: Place): void => {
    for (let i = 0; i < Math.max(a.items.length, b.items.length); i++) {
      const path = [...place.path, `[${i}]`];
      walk(a.items[i] ?? null, b.items[i] ?? null, { path, key: place.key });
    }
  };

  walk(before, after, { path: options.path, key: options.key ?? options.path.at(-1) ?? '' });
  return found;
}

function sameAtoms(a: PdfValue, b: PdfValue): boolean {
  // One parsed value serves all revisions that read it from the same bytes; signature values are long.
  if (a === b) return true;
  if (isPdfName(a) && isPdfName(b)) return a.name === b.name;
  if (isPdfString(a) && isPdfString(b)) return equalBytes(a.bytes, b.bytes);
  return false;
}
