import type { Choice, Field, FieldShape, Option, Values } from './field.ts';
import { keptCodeList } from './loaded-lists.ts';

type ChoiceShape = Extract<FieldShape, { kind: 'choice' | 'choices' | 'counts' }>;

const NOTHING: readonly Option[] = [];

export const hasOptions = (field: FieldShape): field is ChoiceShape =>
  field.kind === 'choice' || field.kind === 'choices' || field.kind === 'counts';

function dependent(choice: Extract<Choice, { dependsOn: string }>, values: Values): readonly Option[] {
  const on = values[choice.dependsOn];
  return typeof on === 'string' && Object.hasOwn(choice.optionsOf, on)
    ? (choice.optionsOf[on] ?? NOTHING)
    : NOTHING;
}

/**
 * What may be chosen at a field, given the other values. Empty for a code list that is not loaded yet, for options that
 * depend on a field without a value, and for fields that are no choice.
 */
export function optionsOf(field: Field, values: Values): readonly Option[] {
  if (!hasOptions(field)) return NOTHING;
  if ('options' in field) return field.options;
  if ('codeList' in field) return keptCodeList(field.codeList)?.entries ?? NOTHING;
  return dependent(field, values);
}

/** Every option that a field can ever have, whatever the other values are. */
export function allOptions(field: Field): readonly Option[] {
  if (!hasOptions(field) || !('optionsOf' in field)) return optionsOf(field, {});
  const known = new Map(Object.values(field.optionsOf).flatMap((some) => some.map((one) => [one.code, one])));
  return [...known.values()];
}

const maps = new WeakMap<readonly Option[], ReadonlyMap<string, Option>>();

/** An option of a field by its code, or undefined. */
export function optionByCode(field: Field, code: string, values: Values): Option | undefined {
  if (hasOptions(field) && 'codeList' in field) return keptCodeList(field.codeList)?.byCode.get(code);
  const options = optionsOf(field, values);
  let map = maps.get(options);
  if (map === undefined) {
    map = new Map(options.map((option) => [option.code, option]));
    maps.set(options, map);
  }
  return map.get(code);
}
