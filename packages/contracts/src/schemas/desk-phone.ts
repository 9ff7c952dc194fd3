import { z } from 'zod';
import { Id, PageQuery, pageOf, Text, Timestamp } from './common.ts';
import { Uscc } from './hub.ts';
import { Mobile } from './library-entities.ts';

/** Beside the letter, which is the part `letter` (SM-MOB-ADMIN). */
export const PhoneAdminForm = z.object({
  uscc: Uscc,
  /** Of the person who takes the role over: with an account and a proved real name. */
  mobile: Mobile,
  reason: Text(200),
});

/** PROPOSED: waits for the second person; OFFERED: for the new administrator; ENDED: refused, or out of time. */
export const PhoneAdminReplacement = z
  .object({
    id: Id,
    enterprise: z.object({ id: Id, name: z.string(), uscc: z.string() }),
    /** Masked, as all persons at the desk. */
    former: z.string(),
    candidate: z.string(),
    reason: z.string(),
    state: z.enum(['PROPOSED', 'OFFERED', 'ACCEPTED', 'DECLINED', 'EXPIRED', 'ENDED']),
    at: Timestamp,
  })
  .meta({ id: 'PhoneAdminReplacement' });
export type PhoneAdminReplacement = z.infer<typeof PhoneAdminReplacement>;

export const PhoneAdminProposed = z
  .object({ replacement: PhoneAdminReplacement, approvalId: Id })
  .meta({ id: 'PhoneAdminProposed' });
export const PhoneAdminQuery = PageQuery.pick({ page: true, pageSize: true });
export const PhoneAdminReplacements = pageOf(PhoneAdminReplacement);
