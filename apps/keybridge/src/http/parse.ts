import { bridgeError } from '@hufu/keybridge-client';
import { MAX_WAIT_SECONDS } from '@hufu/keybridge-client/protocol';
import { z } from 'zod';

/** What came over the wire, checked. @throws CodedError BRIDGE_REQUEST_INVALID */
export function parse<T extends z.ZodType>(schema: T, value: unknown): z.output<T> {
  const checked = schema.safeParse(value ?? {});
  if (!checked.success) {
    const members = checked.error.issues.slice(0, 5).map((issue) => issue.path.join('.'));
    throw bridgeError('BRIDGE_REQUEST_INVALID', { members });
  }
  return checked.data;
}

export const idParameter = z.object({ id: z.string().max(200) });

/** `wait`: seconds that a long poll may take. */
export const waitQuery = z.object({
  after: z.string().max(40).optional(),
  wait: z.coerce.number().min(0).max(MAX_WAIT_SECONDS).default(0),
});
