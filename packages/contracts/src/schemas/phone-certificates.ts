import { HALF_USAGES, halfIdText } from '@hufu/phone-key';
import { z } from 'zod';
import { CertificateDer, Id, Timestamp } from './common.ts';
import { PhoneScope } from './phone-scopes.ts';

export const PhoneCertificateKind = z.enum(['ENTERPRISE', 'PERSONAL']).meta({ id: 'PhoneCertificateKind' });
export type PhoneCertificateKind = z.infer<typeof PhoneCertificateKind>;
export const PhoneCertificateState = z
  .enum(['EFFECTIVE', 'EXPIRED', 'HELD', 'LOST', 'REVOKED', 'REPLACED'])
  .meta({ id: 'PhoneCertificateState' });
export type PhoneCertificateState = z.infer<typeof PhoneCertificateState>;

export const PhoneKeyUse = z.enum(HALF_USAGES).meta({ id: 'PhoneKeyUse' });
export type PhoneKeyUse = z.infer<typeof PhoneKeyUse>;
/** LOCKED: too many wrong PINs; FROZEN: a copy was used, or too many broken runs. Neither comes back. */
export const PhoneHalfState = z
  .enum(['NEW', 'ACTIVE', 'HELD', 'LOCKED', 'FROZEN', 'DESTROYED'])
  .meta({ id: 'PhoneHalfState' });
export type PhoneHalfState = z.infer<typeof PhoneHalfState>;

/** One device's share of one key; `id` is the vault's. */
export const PhoneHalf = z
  .object({ id: halfIdText, usage: PhoneKeyUse, deviceId: Id, state: PhoneHalfState })
  .meta({ id: 'PhoneHalf' });
export type PhoneHalf = z.infer<typeof PhoneHalf>;

export const PhoneCertificate = z
  .object({
    id: Id,
    kind: PhoneCertificateKind,
    enterprise: z.object({ id: Id, name: z.string(), uscc: z.string() }).nullable(),
    /** Name in the certificate. */
    subjectName: z.string(),
    authority: z.object({ id: z.string(), name: z.string(), phone: z.string() }),
    serialNumber: z.string(),
    fingerprint: z.string(),
    validFrom: Timestamp,
    validTo: Timestamp,
    daysLeft: z.int(),
    state: PhoneCertificateState,
    /** Whether the caller is the administrator of it, or uses it by grants. */
    standing: z.enum(['HOLDER', 'GRANTED']),
    scopes: z.array(PhoneScope),
    /** OD-29: from 30 days before the end. */
    renewable: z.boolean(),
    /** MOB-043: enterprise certificates alone. */
    reapplicable: z.boolean(),
    /** Of the calling device; empty when its half lies on another device. */
    halves: z.array(PhoneHalf),
    /** Of this person. */
    devices: z.array(z.object({ id: Id, name: z.string(), state: PhoneHalfState })),
  })
  .meta({ id: 'PhoneCertificate' });
export type PhoneCertificate = z.infer<typeof PhoneCertificate>;

export const PhoneCertificateDetail = PhoneCertificate.extend({
  signingCertificate: CertificateDer,
  encryptionCertificate: CertificateDer.nullable(),
  replacedBy: Id.nullable(),
}).meta({ id: 'PhoneCertificateDetail' });
export type PhoneCertificateDetail = z.infer<typeof PhoneCertificateDetail>;

/** 生效中, 已失效 (MOB-041). */
export const PhoneCertificateQuery = z.object({ tab: z.enum(['effective', 'ended']).optional() });
