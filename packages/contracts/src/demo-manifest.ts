import { z } from 'zod';
import { Base64 } from './schemas/common.ts';
import { AuthorityForm, DeskRole, PlatformForm } from './schemas/desk.ts';
import { ExchangeRegistrationForm } from './schemas/exchange-registration.ts';
import { DemoGuide } from './schemas/site.ts';

/**
 * What the launcher hands to a demo server, as `demo/manifest.json` below the data directory, written before the
 * server starts. Read only by an installation that was founded as a demo; applied idempotently: what exists is
 * brought to the given addresses and certificates, nothing is doubled.
 */
export const DemoManifest = z.object({
  assistantUrl: z.string(),
  /** Where the demo's mails can be read, absolute or a path of the portal. */
  mailboxUrl: z.string(),
  /** Certificate profiles as the authorities publish them (OD-41); `profileId` of an authority names one. */
  profiles: z.array(z.looseObject({ id: z.string().max(40), facts: z.unknown() })),
  /** `joined: false`: listed in the directory of authorities, but not recognised (HUB-012). */
  authorities: z.array(AuthorityForm.extend({ joined: z.boolean() })),
  operators: z.array(
    z.object({
      name: z.string().min(1).max(50),
      roles: z.array(DeskRole).min(1),
      /** DER, base64. */
      certificate: Base64(16_384).min(1),
    }),
  ),
  /** Client registrations of platforms of the region profile, found by `code`; other members override the profile. */
  platforms: z.array(
    PlatformForm.partial()
      .required({ code: true })
      .extend({
        clientId: z.string().regex(/^[A-Za-z0-9._-]{1,64}$/),
        clientSecret: z.string().min(16).max(128),
        /** How it takes part in the exchange with the library. */
        exchange: ExchangeRegistrationForm.pick({ webhookUrl: true, keys: true, recognises: true })
          .partial()
          .optional(),
      }),
  ),
  tokens: DemoGuide.shape.tokens,
  people: DemoGuide.shape.people.default([]),
});
export type DemoManifest = z.infer<typeof DemoManifest>;
