import type { PdfField } from '../../pdf/form-fields.ts';
import { rectOf } from '../../pdf/pages.ts';
import { isPdfRef, isPdfStream, type PdfDict } from '../../pdf/values.ts';
import type { PdfView } from '../../pdf/view.ts';
import { type Change, changeOf } from './change.ts';
import type { Annotation, DocumentModel } from './document-model.ts';
import { type StepTools, signingNow } from './field-rules.ts';
import { fieldKey } from './field-state.ts';
import { diffValues } from './graph-diff.ts';
import { mayHide, showsSomething, standsBeforeText } from './may-hide.ts';

/** Notes and marks that a reader draws itself; they do not cover what they mark (ISO 32000-2 §12.5.6). */
const MARKS: ReadonlySet<string> = new Set(['Highlight', 'Underline', 'Squiggly', 'StrikeOut', 'Caret']);
const ICONS: ReadonlySet<string> = new Set(['Text', 'Popup']);
/** Annotations that people make to comment; a certification with P = 3 means these. */
const COMMENTS: ReadonlySet<string> = new Set([
  ...MARKS,
  ...ICONS,
  'FreeText',
  'Line',
  'Square',
  'Circle',
  'Polygon',
  'PolyLine',
  'Stamp',
  'Ink',
  'FileAttachment',
]);
/** Points: an icon is no larger. */
const ICON_SIZE = 40;

const nameOf = ({ ref, page, subtype }: Annotation): string =>
  `page ${page.index + 1}/Annots/${subtype} ${ref?.num ?? ''}`;

/** Whether a comment shows nothing that could stand in front of the page. */
function isQuiet(view: PdfView, { dict, subtype, page }: Annotation): boolean {
  if (ICONS.has(subtype)) {
    const rect = rectOf(view, dict.entries.get('Rect')) ?? [0, 0, 0, 0];
    const small = rect[2] - rect[0] <= ICON_SIZE && rect[3] - rect[1] <= ICON_SIZE;
    return !showsSomething(view, dict) || (small && !standsBeforeText(view, dict, page));
  }
  return MARKS.has(subtype) && !showsSomething(view, dict);
}

/** Object numbers of the pictures that an appearance draws, or undefined when it can draw anything else. */
function picturesOf(view: PdfView, annotation: PdfDict): ReadonlySet<number> | undefined {
  const form = view.get(view.getDict(annotation, 'AP'), 'N');
  if (!isPdfStream(form)) return undefined;
  const resources = view.getDict(form.dict, 'Resources');
  const drawn = view.getDict(resources, 'XObject');
  if (drawn === undefined || (resources?.entries.size ?? 0) > 1 || drawn.entries.size === 0) return undefined;
  const numbers = [...drawn.entries.values()].map((value) => (isPdfRef(value) ? value.num : -1));
  // Inline images and painted paths need no resources: the operators themselves must only place pictures.
  const operators = new TextDecoder('latin1').decode(
    form.dict.entries.has('Filter') ? view.decode(form) : form.data,
  );
  const onlyPictures = /^\s*(q\s+([-+.\d]+\s+){6}cm\s+\/\w+\s+Do\s+Q\s*)+$/.test(operators);
  return onlyPictures ? new Set(numbers) : undefined;
}

function picturesOfSeals(tools: StepTools): ReadonlySet<number> {
  const { view, fields } = tools.after;
  const known = new Set(tools.before.fields.map(fieldKey));
  const signed = fields.filter(
    (field) => field.type === 'Sig' && !known.has(fieldKey(field)) && signingNow(field, tools) === 'sound',
  );
  const drawn = signed
    .flatMap(({ widgets }) => widgets)
    .flatMap(({ dict }) => {
      const form = view.get(view.getDict(dict, 'AP'), 'N');
      const resources = isPdfStream(form) ? view.getDict(form.dict, 'Resources') : undefined;
      return [...(view.getDict(resources, 'XObject')?.entries.values() ?? [])];
    });
  return new Set(drawn.flatMap((value) => (isPdfRef(value) ? [value.num] : [])));
}

/** Another place of a seal that signs this very revision: it shows that seal's picture, or a strip of it, and no more. */
function isPlaceOfSeal(annotation: Annotation, tools: StepTools): boolean {
  if (annotation.subtype !== 'Stamp') return false;
  const pictures = picturesOf(tools.after.view, annotation.dict);
  const seals = picturesOfSeals(tools);
  return pictures !== undefined && [...pictures].every((num) => seals.has(num));
}

/** A widget that a page lists only now: part of a new field, or of signing an empty one; else it was hidden before. */
function widgetShown(field: PdfField, path: string, tools: StepTools): Change[] {
  const known = tools.before.fields.find((other) => fieldKey(other) === fieldKey(field));
  const wasSigned = known !== undefined && tools.before.view.resolve(known.value) !== null;
  const signsNow = field.type === 'Sig' && signingNow(field, tools) !== undefined;
  return known === undefined || (signsNow && !wasSigned) ? [] : [changeOf('FIELD_CHANGED', path)];
}

