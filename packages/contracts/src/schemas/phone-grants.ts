import { z } from 'zod';
import { Id, Timestamp } from './common.ts';
import { PhoneCertificateState } from './phone-certificates.ts';
import { PhoneScope } from './phone-scopes.ts';

export const PhoneGrantForm = z.object({
  certificateId: Id,
  personId: Id,
  scopes: z.array(PhoneScope).min(1).max(40),
});
export const PhoneGrant = z
  .object({
    id: Id,
    certificate: z.object({ id: Id, serialNumber: z.string(), state: PhoneCertificateState }),
    person: z.object({ id: Id, name: z.string() }),
    scope: PhoneScope,
    scopeName: z.string(),
    state: z.enum(['GRANTED', 'REVOKED']),
    grantedAt: Timestamp,
    grantedBy: z.string(),
    revokedAt: Timestamp.nullable(),
    revokedBy: z.string().nullable(),
    /** Why it ended without the administrator: the person left, the certificate was replaced. */
    endedBy: z.enum(['ADMIN', 'LEFT', 'CERTIFICATE']).nullable(),
  })
  .meta({ id: 'PhoneGrant' });
export type PhoneGrant = z.infer<typeof PhoneGrant>;

/** By platform (MOB-048), by person (MOB-049), or both. */
export const PhoneGrantQuery = z.object({
  scope: PhoneScope.optional(),
  personId: Id.optional(),
  certificateId: Id.optional(),
  state: z.enum(['GRANTED', 'REVOKED']).optional(),
});
