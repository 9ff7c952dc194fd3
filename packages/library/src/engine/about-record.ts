import type { Values } from './field.ts';
import { fieldOf } from './fields.ts';
import { labelOf } from './labels.ts';
import type { RecordType } from './record-type.ts';

/** The name of a record in lists, references and search; '' where its title field is empty. */
export function titleOf(type: RecordType, values: Values): string {
  const field = fieldOf(type, type.title);
  return field === undefined ? '' : labelOf(field, values[field.name], { language: 'zh', values });
}

/** The last day on which its paper holds, or null where it never ends or nothing is known. */
export function expiryOf(type: RecordType, values: Values): string | null {
  const value = type.expires === undefined ? undefined : values[type.expires];
  return typeof value === 'string' && value !== '' ? value : null;
}
