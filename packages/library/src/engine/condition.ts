import type { Condition, Value, Values } from './field.ts';

/** Whether a value counts as filled: no, 0 and false do; nothing, '' and an empty list do not. */
export function isFilled(value: Value | undefined): boolean {
  if (value === undefined || value === null || value === '') return false;
  if (Array.isArray(value)) return value.length > 0;
  return typeof value !== 'object' || Object.keys(value).length > 0;
}

type Test = (values: Values) => boolean;

const compiled = new WeakMap<Condition, Test>();

const among = (value: Value | undefined, wanted: readonly string[]): boolean =>
  Array.isArray(value)
    ? value.some((item) => typeof item === 'string' && wanted.includes(item))
    : typeof value === 'string' && wanted.includes(value);

function build(condition: Condition): Test {
  if ('all' in condition) {
    const tests = condition.all.map(conditionTest);
    return (values) => tests.every((test) => test(values));
  }
  if ('any' in condition) {
    const tests = condition.any.map(conditionTest);
    return (values) => tests.some((test) => test(values));
  }
  if ('not' in condition) {
    const test = conditionTest(condition.not);
    return (values) => !test(values);
  }
  const { field } = condition;
  if ('filled' in condition) return (values) => isFilled(values[field]) === condition.filled;
  if ('in' in condition) return (values) => among(values[field], condition.in);
  const wanted = condition.is;
  if (typeof wanted === 'string') return (values) => among(values[field], [wanted]);
  // A yes-or-no that nobody answered is no.
  return (values) => (values[field] === true) === wanted;
}

/** The condition as a function; made once for each. */
export function conditionTest(condition: Condition): Test {
  const known = compiled.get(condition);
  if (known !== undefined) return known;
  const test = build(condition);
  compiled.set(condition, test);
  return test;
}

/**
 * Whether a condition holds for values. `is` and `in` on a field of several choices ask whether one of them was
 * chosen; `is: false` holds too where a yes-or-no was not answered.
 */
export const holds = (condition: Condition, values: Values): boolean => conditionTest(condition)(values);

/** The fields that a condition looks at. */
export function mentions(condition: Condition): readonly string[] {
  if ('all' in condition) return condition.all.flatMap(mentions);
  if ('any' in condition) return condition.any.flatMap(mentions);
  return 'not' in condition ? mentions(condition.not) : [condition.field];
}
