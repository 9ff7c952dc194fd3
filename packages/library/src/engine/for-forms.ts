import { conditionTest, isFilled } from './condition.ts';
import { withDerived } from './derive.ts';
import type { Value, Values } from './field.ts';
import { userFields } from './fields.ts';
import type { RecordType } from './record-type.ts';

/** What an empty form starts with. */
export function initialValues(type: RecordType): Values {
  const initial: Record<string, Value> = {};
  for (const field of userFields(type)) {
    const value = type.initial?.[field.name] ?? field.initial;
    if (value !== undefined && value !== null) initial[field.name] = value;
  }
  return withoutHidden(type, withDerived(type, initial));
}

/**
 * The values without those of fields that are hidden: what a form sends. Emptying one field may hide the next, so it
 * goes round until nothing changes.
 */
export function withoutHidden(type: RecordType, values: Values): Values {
  const left: Record<string, Value | undefined> = { ...values };
  const conditional = userFields(type).filter((field) => field.visible !== undefined);
  const next = () =>
    conditional.filter(({ name, visible }) => isFilled(left[name]) && !conditionTest(visible!)(left));
  for (let hidden = next(); hidden.length > 0; hidden = next()) {
    for (const field of hidden) delete left[field.name];
  }
  return left;
}
