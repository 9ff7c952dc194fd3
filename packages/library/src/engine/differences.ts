import { isFilled } from './condition.ts';
import type { Field, FileValue, Value, Values } from './field.ts';
import { userFields } from './fields.ts';
import type { RecordType } from './record-type.ts';
import { sameValue } from './same-value.ts';

export type Difference = {
  readonly field: Field;
  readonly before: Value | undefined;
  readonly after: Value | undefined;
  /** For fields of several parts (options, files, rows): those that are new, and those that are gone. */
  readonly parts?: { readonly added: readonly Part[]; readonly removed: readonly Part[] };
};

type Part = string | FileValue | Readonly<Record<string, string | null>>;

const isFile = (part: Part): part is FileValue =>
  typeof part === 'object' && typeof part['size'] === 'number';

/** Files are compared by content and name. */
const keyOf = (part: Part): string => {
  if (typeof part === 'string') return part;
  return isFile(part)
    ? JSON.stringify([part.sha256, part.name])
    : JSON.stringify(
        Object.entries(part)
          .filter(([, cell]) => cell !== null)
          .sort(),
      );
};

function missingFrom(parts: readonly Part[], others: readonly Part[]): readonly Part[] {
  const counts = new Map<string, number>();
  for (const other of others) counts.set(keyOf(other), (counts.get(keyOf(other)) ?? 0) + 1);
  return parts.filter((part) => {
    const left = counts.get(keyOf(part)) ?? 0;
    counts.set(keyOf(part), left - 1);
    return left <= 0;
  });
}

const partsIn = (value: Value | undefined): readonly Part[] => (Array.isArray(value) ? value : []);

function difference(field: Field, before: Value | undefined, after: Value | undefined): Difference {
  const values = {
    field,
    before: isFilled(before) ? before : undefined,
    after: isFilled(after) ? after : undefined,
  };
  if (!Array.isArray(before) && !Array.isArray(after)) return values;
  const [old, now] = [partsIn(before), partsIn(after)];
  return { ...values, parts: { added: missingFrom(now, old), removed: missingFrom(old, now) } };
}

/** What changed between two versions, field by field, in the order of the form. Empty exactly if nothing did. */
export const differences = (type: RecordType, before: Values, after: Values): readonly Difference[] =>
  userFields(type)
    .filter(({ name }) => !sameValue(before[name], after[name]))
    .map((field) => difference(field, before[field.name], after[field.name]));
