import { z } from 'zod';
import { Timestamp } from './common.ts';

/** What the enterprise sees of one platform's dealings with its information. */
export const PlatformStanding = z
  .object({
    code: z.string(),
    name: z.string(),
    filingMode: z.enum(['LOCAL', 'MIRROR']),
    activated: z.boolean(),
    /** May look up usable records while nobody is logged in there. */
    consent: z.boolean(),
    mirror: z
      .object({ libVersion: z.int(), syncedAt: Timestamp, current: z.boolean(), complete: z.boolean() })
      .nullable(),
    /** The platform's own decision, as it has told it. */
    approval: z.object({ version: z.int(), decidedAt: Timestamp, withdrawn: z.boolean() }).nullable(),
    recognition: z
      .object({ approvedBy: z.string(), version: z.int(), recognisedAt: Timestamp, withdrawn: z.boolean() })
      .nullable(),
    /** Names of the platforms whose approvals it recognises. */
    recognises: z.array(z.string()),
  })
  .meta({ id: 'PlatformStanding' });
export type PlatformStanding = z.infer<typeof PlatformStanding>;
