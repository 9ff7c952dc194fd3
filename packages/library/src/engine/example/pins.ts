import type { Condition, Field, Value } from '../field.ts';
import { fieldOf } from '../fields.ts';
import { allOptions } from '../options.ts';
import type { RecordType } from '../record-type.ts';

/** What a field must be, so that a condition holds: a value, anything, or nothing. */
export type Pin = { readonly value: Value } | 'filled' | 'empty';
export type Pins = Readonly<Record<string, Pin>>;

const asValueOf = (field: Field | undefined, code: string): Value =>
  field?.kind === 'choices' ? [code] : code;

function notOneOf(field: Field | undefined, codes: readonly string[]): Pin {
  const other = field === undefined ? undefined : allOptions(field).find(({ code }) => !codes.includes(code));
  return other === undefined ? 'empty' : { value: asValueOf(field, other.code) };
}

function pinAtom(type: RecordType, condition: Extract<Condition, { field: string }>, wanted: boolean): Pins {
  const { field: name } = condition;
  const field = fieldOf(type, name);
  if ('filled' in condition) return { [name]: condition.filled === wanted ? 'filled' : 'empty' };
  if ('is' in condition && typeof condition.is === 'boolean') {
    return { [name]: { value: condition.is === wanted } };
  }
  const codes = 'in' in condition ? condition.in : [String(condition.is)];
  return { [name]: wanted ? { value: asValueOf(field, codes[0] ?? '') } : notOneOf(field, codes) };
}

/** What makes a condition hold, or fail. Of alternatives it takes the first. */
export function pinsFor(type: RecordType, condition: Condition, wanted: boolean): Pins {
  if ('not' in condition) return pinsFor(type, condition.not, !wanted);
  if ('all' in condition || 'any' in condition) {
    const parts = 'all' in condition ? condition.all : condition.any;
    const needsEvery = 'all' in condition === wanted;
    const needed = needsEvery ? parts : parts.slice(0, 1);
    return Object.assign({}, ...needed.map((part) => pinsFor(type, part, wanted))) as Pins;
  }
  const own = pinAtom(type, condition, wanted);
  const pin = own[condition.field];
  const visible = fieldOf(type, condition.field)?.visible;
  // A field can only be filled where it is shown itself.
  return visible === undefined || pin === 'empty' ? own : { ...pinsFor(type, visible, true), ...own };
}
