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

const sectionOf = (file: PdfFile, revision: PdfRevision): number =>
  file.sections.findIndex(({ offset }) => offset === revision.startxref);

/** Object streams with the objects that some section finds in them. */
function membersOf(file: PdfFile): ReadonlyMap<number, ReadonlySet<number>> {
  const members = new Map<number, Set<number>>();
  for (const { entries } of file.sections) {
    for (const [num, entry] of entries) {
      if (entry.kind !== 'compressed') continue;
      const known = members.get(entry.stream);
      if (known) known.add(num);
      else members.set(entry.stream, new Set([num]));
    }
  }
  return members;
}

/** Numbers that one revision reads from other bytes than the one before it. */
function changedNumbers(
  file: PdfFile,
  [before, after]: readonly [PdfRevision, PdfRevision],
  members: ReadonlyMap<number, ReadonlySet<number>>,
): ReadonlySet<number> {
  const sections = file.sections.slice(sectionOf(file, after), sectionOf(file, before));
  const listed = new Set(sections.flatMap(({ entries }) => [...entries.keys()]));
  for (const num of [...listed]) for (const member of members.get(num) ?? []) listed.add(member);
  return new Set([...listed].filter((num) => before.view.identity(num) !== after.view.identity(num)));
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
  const scanned = new Map([...changing].map((num) => [num, first!.view.identity(num)]));
  for (const { view } of later) {
    for (const num of changing) {
      const identity = view.identity(num);
      if (scanned.get(num) === identity) continue;
      scanned.set(num, identity);
      scan(view, num);
    }
  }
  return found;
}

/**
 * For each of these revisions (oldest first) but the first: objects that it reads otherwise than the one before it, or
 * that lead to such a one. All others need not be looked at, so that many revisions cost what they changed.
 */
export function unstableObjects(
  file: PdfFile,
  revisions: readonly PdfRevision[],
): readonly ReadonlySet<number>[] {
  const members = membersOf(file);
  const steps = revisions.slice(1).map((after, i) => changedNumbers(file, [revisions[i]!, after], members));
  const changing = new Set(steps.flatMap((changed) => [...changed]));
  const known = referrers(revisions, changing);
  return steps.map((changed) => {
    const unstable = new Set(changed);
    const open = [...changed];
    for (let num = open.pop(); num !== undefined; num = open.pop()) {
      for (const referrer of known.get(num) ?? []) {
        if (unstable.has(referrer)) continue;
        unstable.add(referrer);
        open.push(referrer);
      }
    }
    return unstable;
  });
}
