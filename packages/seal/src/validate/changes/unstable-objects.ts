import { CodedError } from '@hufu/kernel';
import type { PdfFile, PdfRevision } from '../../pdf/open-pdf.ts';
import type { PdfValue } from '../../pdf/values.ts';
import type { PdfView } from '../../pdf/view.ts';
import { documentModel } from './document-model.ts';

/**
 * Keys under which objects with a role of their own are linked to, back and forth. Elsewhere a page, a field or an
 * annotation is taken for what it is used as there, so that no object escapes by having two roles.
 */
export const LINK_KEYS: ReadonlySet<string> = new Set([
  'Parent',
  'P',
  'Pg',
  'Page',
  'Kids',
  'Annots',
  'Fields',
  'CO',
  'Dest',
  'D',
  'Dests',
  'Names',
  'Nums',
  'Obj',
  'K',
  'Popup',
  'IRT',
  'Data',
]);

/** Calls `visit` for every reference inside a value, with the nearest dictionary key above it. */
function eachReference(value: PdfValue, key: string, visit: (num: number, key: string) => void): void {
  if (typeof value !== 'object' || value === null) return;
  switch (value.kind) {
    case 'ref':
      visit(value.num, key);
      return;
    case 'array':
      for (const item of value.items) eachReference(item, key, visit);
      return;
    case 'dict':
      for (const [inner, item] of value.entries) eachReference(item, inner, visit);
      return;
    case 'stream':
      eachReference(value.dict, key, visit);
      return;
  }
}

/** Numbers that sections after the first of these revisions list, and what object streams among them hold. */
function candidates(file: PdfFile, first: PdfRevision): Set<number> {
  const oldest = file.sections.findIndex(({ offset }) => offset === first.startxref);
  const later = new Set(file.sections.slice(0, oldest).flatMap(({ entries }) => [...entries.keys()]));
  const listed = new Set(later);
  for (const { entries } of file.sections) {
    for (const [num, entry] of entries) {
      if (entry.kind === 'compressed' && listed.has(entry.stream)) later.add(num);
    }
  }
  return later;
}

function loaded(view: PdfView, num: number): PdfValue | undefined {
  const entry = view.entry(num);
  try {
    return view.load({ kind: 'ref', num, gen: entry.kind === 'offset' ? entry.gen : 0 });
  } catch (error) {
    if (error instanceof CodedError && error.code !== 'PDF_LIMIT') return undefined;
    throw error;
  }
}

/** Who refers to whom, over every version of every object; links between objects with roles left out. */
function referrers(
  revisions: readonly PdfRevision[],
  changing: ReadonlySet<number>,
): Map<number, Set<number>> {
  const found = new Map<number, Set<number>>();
  const roles = new Set(revisions.flatMap(({ view }) => [...documentModel(view).roles.keys()]));
  const scan = (view: PdfView, num: number): void => {
    const value = loaded(view, num);
    if (value === undefined) return;
    eachReference(value, '', (target, key) => {
      if (LINK_KEYS.has(key) && roles.has(target)) return;
      const known = found.get(target);
      if (known) known.add(num);
      else found.set(target, new Set([num]));
    });
  };
  const [first, ...later] = revisions;
  for (const num of first!.view.numbers()) scan(first!.view, num);
  for (const { view } of later) for (const num of changing) scan(view, num);
  return found;
}

/**
 * Objects that are not the same in all of these revisions (oldest first), or that lead to one that is not. All others
 * need not be looked at again, however many revisions there are.
 */
export function unstableObjects(file: PdfFile, revisions: readonly PdfRevision[]): ReadonlySet<number> {
  const [first, ...later] = revisions;
  if (first === undefined || later.length === 0) return new Set();
  const changing = new Set(
    [...candidates(file, first)].filter((num) => {
      const before = first.view.identity(num);
      return later.some(({ view }) => view.identity(num) !== before);
    }),
  );
  const known = referrers(revisions, changing);
  const unstable = new Set(changing);
  const open = [...changing];
  for (let num = open.pop(); num !== undefined; num = open.pop()) {
    for (const referrer of known.get(num) ?? []) {
      if (unstable.has(referrer)) continue;
      unstable.add(referrer);
      open.push(referrer);
    }
  }
  return unstable;
}