function newAnnotation(annotation: Annotation, tools: StepTools): Change[] {
  const { view, roles } = tools.after;
  const { dict, subtype, ref } = annotation;
  const path = nameOf(annotation);
  const role = ref && roles.get(ref.num);
  if (role?.kind === 'field') return widgetShown(role.field, path, tools);
  if (subtype === 'Widget') return [changeOf('FOREIGN_WIDGET', path)];
  if (dict.entries.has('A') || dict.entries.has('AA')) return [changeOf('ACTION_CHANGED', path)];
  if (!COMMENTS.has(subtype)) return [changeOf('PAGE_CHANGED', path)];
  if (isPlaceOfSeal(annotation, tools)) {
    const hides = mayHide(view, dict, tools.after.pages);
    return [changeOf('SEAL_STAMP_ADDED', path), ...(hides ? [changeOf('SIGNATURE_MAY_HIDE', path)] : [])];
  }
  return [
    changeOf('ANNOTATION_ADDED', path),
    ...(isQuiet(view, annotation) ? [] : [changeOf('ANNOTATION_MAY_HIDE', path)]),
  ];
}

function changedAnnotation(pair: readonly [Annotation, Annotation], tools: StepTools): Change[] {
  const [before, after] = pair;
  const path = nameOf(after);
  const keys = new Set([...before.dict.entries.keys(), ...after.dict.entries.keys()]);
  const differences = [...keys].flatMap((key) =>
    key === 'P' || key === 'Parent'
      ? []
      : diffValues(before.dict.entries.get(key) ?? null, after.dict.entries.get(key) ?? null, {
          tools,
          path: [key],
        }),
  );
  if (differences.length === 0) return [];
  if (differences.some(({ kind }) => kind === 'unreadable')) return [changeOf('OBJECT_UNREADABLE', path)];
  if (differences.some(({ path: [key] }) => key === 'A' || key === 'AA'))
    return [changeOf('ACTION_CHANGED', path)];
  if (before.subtype !== after.subtype || !COMMENTS.has(after.subtype))
    return [changeOf('PAGE_CHANGED', path)];
  return [
    changeOf('ANNOTATION_CHANGED', path),
    ...(isQuiet(tools.after.view, after) ? [] : [changeOf('ANNOTATION_MAY_HIDE', path)]),
  ];
}

const byNumber = (model: DocumentModel): Map<number, Annotation> =>
  new Map(
    model.annotations.flatMap((annotation) => (annotation.ref ? [[annotation.ref.num, annotation]] : [])),
  );

/** Later annotations stand in front of earlier ones, so those that stay must keep their order and page. */
function keepsOrder(before: Map<number, Annotation>, after: Map<number, Annotation>): boolean {
  const places = (of: Map<number, Annotation>, other: Map<number, Annotation>): string[] =>
    [...of].filter(([num]) => other.has(num)).map(([num, { page }]) => `${page.ref.num}:${num}`);
  const [old, now] = [places(before, after), places(after, before)];
  return old.every((place, i) => place === now[i]);
}

/** What became of the annotations that are not widgets of fields, and which are new. */
export function diffAnnotations(tools: StepTools): readonly Change[] {
  const [before, after] = [byNumber(tools.before), byNumber(tools.after)];
  const removed = [...before].filter(([num]) => !after.has(num));
  const known = [...after].filter(([num]) => before.has(num) && tools.unstable.has(num));
  return [
    ...removed.flatMap(([num, annotation]) => {
      const isWidget = annotation.subtype === 'Widget' || tools.before.roles.get(num)?.kind === 'field';
      const path = nameOf(annotation);
      if (isWidget) return [changeOf('FORM_STRUCTURE_CHANGED', path)];
      const reveals = !isQuiet(tools.before.view, annotation);
      return [
        changeOf('ANNOTATION_REMOVED', path),
        ...(reveals ? [changeOf('ANNOTATION_MAY_REVEAL', path)] : []),
      ];
    }),
    ...(keepsOrder(before, after) ? [] : [changeOf('ANNOTATION_CHANGED', 'order of annotations')]),
    ...known.flatMap(([num, annotation]) =>
      tools.after.roles.get(num)?.kind === 'field' && tools.before.roles.get(num)?.kind === 'field'
        ? []
        : changedAnnotation([before.get(num)!, annotation], tools),
    ),
    ...[...after]
      .filter(([num]) => !before.has(num))
      .flatMap(([, annotation]) => newAnnotation(annotation, tools)),
  ];
}

/** Signature widgets that a page shows though no field of the form is theirs. */
export const strayWidgets = ({ view, annotations, roles }: DocumentModel): readonly Annotation[] =>
  annotations.filter(({ ref, dict, subtype }) => {
    const listed = ref !== undefined && roles.get(ref.num)?.kind === 'field';
    const type = view.get(dict, 'FT');
    return (
      subtype === 'Widget' &&
      !listed &&
      typeof type === 'object' &&
      type?.kind === 'name' &&
      type.name === 'Sig'
    );
  });
