import fs from 'node:fs';
import http from 'node:http';
import { CodedError, type ErrorFields } from '@hufu/kernel';
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

const TIMEOUT_MS = 20_000;
const CONNECTIONS = 32;

const Problem = z.looseObject({ code: z.string().regex(/^[A-Z][A-Z0-9_]{2,60}$/) });
const Field = z.union([z.string(), z.number(), z.boolean(), z.array(z.string())]);
const NOT_FIELDS = new Set(['code', 'type', 'title', 'titleEn', 'status', 'retry']);

export function signerClient({ socket, tokenFile }: SignerConfig): SignerClient {
  const agent = new http.Agent({ keepAlive: true, maxSockets: CONNECTIONS });
  let token: string | undefined;
  /** Read late: the vault makes the file at its first start. */
  const authorization = (): string => {
    token ??= fs.readFileSync(tokenFile, 'utf8').trim();
    return `Bearer ${token}`;
  };

  return {
    async ask(path, schema, body) {
      const { status, text } = await send(path, body);
      const answer = parse(text);
      if (status >= 400) throw failureOf(answer);
      const parsed = schema.safeParse(answer);
      if (!parsed.success) throw infraError('VAULT_UNAVAILABLE', { path }, parsed.error);
      return parsed.data;
    },
  };

  function send(path: string, body: unknown): Promise<{ status: number; text: string }> {
    return new Promise((resolve, reject) => {
      const fail = (cause: unknown) => reject(infraError('VAULT_UNAVAILABLE', { path }, cause));
      try {
        const payload = body === undefined ? undefined : Buffer.from(JSON.stringify(body));
        const request = http.request(
          {
            socketPath: socket,
            path,
            method: payload === undefined ? 'GET' : 'POST',
            agent,
            timeout: TIMEOUT_MS,
            headers: {
              authorization: authorization(),
              ...(payload && { 'content-type': 'application/json', 'content-length': payload.length }),
            },
          },
          (response) => {
            const parts: Buffer[] = [];
            response.on('data', (part: Buffer) => parts.push(part));
            response.once('error', fail);
            response.once('end', () =>
              resolve({ status: response.statusCode ?? 500, text: Buffer.concat(parts).toString('utf8') }),
            );
          },
        );
        request.once('timeout', () => request.destroy(new Error('no answer in time')));
        request.once('error', fail);
        request.end(payload);
      } catch (error) {
        fail(error);
      }
    });
  }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw infraError('VAULT_UNAVAILABLE', {}, cause);
  }
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
