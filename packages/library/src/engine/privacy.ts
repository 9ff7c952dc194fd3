import { maskIdNumber, maskName, maskPhone } from '@hufu/kernel';
import { isFilled } from './condition.ts';
import type { Field, Value, Values } from './field.ts';
import { fieldsOf } from './fields.ts';
import type { RecordType } from './record-type.ts';

const personal = new WeakMap<RecordType, readonly Field[]>();

/** The fields that are sealed at rest and masked in lists. */
export function personalFields(type: RecordType): readonly Field[] {
  const known = personal.get(type);
  if (known !== undefined) return known;
  const fields = fieldsOf(type).filter((field) => field.privacy === 'personal');
  personal.set(type, fields);
  return fields;
}

const HIDDEN = '***';

function maskText(field: Field, text: string): string {
  switch (field.kind) {
    case 'id-number':
    case 'account-number':
      return maskIdNumber(text);
    case 'mobile':
    case 'phone':
      return maskPhone(text);
    case 'text':
      return maskName(text);
    default:
      return HIDDEN;
  }
}

/** A personal value as a list shows it; what is no text is hidden as a whole. */
export function maskValue(field: Field, value: Value | undefined): Value | undefined {
  if (!isFilled(value)) return undefined;
  return typeof value === 'string' ? maskText(field, value) : HIDDEN;
}

/** The values with every personal one masked. */
export function maskValues(type: RecordType, values: Values): Values {
  const masked: Record<string, Value | undefined> = { ...values };
  for (const field of personalFields(type)) {
    if (field.name in masked) masked[field.name] = maskValue(field, masked[field.name]);
  }
  return masked;
}
