import { z } from 'zod';

const Client = z.object({
  id: z.string().min(1),
  secret: z.string().min(16),
  /** As the login page names it. */
  name: z.string().min(1).max(40),
  /** Where it takes answers. */
  redirectUri: z.url(),
});

/** Everything that the provider's operator sets. */
export const CitizenConfig = z.object({
  port: z.coerce.number().int(),
  /** The issuer; no slash at the end. */
  baseUrl: z.url().transform((text) => text.replace(/\/+$/, '')),
  clients: z.array(Client).min(1),
});
export type CitizenConfig = z.infer<typeof CitizenConfig>;

/** Reads CITIZEN_* from the environment; CITIZEN_CLIENTS is JSON. @throws ZodError naming what is missing */
export const readConfig = (env: Readonly<Record<string, string | undefined>>): CitizenConfig =>
  CitizenConfig.parse({
    port: env['CITIZEN_PORT'],
    baseUrl: env['CITIZEN_BASE_URL'],
    clients: JSON.parse(env['CITIZEN_CLIENTS'] ?? '[]'),
  });
