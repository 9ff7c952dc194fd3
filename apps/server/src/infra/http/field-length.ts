import { infraError } from '../errors.ts';

/** Longer text has no place in any field: certificates and signatures in base64 stay far below. */
export const LONGEST_FIELD = 32_768;
const DEEPEST = 16;

/** @throws FIELD_TOO_LONG naming the field; REQUEST_TOO_LARGE for a body nested without end */
export function guardFieldLength(value: unknown, longest = LONGEST_FIELD): void {
  const walk = (part: unknown, path: string, depth: number): void => {
    if (typeof part === 'string') {
      if (part.length > longest) throw infraError('FIELD_TOO_LONG', { field: path.slice(0, 200), longest });
      return;
    }
    if (typeof part !== 'object' || part === null || ArrayBuffer.isView(part)) return;
    if (depth > DEEPEST) throw infraError('REQUEST_TOO_LARGE');
    for (const [key, inner] of Object.entries(part)) {
      walk(inner, path === '' ? key : `${path}.${key}`, depth + 1);
    }
  };
  walk(value, '', 0);
}
