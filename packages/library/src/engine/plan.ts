import { conditionTest, mentions } from './condition.ts';
import type { Field, Values } from './field.ts';
import { fieldsOf } from './fields.ts';
import type { Reader } from './kinds/reader.ts';
import { readerOf } from './kinds/reader-of.ts';
import type { Event, RecordType } from './record-type.ts';

/** A field with everything prepared that reading it needs. */
export type FieldPlan = {
  readonly field: Field;
  readonly name: string;
  readonly read: Reader;
  /** Absent: always. */
  readonly visible: ((values: Values) => boolean) | undefined;
  /** Fields that decide whether it is shown or required. */
  readonly follows: readonly string[];
};

/** What is read together: the fields of a record, or those that one event takes. */
export type Plan = {
  readonly fields: readonly FieldPlan[];
  /** The place of each field, by its name. */
  readonly places: ReadonlyMap<string, number>;
  /** Never typed: an attempt is refused in words of its own. */
  readonly systemNames: ReadonlySet<string>;
};

function followed({ visible, required }: Field): readonly string[] {
  const when = typeof required === 'object' ? required.when : undefined;
  return [visible, when].flatMap((condition) => (condition === undefined ? [] : mentions(condition)));
}

const planField = (field: Field): FieldPlan => ({
  field,
  name: field.name,
  read: readerOf(field),
  visible: field.visible === undefined ? undefined : conditionTest(field.visible),
  follows: followed(field),
});

function planOf(all: readonly Field[]): Plan {
  const fields = all.filter((field) => field.source !== 'system').map(planField);
  const system = all.filter((field) => field.source === 'system');
  return {
    fields,
    places: new Map(fields.map((field, i) => [field.name, i])),
    systemNames: new Set(system.map((field) => field.name)),
  };
}

const byType = new WeakMap<RecordType, Plan>();
const byEvent = new WeakMap<Event, Plan>();

/** Made once for each type. */
export function planOfType(type: RecordType): Plan {
  const known = byType.get(type);
  if (known !== undefined) return known;
  const plan = planOf(fieldsOf(type));
  byType.set(type, plan);
  return plan;
}

/** Of the fields that an event takes by itself; made once for each event. */
export function planOfEvent(event: Event): Plan {
  const known = byEvent.get(event);
  if (known !== undefined) return known;
  const plan = planOf(event.takes !== undefined && 'fields' in event.takes ? event.takes.fields : []);
  byEvent.set(event, plan);
  return plan;
}
