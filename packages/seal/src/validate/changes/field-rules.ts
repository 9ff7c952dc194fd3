import type { PdfField } from '../../pdf/form-fields.ts';
import { isPdfDict, isPdfRef, isPdfString, nameOf, type PdfDict, type PdfValue } from '../../pdf/values.ts';
import type { ReasonCode } from '../reasons.ts';
import { type Change, changeOf } from './change.ts';
import { type Difference, type DiffTools, diffValues } from './graph-diff.ts';
import { mayHide, showsSomething } from './may-hide.ts';

/** What signing an empty field sets, beside its value (ISO 32000-2 §12.7.5.5, §12.5.6.19). */
const SIGNING_KEYS: ReadonlySet<string> = new Set(['V', 'AP', 'AS', 'M', 'MK', 'F', 'Ff', 'DA']);
/** What filling a field sets (§12.7.4.3). */
const FILLING_KEYS: ReadonlySet<string> = new Set(['V', 'AP', 'AS', 'M', 'RV', 'I', 'TI']);
const ACTION_KEYS: ReadonlySet<string> = new Set(['A', 'AA']);

/** Fields whose signatures hold by themselves, with the end of the revision that they sign. */
export type SoundSignatures = ReadonlyMap<string, number>;

export type StepTools = DiffTools & { readonly sound: SoundSignatures };

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
  if (!isPdfDict(value) || tools.sound.get(field.name) !== view.end) {
    return [changeOf('UNSOUND_SIGNATURE_ADDED', path)];
  }
  const shown = field.widgets.filter(({ dict }) => showsSomething(view, dict));
  const isStamp = nameOf(view.get(value, 'SubFilter')) === 'ETSI.RFC3161' && shown.length === 0;
  const hiding = shown.some(({ dict }) => mayHide(view, dict, pages));
  return [
    changeOf(isStamp ? 'TIME_STAMP_ADDED' : 'SIGNATURE_ADDED', path),
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

const isFilled = (value: PdfValue): boolean => isPdfString(value) && value.bytes.length > 0;

function judgeFilling(pair: Pair, keys: ReadonlySet<string>, tools: StepTools): ReasonCode {
  const [before, after] = pair;
  if ([...keys].some((key) => ACTION_KEYS.has(key))) return 'ACTION_CHANGED';
  if (!isWithin(keys, FILLING_KEYS)) return 'FIELD_CHANGED';
  const isButton = after.type === 'Btn';
  const valueChanged = keys.has('V') || (isButton && keys.has('AS'));
  // The look of a button's states is drawn beforehand; that of a text is drawn when its value is set.
  if (!valueChanged || (isButton && keys.has('AP'))) return 'APPEARANCE_CHANGED';
  return isFilled(fieldValue(tools, before, 'before')) ? 'FIELD_REFILLED' : 'FIELD_FILLED';
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
  return [changeOf(judgeFilling(pair, keys, tools), `${path}/${[...keys].join(',')}`, after.name)];
}

function newField(field: PdfField, tools: StepTools): Change[] {
  const { view } = tools.after;
  const path = `field ${field.ref?.num ?? ''}`;
  if (tools.before.fields.some(({ name }) => name === field.name))
    return [changeOf('FIELD_NAME_REUSED', path)];
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
