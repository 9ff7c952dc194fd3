import { CodedError } from '@hufu/kernel';
import { sealError } from '../../errors.ts';
import { isPdfDict, isPdfRef, type PdfDict, type PdfValue } from '../../pdf/values.ts';
import type { ReasonCode } from '../reasons.ts';
import { type Change, changeOf } from './change.ts';
import { isFilled } from './field-state.ts';
import { type Difference, type DiffTools, diffValues } from './graph-diff.ts';

type Rule = readonly [path: RegExp, kinds: readonly Difference['kind'][] | undefined, reason: ReasonCode];

/**
 * What a difference below the catalog counts as; the first rule that fits. ISO 32000-2 §12.8.2.2 permits signing,
 * filling and long-term validation; what these need is listed, the rest is CATALOG_CHANGED.
 */
const RULES: readonly Rule[] = [
  [/^DSS(\/|$)/, ['added', 'changed', 'removed'], 'DSS_CHANGED'],
  [/^Metadata(\/|$)/, ['added', 'changed', 'removed'], 'METADATA_CHANGED'],
  [/^(Extensions|Version)(\/|$)/, ['added', 'changed'], 'METADATA_CHANGED'],
  [/^(OpenAction|AA|Names\/JavaScript)(\/|$)/, undefined, 'ACTION_CHANGED'],
  [/^Pages(\/|$)/, undefined, 'PAGE_CHANGED'],
  [/^AcroForm\/SigFlags$/, ['added', 'changed'], 'FORM_CHANGED'],
  [/^AcroForm\/DR(\/|$)/, ['added'], 'FORM_CHANGED'],
  // Layers that older signature handlers share; what a signed field shows of them is compared with that field.
  [/^AcroForm\/DR\/XObject(\/|$)/, ['changed'], 'FORM_CHANGED'],
  [/^AcroForm\/(DA|Q)$/, ['added'], 'FORM_CHANGED'],
  [/^AcroForm\/NeedAppearances$/, undefined, 'FORM_CHANGED'],
  [/^AcroForm\/DR\/Font(\/|$)/, undefined, 'FONT_CHANGED'],
  [/^AcroForm(\/|$)/, undefined, 'FORM_STRUCTURE_CHANGED'],
  [/^PieceInfo(\/|$)/, undefined, 'METADATA_CHANGED'],
  [/^Legal(\/|$)/, ['added'], 'METADATA_CHANGED'],
  // What a reader speaks in place of the page.
  [/^StructTreeRoot\/(.+\/)?(ActualText|Alt|E)$/, undefined, 'CATALOG_CHANGED'],
  // New widgets are tagged, which turns single children into lists.
  [/^StructTreeRoot\/(K|ParentTree|ParentTreeNextKey|IDTree)(\/|$)/, ['added', 'changed'], 'FORM_CHANGED'],
];

function reasonFor(path: string, kind: Difference['kind']): ReasonCode {
  if (kind === 'unreadable') return 'OBJECT_UNREADABLE';
  const rule = RULES.find(([pattern, kinds]) => pattern.test(path) && (kinds?.includes(kind) ?? true));
  return rule?.[2] ?? 'CATALOG_CHANGED';
}

/** Compared elsewhere, object by object. */
const ELSEWHERE: ReadonlySet<string> = new Set(['AcroForm', 'Perms']);

function dictAt(value: PdfValue): PdfDict | undefined {
  return isPdfDict(value) ? value : undefined;
}

/** Every key but `except`, an absent dictionary counting as an empty one. */
function diffKeys(
  dicts: readonly [PdfDict | undefined, PdfDict | undefined],
  options: { tools: DiffTools; prefix: string; except: ReadonlySet<string> },
): Change[] {
  const { tools, prefix, except } = options;
  const keys = new Set(dicts.flatMap((dict) => [...(dict?.entries.keys() ?? [])]));
  return [...keys].flatMap((key) => {
    if (except.has(key)) return [];
    const [before, after] = dicts.map((dict) => dict?.entries.get(key) ?? null) as [PdfValue, PdfValue];
    return diffValues(before, after, { tools, path: [...(prefix === '' ? [] : [prefix]), key] }).map(
      ({ path, kind }) => changeOf(reasonFor(path.join('/'), kind), `catalog/${path.join('/')}`),
    );
  });
}

