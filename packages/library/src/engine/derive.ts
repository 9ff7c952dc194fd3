import { conditionTest, isFilled } from './condition.ts';
import { canonicalDecimal } from './decimal.ts';
import type { Field, Value, Values } from './field.ts';
import { userFields } from './fields.ts';
import type { RecordType } from './record-type.ts';

const derived = new WeakMap<RecordType, readonly Field[]>();

function derivedFields(type: RecordType): readonly Field[] {
  const known = derived.get(type);
  if (known !== undefined) return known;
  const fields = userFields(type).filter((field) => field.source === 'derived');
  derived.set(type, fields);
  return fields;
}

/** Whether a field is computed for these values, so that nobody types it. */
export const isComputed = (field: Field, values: Values): boolean =>
  field.source === 'derived' && (field.derivedWhen === undefined || conditionTest(field.derivedWhen)(values));

const canonical = (field: Field, value: Value | undefined): Value | undefined =>
  field.kind === 'decimal' && typeof value === 'string' ? canonicalDecimal(value) : value;

/** The values with every derived field as its declaration computes it. */
export function withDerived(type: RecordType, values: Values): Values {
  const fields = derivedFields(type);
  if (fields.length === 0) return values;
  const computed = type.derive?.(values) ?? {};
  const result: Record<string, Value | undefined> = { ...values };
  for (const field of fields) {
    if (!isComputed(field, values)) continue;
    const value = canonical(field, computed[field.name]);
    if (value === undefined || !isFilled(value)) delete result[field.name];
    else result[field.name] = value;
  }
  return result;
}
