import { halfIdText, pointText } from '@hufu/phone-key';
import { z } from 'zod';
import { Base64, Id, Timestamp } from './common.ts';
import { PhoneKeyUse } from './phone-certificates.ts';

/** The vault's answer, in the form that the phone-key package gives each operation (`ANSWERS`). */
export const PhoneHalfAnswer = z.record(z.string(), z.unknown()).meta({ id: 'PhoneHalfAnswer' });

/** A device to which a certificate can be shared (MOB-047): another of one's own, or of a person with a grant. */
export const PhoneReceiver = z
  .object({
    deviceId: Id,
    deviceName: z.string(),
    personId: Id.nullable(),
    person: z.string(),
    own: z.boolean(),
    agreementKey: pointText,
    signingKey: pointText,
  })
  .meta({ id: 'PhoneReceiver' });
export type PhoneReceiver = z.infer<typeof PhoneReceiver>;

/** What the phone-key package calls a parcel: a half of one's own, sealed to the receiver's agreement key. */
export const PhoneParcel = z.object({
  halfId: halfIdText,
  usage: PhoneKeyUse,
  /** The sender's fresh key. */
  senderKey: pointText,
  iv: Base64(16).length(16),
  sealed: Base64(400).min(1),
});
export type PhoneParcel = z.infer<typeof PhoneParcel>;
export const PhoneOfferForm = z.object({
  certificateId: Id,
  deviceId: Id,
  parcels: z.array(PhoneParcel).min(1).max(2),
});
export const PhoneOffer = z
  .object({
    id: Id,
    certificate: z.object({ id: Id, subjectName: z.string(), serialNumber: z.string(), validTo: Timestamp }),
    from: z.object({ person: z.string(), deviceName: z.string(), agreementKey: pointText }),
    deviceId: Id,
    state: z.enum(['OFFERED', 'ACCEPTED', 'DECLINED', 'WITHDRAWN', 'EXPIRED']),
    parcels: z.array(PhoneParcel),
    at: Timestamp,
    expiresAt: Timestamp,
  })
  .meta({ id: 'PhoneOffer' });
export type PhoneOffer = z.infer<typeof PhoneOffer>;