/** Usage rights (§12.8.2.3): what a reader's own menus allow, which says nothing of the document. */
const USAGE_RIGHTS: ReadonlySet<string> = new Set(['UR', 'UR3']);

/** What became of the permissions: a certification that is new in this revision may be entered, and nothing else. */
function diffPermissions(tools: DiffTools, certified: boolean): Change[] {
  const dicts = [tools.before, tools.after].map(({ view }) => dictAt(view.get(view.root, 'Perms')));
  const keys = new Set(dicts.flatMap((dict) => [...(dict?.entries.keys() ?? [])]));
  return [...keys].flatMap((key) => {
    const [before, after] = dicts.map((dict) => dict?.entries.get(key) ?? null) as [PdfValue, PdfValue];
    if (diffValues(before, after, { tools, path: ['Perms', key] }).length === 0) return [];
    const entered = key === 'DocMDP' && before === null && certified;
    const reason = entered ? 'FORM_CHANGED' : USAGE_RIGHTS.has(key) ? 'METADATA_CHANGED' : 'CATALOG_CHANGED';
    return [changeOf(reason, `catalog/Perms/${key}`)];
  });
}

const ONLY_FIELDS: ReadonlySet<string> = new Set(['Fields']);

/** Whether readers are told now to draw filled-in fields from their values, which nobody saw when they were signed. */
function diffDrawing({ before, after }: DiffTools): Change[] {
  const [was, is] = [before, after].map(
    ({ view }) => view.get(dictAt(view.get(view.root, 'AcroForm')), 'NeedAppearances') === true,
  );
  const filled = (): boolean =>
    before.fields.some((field) => field.type !== 'Sig' && isFilled(before.view, field));
  return is && !was && filled() ? [changeOf('APPEARANCES_REDRAWN', 'catalog/AcroForm/NeedAppearances')] : [];
}

/** Descriptive data beside the catalog (ISO 32000-2 §14.3.3). */
function diffInfo(tools: DiffTools): Change[] {
  const [before, after] = [tools.before, tools.after].map(
    ({ view }) => view.trailer.entries.get('Info') ?? null,
  ) as [PdfValue, PdfValue];
  return diffValues(before, after, { tools, path: ['Info'] }).length > 0
    ? [changeOf('METADATA_CHANGED', 'Info')]
    : [];
}

/** What became of the catalog, apart from pages, fields and annotations. `certified`: a certification is new. */
export function diffCatalog(tools: DiffTools, certified: boolean): readonly Change[] {
  const [before, after] = [tools.before.view, tools.after.view];
  const [oldRoot, newRoot] = [before, after].map(({ trailer }) => trailer.entries.get('Root') ?? null);
  if (!isPdfRef(oldRoot) || !isPdfRef(newRoot)) throw sealError('PDF_STRUCTURE', { of: 'Root' });
  if (oldRoot.num !== newRoot.num || oldRoot.gen !== newRoot.gen)
    return [changeOf('CATALOG_CHANGED', 'Root')];
  try {
    const forms = [before, after].map((view) => dictAt(view.get(view.root, 'AcroForm')));
    return [
      ...diffKeys([before.root, after.root], { tools, prefix: '', except: ELSEWHERE }),
      ...diffKeys([forms[0], forms[1]], { tools, prefix: 'AcroForm', except: ONLY_FIELDS }),
      ...diffDrawing(tools),
      ...diffPermissions(tools, certified),
      ...diffInfo(tools),
    ];
  } catch (error) {
    if (error instanceof CodedError && error.code !== 'PDF_LIMIT')
      return [changeOf('OBJECT_UNREADABLE', 'catalog')];
    throw error;
  }
}
