import type { PdfField, PdfWidget } from '../../pdf/form-fields.ts';
import { isPdfDict, isPdfRef, nameOf, type PdfDict, type PdfValue } from '../../pdf/values.ts';
import type { ReasonCode } from '../reasons.ts';
import { type Change, changeOf } from './change.ts';
import type { DocumentModel } from './document-model.ts';
import { fieldKey, isFilled } from './field-state.ts';
import { type Difference, type DiffTools, diffValues } from './graph-diff.ts';
import { mayHide, pageOf, showsSomething, standsBeforeText } from './may-hide.ts';

/** What signing an empty field sets, beside its value (ISO 32000-2 §12.7.5.5, §12.5.6.19). */
const SIGNING_KEYS: ReadonlySet<string> = new Set([
  ...['V', 'AP', 'AS', 'M', 'MK', 'F', 'Ff', 'DA'],
  // What writers complete on the occasion: the lock that the signature states, and how the widget behaves.
  ...['Lock', 'SV', 'Type', 'H', 'BS', 'Border', 'NM', 'StructParent', 'Q', 'C'],
]);
/** What filling a field sets (§12.7.4.3). */
const FILLING_KEYS: ReadonlySet<string> = new Set(['V', 'AP', 'AS', 'M', 'RV', 'I', 'TI']);
const ACTION_KEYS: ReadonlySet<string> = new Set(['A', 'AA']);

/**
 * Signatures by `fieldKey`, with the end of the revision that they sign. Sound ones hold by themselves, whoever made
 * them; undecided ones have the right form, and a value that cannot be judged.
 */
export type SignatureStandings = ReadonlyMap<
  string,
  { readonly end: number; readonly standing: 'sound' | 'undecided' }
>;

export type StepTools = DiffTools & { readonly standings: SignatureStandings };

/** Whether a field's signature was made with this revision, and what can be said of it. */
export function signingNow(
  field: PdfField,
  { standings, after }: StepTools,
): 'sound' | 'undecided' | undefined {
  const known = standings.get(fieldKey(field));
  return known?.end === after.view.end ? known.standing : undefined;
}

type Pair = readonly [before: PdfField, after: PdfField];

const keysOf = (differences: readonly Difference[]): ReadonlySet<string> =>
  new Set(differences.map(({ path }) => path[0] ?? ''));

const isWithin = (keys: ReadonlySet<string>, allowed: ReadonlySet<string>): boolean =>
  [...keys].every((key) => allowed.has(key));

/** Everything that differs in a field's own dictionary, its widgets' and those above it. */
function fieldDifferences([before, after]: Pair, tools: DiffTools): readonly Difference[] {
  const { before: old, after: now } = tools;
  const refs = new Map(
    [before, after]
      .flatMap((field) => [field.ref, ...field.widgets.map(({ ref }) => ref), ...field.parents])
      .flatMap((ref) => (ref ? [[ref.num, ref] as const] : [])),
  );
  const compare = (a: PdfDict, b: PdfDict): readonly Difference[] =>
    [...new Set([...a.entries.keys(), ...b.entries.keys()])].flatMap((key) =>
      key === 'Parent' || key === 'P'
        ? []
        : diffValues(a.entries.get(key) ?? null, b.entries.get(key) ?? null, { tools, path: [key] }),
    );
  if (before.ref === undefined || after.ref === undefined) return compare(before.dict, after.dict);
  return [...refs.values()].flatMap((ref) => {
    if (!tools.unstable.has(ref.num)) return [];
    const [a, b] = [old, now].map(({ view }) => view.resolve(ref));
    return isPdfDict(a) && isPdfDict(b)
      ? compare(a, b)
      : [{ path: [''], kind: 'changed', before: null, after: null }];
  });
}

const fieldValue = (tools: DiffTools, field: PdfField, when: 'before' | 'after'): PdfValue =>
  tools[when].view.resolve(field.value);

/** A signature that came with this revision: what it counts as, for those before it. */
function addedSignature(field: PdfField, tools: StepTools): Change[] {
  const { view, pages } = tools.after;
  const value = fieldValue(tools, field, 'after');
  const path = `field ${field.ref?.num ?? ''}`;
  const standing = isPdfDict(value) ? signingNow(field, tools) : undefined;
  if (!isPdfDict(value) || standing === undefined) return [changeOf('UNSOUND_SIGNATURE_ADDED', path)];
  const shown = field.widgets.filter(({ dict }) => showsSomething(view, dict));
  const isStamp = nameOf(view.get(value, 'SubFilter')) === 'ETSI.RFC3161' && shown.length === 0;
  const hiding = shown.some(({ dict }) => mayHide(view, dict, pages));
  return [
    changeOf(isStamp ? 'TIME_STAMP_ADDED' : 'SIGNATURE_ADDED', path),
    ...(standing === 'undecided' ? [changeOf('UNDECIDED_SIGNATURE_ADDED', path)] : []),
    ...(hiding ? [changeOf('SIGNATURE_MAY_HIDE', path)] : []),
  ];
}

function judgeSignatureField(pair: Pair, keys: ReadonlySet<string>, tools: StepTools): Change[] {
  const [before, after] = pair;
  const path = `field ${after.ref?.num ?? ''}/${[...keys].join(',')}`;
  if (isPdfDict(fieldValue(tools, before, 'before'))) return [changeOf('SIGNED_FIELD_CHANGED', path)];
  const signed = isPdfDict(fieldValue(tools, after, 'after'));
  return signed && isWithin(keys, SIGNING_KEYS)
    ? addedSignature(after, tools)
    : [changeOf('FIELD_CHANGED', path)];
}

