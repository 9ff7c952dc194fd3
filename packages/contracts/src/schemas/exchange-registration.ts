import { z } from 'zod';
import { Text } from './common.ts';

/** What an access token is good for: one use each (RFC 6749 §3.3). */
export const EXCHANGE_SCOPES = [
  'library:pull',
  'library:feed',
  'library:callback',
  'filings:write',
  'projects:write',
] as const;

export type ExchangeScope = (typeof EXCHANGE_SCOPES)[number];

export const ExchangeKeys = z
  .object({ keys: z.array(z.record(z.string(), z.unknown())) })
  .meta({ id: 'ExchangeKeys', description: 'JWK set (RFC 7517) of the keys that sign packages and notices' });

/** How a platform takes part in the exchange. */
export const ExchangeRegistration = z
  .object({
    platform: z.string(),
    name: z.string(),
    version: z.int(),
    /** Where notices are sent; null: the platform fetches them itself. */
    webhookUrl: z.string().nullable(),
    /** Public JWKs (RFC 7517), ES256, with which it signs. */
    keys: z.array(z.record(z.string(), z.unknown())),
    scopes: z.array(z.enum(EXCHANGE_SCOPES)),
    /** Codes of the platforms whose approvals it recognises. */
    recognises: z.array(z.string()),
  })
  .meta({ id: 'ExchangeRegistration' });
export type ExchangeRegistration = z.infer<typeof ExchangeRegistration>;

export const ExchangeRegistrationForm = ExchangeRegistration.omit({ platform: true, name: true }).extend({
  webhookUrl: z.url().max(500).nullable(),
  keys: z
    .array(
      z.strictObject({
        kty: z.literal('EC'),
        crv: z.literal('P-256'),
        x: z.string().regex(/^[\w-]{43}$/),
        y: z.string().regex(/^[\w-]{43}$/),
        kid: z.string().regex(/^[\w.-]{1,64}$/),
        alg: z.literal('ES256').optional(),
        use: z.literal('sig').optional(),
      }),
    )
    .max(8),
  recognises: z.array(z.string().regex(/^[a-z0-9-]{2,40}$/)).max(100),
  reason: Text(500),
});
