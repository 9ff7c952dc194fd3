import { validatorCompiler } from 'fastify-type-provider-zod';
import type { z } from 'zod';

/** Text fields of a multipart request, by the same rules and with the same complaints as a JSON body. */
export function parseForm<S extends z.ZodType>(
  schema: S,
  fields: Readonly<Record<string, unknown>>,
): z.output<S> {
  const compiled = validatorCompiler({ schema, method: '', url: '', httpPart: 'body' });
  const result = compiled(fields) as { error?: Error[]; value?: z.output<S> };
  if (result.error === undefined) return result.value!;
  throw Object.assign(new Error('form'), { validation: result.error, statusCode: 422 });
}