const READ_ONLY = 1;

/** Writers lock fields when they sign, by making them read-only: nothing is shown otherwise. */
const isMerelyLocked = ([before, after]: Pair): boolean => after.flags === (before.flags | READ_ONLY);

function judgeFilling(pair: Pair, changed: ReadonlySet<string>, tools: StepTools): ReasonCode {
  const [before, after] = pair;
  const locked = changed.has('Ff') && isMerelyLocked(pair);
  const keys = new Set([...changed].filter((key) => key !== 'Ff' || !locked));
  if (keys.size === 0) return 'FORM_CHANGED';
  if ([...keys].some((key) => ACTION_KEYS.has(key))) return 'ACTION_CHANGED';
  if (!isWithin(keys, FILLING_KEYS)) return 'FIELD_CHANGED';
  const isButton = after.type === 'Btn';
  const valueChanged = keys.has('V') || (isButton && keys.has('AS'));
  // The look of a button's states is drawn beforehand; that of a text is drawn when its value is set.
  if (!valueChanged || (isButton && keys.has('AP'))) return 'APPEARANCE_CHANGED';
  return isFilled(tools.before.view, before) ? 'FIELD_REFILLED' : 'FIELD_FILLED';
}

/** Whether a field stands in front of text only now: one with a ground of its own always did. */
function beginsToHide([before, after]: Pair, tools: StepTools): boolean {
  const hides = ({ view, pages }: DocumentModel, widget: PdfWidget): boolean => {
    const page = pageOf(view, widget.dict, pages);
    const ground = view.getDict(widget.dict, 'MK')?.entries.has('BG') === true;
    return page !== undefined && (standsBeforeText(view, widget.dict, page) || ground);
  };
  return after.widgets.some((widget, i) => {
    const known = before.widgets[i];
    return hides(tools.after, widget) && !(known !== undefined && hides(tools.before, known));
  });
}

function diffField(pair: Pair, tools: StepTools): Change[] {
  const [before, after] = pair;
  const differences = fieldDifferences(pair, tools);
  if (differences.length === 0) return [];
  const path = `field ${after.ref?.num ?? ''}`;
  if (differences.some(({ kind }) => kind === 'unreadable')) return [changeOf('OBJECT_UNREADABLE', path)];
  if (before.type !== after.type) return [changeOf('FORM_STRUCTURE_CHANGED', path)];
  const keys = keysOf(differences);
  if (after.type === 'Sig') return judgeSignatureField(pair, keys, tools);
  const reason = judgeFilling(pair, keys, tools);
  const place = `${path}/${[...keys].join(',')}`;
  const hiding = keys.has('AP') && beginsToHide(pair, tools);
  return [
    changeOf(reason, place, after.name),
    ...(hiding ? [changeOf('FIELD_MAY_HIDE', place, after.name)] : []),
  ];
}

function newField(field: PdfField, tools: StepTools): Change[] {
  const { view } = tools.after;
  const path = `field ${field.ref?.num ?? ''}`;
  // Careless writers give every signature one name; the document is told of it, and each of them is judged.
  const reused = tools.before.fields.some(({ name }) => name === field.name);
  if (reused && signingNow(field, tools) !== 'sound') return [changeOf('FIELD_NAME_REUSED', path)];
  if (field.type !== 'Sig') return [changeOf('FORM_STRUCTURE_CHANGED', path)];
  if (field.widgets.some(({ dict }) => dict.entries.has('A') || dict.entries.has('AA'))) {
    return [changeOf('ACTION_CHANGED', path)];
  }
  if (fieldValue(tools, field, 'after') !== null) return addedSignature(field, tools);
  const shows = field.widgets.some(({ dict }) => showsSomething(view, dict));
  return [changeOf(shows ? 'UNSIGNED_FIELD_SHOWS' : 'SIGNATURE_FIELD_ADDED', path)];
}

/** What became of the form's fields. */
export function diffFields(tools: StepTools): readonly Change[] {
  const keyOf = (field: PdfField): string => (field.ref ? `${field.ref.num}` : `=${field.name}`);
  const before = new Map(tools.before.fields.map((field) => [keyOf(field), field]));
  const after = new Map(tools.after.fields.map((field) => [keyOf(field), field]));
  const removed = [...before].filter(([key]) => !after.has(key));
  return [
    ...removed.map(([, field]) =>
      changeOf('FORM_STRUCTURE_CHANGED', `field ${field.ref?.num ?? ''} removed`),
    ),
    ...[...after].flatMap(([key, field]) => {
      const known = before.get(key);
      return known === undefined ? newField(field, tools) : diffField([known, field], tools);
    }),
  ];
}

/** Whether a certification is among the signatures that are new in this revision. */
export function certifiesNow(tools: DiffTools): boolean {
  const { view } = tools.after;
  const known = new Set(tools.before.fields.map(({ value }) => (isPdfRef(value) ? value.num : -1)));
  const perms = view.getDict(view.root, 'Perms');
  const certified = perms?.entries.get('DocMDP');
  return isPdfRef(certified) && !known.has(certified.num);
}
