import { conditionTest } from './condition.ts';
import type { Condition, Field, Values } from './field.ts';
import type { RecordType, Section } from './record-type.ts';

export type SectionFields = Section & { readonly fields: readonly Field[] };

const sectionsByType = new WeakMap<RecordType, readonly SectionFields[]>();
const fieldsByType = new WeakMap<RecordType, readonly Field[]>();
const namesByType = new WeakMap<RecordType, ReadonlyMap<string, Field>>();

const both = (one: Condition | undefined, other: Condition | undefined): Condition | undefined =>
  one === undefined || other === undefined ? (one ?? other) : { all: [one, other] };

function inSection(section: Section, field: Field): Field {
  const visible = both(section.when, field.visible);
  const at = field.at ?? section.at;
  if (visible === field.visible && at === field.at) return field;
  return { ...field, ...(visible === undefined ? {} : { visible }), ...(at === undefined ? {} : { at }) };
}

function remember<T>(store: WeakMap<RecordType, T>, type: RecordType, make: () => T): T {
  const known = store.get(type);
  if (known !== undefined) return known;
  const made = make();
  store.set(type, made);
  return made;
}

/** The sections of a type; each field's `visible` and `at` include those of its section. */
export const sectionsOf = (type: RecordType): readonly SectionFields[] =>
  remember(sectionsByType, type, () =>
    type.sections.map((section) => ({
      ...section,
      fields: section.fields.map((field) => inSection(section, field)),
    })),
  );

/** All fields in the order of the declaration, the system's last. */
export const fieldsOf = (type: RecordType): readonly Field[] =>
  remember(fieldsByType, type, () => [
    ...sectionsOf(type).flatMap((section) => section.fields),
    ...(type.system ?? []).map((field): Field => ({ ...field, source: 'system' })),
  ]);

/** What a record's values hold: everything but what events alone set. Certificate and derived fields are among them. */
export const userFields = (type: RecordType): readonly Field[] =>
  fieldsOf(type).filter((field) => field.source !== 'system');

/** A field by its name, or undefined. */
export const fieldOf = (type: RecordType, name: string): Field | undefined =>
  remember(namesByType, type, () => new Map(fieldsOf(type).map((field) => [field.name, field]))).get(name);

/** Whether an event takes a field at all: a section may belong to the forms of some events only. */
export const isTaken = (field: Field, event: string | undefined): boolean =>
  field.at === undefined || (event !== undefined && field.at.includes(event));

/** Whether a field is shown. Take the field from `fieldsOf`, which knows the condition of its section. */
export const isVisible = (field: Field, values: Values): boolean =>
  field.visible === undefined || conditionTest(field.visible)(values);

/**
 * Whether a field must be filled when an event takes complete values. A hidden field never must.
 * @param event name of the event; without one, what is required at particular events only is not
 */
export function isRequired(field: Field, values: Values, event?: string): boolean {
  const { required } = field;
  if (required === undefined || !isTaken(field, event) || !isVisible(field, values)) return false;
  if (required === 'always') return true;
  if (required.at !== undefined && (event === undefined || !required.at.includes(event))) return false;
  return required.when === undefined || conditionTest(required.when)(values);
}
