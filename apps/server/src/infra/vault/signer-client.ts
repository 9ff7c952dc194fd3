import { CodedError, type ErrorFields } from '@hufu/kernel';
import { socketClient } from '@hufu/kernel/node';
import { z } from 'zod';
import type { SignerConfig } from '../config/config.ts';
import { infraError } from '../errors.ts';

/** Asks the vault process. */
export type SignerClient = {
  /** @throws the vault's own codes; VAULT_UNAVAILABLE when it does not answer, or not in the schema's shape */
  ask<Schema extends z.ZodType>(
    path: string,
    schema: Schema,
    body?: Readonly<Record<string, unknown>>,
  ): Promise<z.output<Schema>>;
};

const Problem = z.looseObject({ code: z.string().regex(/^[A-Z][A-Z0-9_]{2,60}$/) });
const Field = z.union([z.string(), z.number(), z.boolean(), z.array(z.string())]);
const NOT_FIELDS = new Set(['code', 'type', 'title', 'titleEn', 'status', 'retry']);

export function signerClient(config: SignerConfig): SignerClient {
  const client = socketClient(config);
  return {
    async ask(path, schema, body) {
      const { status, answer } = await client.ask(path, body).catch((cause: unknown) => {
        throw infraError('VAULT_UNAVAILABLE', { path }, cause);
      });
      if (status >= 400) throw failureOf(answer);
      const parsed = schema.safeParse(answer);
      if (!parsed.success) throw infraError('VAULT_UNAVAILABLE', { path }, parsed.error);
      return parsed.data;
    },
  };
}

/** The vault's failure under its own code: whoever knows the code has it in a register. */
function failureOf(answer: unknown): CodedError {
  const problem = Problem.safeParse(answer);
  if (!problem.success) return infraError('VAULT_UNAVAILABLE');
  const { code, ...rest } = problem.data;
  const fields: Record<string, ErrorFields[string]> = {};
  for (const [name, value] of Object.entries(rest)) {
    const field = Field.safeParse(value);
    if (field.success && !NOT_FIELDS.has(name)) fields[name] = field.data;
  }
  return new CodedError(code, fields);
}
