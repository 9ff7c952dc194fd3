import { z } from 'zod';
import { HolderKind, Id, KeyRole, Medium, Text, Timestamp } from './common.ts';

/** What a certificate says, read by the profile of its authority (OD-41, F-HUBBIND). */
export const CertificateView = z
  .object({
    serialNumber: z.string(),
    issuerName: z.string(),
    authority: z.object({ id: z.string(), name: z.string(), phone: z.string() }).nullable(),
    unitName: z.string(),
    uscc: z.string().nullable(),
    holderKind: HolderKind,
    certKeyNo: z.string(),
    medium: Medium,
    validFrom: Timestamp,
    validTo: Timestamp,
    algorithm: z.string(),
    fingerprint: z.string(),
  })
  .meta({ id: 'CertificateView' });
export type CertificateView = z.infer<typeof CertificateView>;

export const CertificateStatus = z.enum([
  'VALID',
  'EXPIRING',
  'EXPIRED',
  'REVOKED',
  'LOST',
  'NOT_YET_VALID',
  'UNKNOWN',
]);

/** A certificate bound to an enterprise (SM-HUB-CERT). */
export const BoundCertificate = CertificateView.extend({
  id: Id,
  role: KeyRole,
  mediaNo: z.string().nullable(),
  boundAt: Timestamp,
  lastUsedAt: Timestamp.nullable(),
  status: CertificateStatus,
}).meta({ id: 'BoundCertificate' });
export type BoundCertificate = z.infer<typeof BoundCertificate>;

/** 介质硬件号, as the assistant reports it. */
export const MediaNo = Text(64).regex(/^[A-Za-z0-9-]+$/);
