import type { z } from 'zod';
import { signerError } from '../errors.ts';

/** What came from outside, in the schema's shape. @throws SIGNER_INPUT */
export function readInput<Schema extends z.ZodType>(schema: Schema, input: unknown): z.output<Schema> {
  const parsed = schema.safeParse(input);
  if (parsed.success) return parsed.data;
  const wrong = parsed.error.issues.map(({ path }) => path.join('.'));
  throw signerError('SIGNER_INPUT', { wrong });
}
