import { z } from 'zod';
import { Id, PageQuery, pageOf, Timestamp } from './common.ts';
import { PhoneScope } from './phone-scopes.ts';

/** What a phone is used for: the acts that a page asks for, and what a holder does with the certificate itself. */
export const PhonePurpose = z
  .enum([
    'login',
    'bind',
    'activate',
    'desk-login',
    'desk-approve',
    'library-register',
    'library-login',
    'library-key',
    'platform-login',
    'sign-documents',
    'decrypt',
    /** Certificate requests of an order, and nothing else. */
    'certificate-request',
  ])
  .meta({ id: 'PhonePurpose' });
export type PhonePurpose = z.infer<typeof PhonePurpose>;

export const PhoneUse = z
  .object({
    id: Id,
    purpose: PhonePurpose,
    /** Who asked: the origin of the page, and the platform where there is one. */
    origin: z.string().nullable(),
    scope: PhoneScope.nullable(),
    certificate: z.object({ id: Id, subjectName: z.string(), serialNumber: z.string() }).nullable(),
    person: z.string(),
    deviceName: z.string(),
    /** Documents, ciphertexts or statements. */
    count: z.int(),
    outcome: z.enum(['OPEN', 'DONE', 'FAILED', 'REFUSED', 'EXPIRED']),
    at: Timestamp,
  })
  .meta({ id: 'PhoneUse' });
export type PhoneUse = z.infer<typeof PhoneUse>;
export const PhoneUseQuery = PageQuery.pick({ page: true, pageSize: true }).extend({
  certificateId: Id.optional(),
});
export const PhoneUses = pageOf(PhoneUse);
