import { fromUtf8 } from '@hufu/kernel';
import { compactVerify, createLocalJWKSet, errors, type JWK } from 'jose';
import type { z } from 'zod';
import { exchangeError } from '../errors.ts';

type Signed<S extends z.ZodType> = {
  readonly jws: string;
  /** Of what must have been signed. */
  readonly type: string;
  /** Registered for the platform that calls. */
  readonly keys: readonly Record<string, unknown>[];
  readonly schema: S;
};

/**
 * What a platform has signed. The key is found by its id among the registered ones alone: nothing that the statement
 * carries or points to is trusted (RFC 8725 §3.10).
 * @throws EXCHANGE_SIGNER_UNKNOWN, EXCHANGE_SIGNATURE, EXCHANGE_STATEMENT
 */
export async function readSigned<S extends z.ZodType>({
  jws,
  type,
  keys,
  schema,
}: Signed<S>): Promise<z.output<S>> {
  const { payload, protectedHeader } = await compactVerify(jws, createLocalJWKSet({ keys: keys as JWK[] }), {
    algorithms: ['ES256'],
  }).catch((cause: unknown) => {
    const unknown =
      cause instanceof errors.JWKSNoMatchingKey || cause instanceof errors.JWKSMultipleMatchingKeys;
    throw exchangeError(unknown ? 'EXCHANGE_SIGNER_UNKNOWN' : 'EXCHANGE_SIGNATURE', {}, cause);
  });
  if (protectedHeader.typ !== type) throw exchangeError('EXCHANGE_STATEMENT', { part: 'typ' });
  const read = schema.safeParse(jsonOf(payload));
  if (!read.success) {
    throw exchangeError('EXCHANGE_STATEMENT', { parts: read.error.issues.map(({ path }) => path.join('.')) });
  }
  return read.data;
}

function jsonOf(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(fromUtf8(bytes));
  } catch (cause) {
    throw exchangeError('EXCHANGE_STATEMENT', { part: 'json' }, cause);
  }
}
