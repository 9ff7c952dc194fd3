import { z } from 'zod';

/** Everything that the provider's operator sets. */
export const CitizenConfig = z.object({
  port: z.coerce.number().int(),
  /** The issuer; no slash at the end. */
  baseUrl: z.url().transform((text) => text.replace(/\/+$/, '')),
  clientId: z.string().min(1),
  clientSecret: z.string().min(16),
  /** Where the one client takes answers. */
  redirectUri: z.url(),
});
export type CitizenConfig = z.infer<typeof CitizenConfig>;

/** Reads CITIZEN_* from the environment. @throws ZodError naming what is missing */
export const readConfig = (env: Readonly<Record<string, string | undefined>>): CitizenConfig =>
  CitizenConfig.parse({
    port: env['CITIZEN_PORT'],
    baseUrl: env['CITIZEN_BASE_URL'],
    clientId: env['CITIZEN_CLIENT_ID'],
    clientSecret: env['CITIZEN_CLIENT_SECRET'],
    redirectUri: env['CITIZEN_REDIRECT_URI'],
  });
