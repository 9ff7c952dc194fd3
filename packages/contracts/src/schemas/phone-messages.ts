import { z } from 'zod';
import { Id, PageQuery, pageOf, Timestamp } from './common.ts';
import { PhoneOffer } from './phone-halves.ts';
import { PhoneInvitation, PhoneTransfer } from './phone-people.ts';

/** 待办: what waits for this person's answer. */
export const PhoneApprovals = z
  .object({
    invitations: z.array(PhoneInvitation),
    transfers: z.array(PhoneTransfer),
    offers: z.array(PhoneOffer),
  })
  .meta({ id: 'PhoneApprovals' });
export type PhoneApprovals = z.infer<typeof PhoneApprovals>;

export const PhoneMessageKind = z
  .enum([
    'ORDER',
    'CERTIFICATE_KEPT',
    'CERTIFICATE_EXPIRES',
    'CERTIFICATE_STATE',
    'INVITED',
    'JOINED',
    'LEFT',
    'TRANSFER_OFFERED',
    'TRANSFER_ANSWERED',
    'ADMIN_REPLACED',
    'GRANTED',
    'GRANT_REVOKED',
    'OFFERED_HALF',
    'DEVICE_ADDED',
    'DEVICE_FROZEN',
    'DEVICE_THAWED',
    'DEVICE_CLONED',
    'PIN_LOCKED',
  ])
  .meta({ id: 'PhoneMessageKind' });
export type PhoneMessageKind = z.infer<typeof PhoneMessageKind>;

/** Facts without personal data: ids, codes, counts, dates, names of enterprises and devices. */
export const PhoneMessage = z
  .object({
    id: Id,
    kind: PhoneMessageKind,
    facts: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])),
    at: Timestamp,
    read: z.boolean(),
  })
  .meta({ id: 'PhoneMessage' });
export type PhoneMessage = z.infer<typeof PhoneMessage>;
export const PhoneMessageQuery = PageQuery.pick({ page: true, pageSize: true });
export const PhoneMessages = pageOf(PhoneMessage);
export const PhoneRead = z.object({ ids: z.array(Id).max(200).optional() });
