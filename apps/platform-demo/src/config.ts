import type { PlatformSigningKey } from '@hufu/sdk';
import { z } from 'zod';

/** One trading platform: everything that its vendor sets. */
export const PlatformConfig = z.object({
  code: z.string(),
  name: z.string(),
  accent: z.string().regex(/^#[0-9a-f]{6}$/i),
  port: z.coerce.number().int(),
  baseUrl: z.url(),
  dataDir: z.string(),
  issuer: z.url(),
  hubUrl: z.url(),
  clientId: z.string(),
  clientSecret: z.string(),
  reviewerPassword: z.string().min(8),
  /** Pinned keys of the hub's trust list, as its operator handed them over. */
  trustListKeys: z.string(),
  keyBridgePorts: z.array(z.coerce.number().int()),
  hotline: z.string(),
  /** MIRROR: the entity's information comes from the library; LOCAL: it is filed and reviewed here. */
  filingMode: z.enum(['LOCAL', 'MIRROR']),
  /** Private JWK with which traded projects are reported; absent: none are. */
  signingKey: z
    .string()
    .transform((text) => JSON.parse(text) as PlatformSigningKey)
    .optional(),
});
export type PlatformConfig = z.infer<typeof PlatformConfig>;

/** Reads PLATFORM_* from the environment. @throws ZodError naming what is missing */
export function readConfig(env: Readonly<Record<string, string | undefined>>): PlatformConfig {
  return PlatformConfig.parse({
    code: env['PLATFORM_CODE'],
    name: env['PLATFORM_NAME'],
    accent: env['PLATFORM_ACCENT'] ?? '#2f6f6a',
    port: env['PLATFORM_PORT'],
    baseUrl: env['PLATFORM_BASE_URL'],
    dataDir: env['PLATFORM_DATA'],
    issuer: env['PLATFORM_ISSUER'],
    hubUrl: env['PLATFORM_HUB_URL'],
    clientId: env['PLATFORM_CLIENT_ID'],
    clientSecret: env['PLATFORM_CLIENT_SECRET'],
    reviewerPassword: env['PLATFORM_REVIEWER_PASSWORD'],
    trustListKeys: env['PLATFORM_TRUST_LIST_KEYS'],
    keyBridgePorts: (env['PLATFORM_KEYBRIDGE_PORTS'] ?? '').split(',').filter((port) => port !== ''),
    hotline: env['PLATFORM_HOTLINE'] ?? '400-998-0000',
    filingMode: env['PLATFORM_FILING_MODE'] ?? 'LOCAL',
    signingKey: env['PLATFORM_SIGNING_KEY'],
  });
}
