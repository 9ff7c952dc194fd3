import type { PdfPage } from '../../pdf/pages.ts';
import { isPdfRef, type PdfValue } from '../../pdf/values.ts';
import type { ReasonCode } from '../reasons.ts';
import { type Change, changeOf } from './change.ts';
import type { DocumentModel } from './document-model.ts';
import { type Difference, type DiffTools, diffValues } from './graph-diff.ts';

const RULES: readonly (readonly [RegExp, readonly Difference['kind'][] | undefined, ReasonCode])[] = [
  [/^Contents(\/|$)/, undefined, 'PAGE_CONTENT_CHANGED'],
  [/^Resources\/(.+\/)?Font(\/|$)/, undefined, 'FONT_CHANGED'],
  [/^Resources(\/|$)/, undefined, 'PAGE_RESOURCES_CHANGED'],
  [/^(MediaBox|CropBox|BleedBox|TrimBox|ArtBox|Rotate|UserUnit)(\/|$)/, undefined, 'PAGE_GEOMETRY_CHANGED'],
  [/^AA(\/|$)/, undefined, 'ACTION_CHANGED'],
  [/^(LastModified|PieceInfo)(\/|$)/, undefined, 'METADATA_CHANGED'],
  [/^(Tabs|StructParents)$/, ['added'], 'FORM_CHANGED'],
];

const ELSEWHERE: ReadonlySet<string> = new Set(['Parent', 'Annots', 'Type']);

const pageName = (page: PdfPage): string => `page ${page.index + 1}`;

function diffPage(before: PdfPage, after: PdfPage, tools: DiffTools): Change[] {
  const keys = new Set([...before.dict.entries.keys(), ...after.dict.entries.keys()]);
  return [...keys].flatMap((key) => {
    if (ELSEWHERE.has(key)) return [];
    const values = [before, after].map(({ dict }) => dict.entries.get(key) ?? null) as [PdfValue, PdfValue];
    return diffValues(values[0], values[1], { tools, path: [key] }).map(({ path, kind }) => {
      const text = path.join('/');
      const rule = RULES.find(([pattern, kinds]) => pattern.test(text) && (kinds?.includes(kind) ?? true));
      const reason = kind === 'unreadable' ? 'OBJECT_UNREADABLE' : (rule?.[2] ?? 'PAGE_CHANGED');
      return changeOf(reason, `${pageName(after)}/${text}`);
    });
  });
}

const isSame = (a: PdfPage, b: PdfPage | undefined): b is PdfPage =>
  b !== undefined && a.ref.num === b.ref.num && a.ref.gen === b.ref.gen;

/** What became of the pages: their number and order, and everything on them but annotations. */
export function diffPages(tools: DiffTools): readonly Change[] {
  const { before, after } = tools;
  const sameOrder =
    before.pages.length === after.pages.length &&
    before.pages.every((page, i) => isSame(page, after.pages[i]));
  const detail = `${before.pages.length} → ${after.pages.length}`;
  const byNumber = new Map(after.pages.map((page) => [page.ref.num, page]));
  const common = before.pages.flatMap((page) => {
    const other = byNumber.get(page.ref.num);
    const touched = tools.unstable.has(page.ref.num);
    return other !== undefined && touched ? diffPage(page, other, tools) : [];
  });
  return [...(sameOrder ? [] : [changeOf('PAGES_CHANGED', `pages ${detail}`)]), ...common];
}

/** Annotations of a page that stand in it without a number of their own, with their places. */
export function diffDirectAnnotations(tools: DiffTools): readonly Change[] {
  const directOf = (model: DocumentModel, page: PdfPage): readonly PdfValue[] =>
    (model.view.getArray(page.dict, 'Annots')?.items ?? []).filter((item) => !isPdfRef(item));
  return tools.before.pages.flatMap((page, i) => {
    const other = tools.after.pages[i];
    if (!isSame(page, other)) return [];
    const [old, now] = [directOf(tools.before, page), directOf(tools.after, other)];
    return Array.from({ length: Math.max(old.length, now.length) }, (_, n) =>
      diffValues(old[n] ?? null, now[n] ?? null, { tools, path: ['Annots', `[${n}]`] }),
    ).flatMap((found) => (found.length > 0 ? [changeOf('PAGE_CHANGED', `${pageName(other)}/Annots`)] : []));
  });
}
