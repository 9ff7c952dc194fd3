import { z } from 'zod';
import { faultsSchema } from '../options.ts';

const at = z.int();
const serialHex = z.string().regex(/^([0-9a-f]{2}){1,20}$/);

/** Reasons for which this authority revokes for good (RFC 5280 §5.3.1). */
export const REVOCATION_REASONS = [
  'unspecified',
  'keyCompromise',
  'cACompromise',
  'affiliationChanged',
  'superseded',
  'cessationOfOperation',
  'privilegeWithdrawn',
] as const;

const issuedCertificate = z.strictObject({
  serialHex,
  purpose: z.enum(['sign', 'encrypt']),
  /** Base64 DER. */
  certificate: z.base64(),
});

/** What happened, one line each. `serials` holds both certificates of a pair: they share their fate. */
export const journalEventSchema = z.discriminatedUnion('type', [
  z.strictObject({
    type: z.literal('issued'),
    at,
    kind: z.enum(['enterprise', 'legalRepresentative', 'individual', 'operator']),
    keyNo: z.string(),
    certificates: z.array(issuedCertificate).min(1).max(2),
    /** Whose order it was, so that the same order is never carried out twice. */
    order: z
      .strictObject({
        reference: z.string(),
        /** SHA-256 (hexadecimal) of everything that was ordered. */
        digest: z.string(),
        /** Base64; sealed to the holder's signing key. */
        envelopedKey: z.base64().optional(),
      })
      .optional(),
  }),
  z.strictObject({
    type: z.literal('revoked'),
    at,
    serials: z.array(serialHex),
    reason: z.enum(REVOCATION_REASONS),
  }),
  z.strictObject({ type: z.literal('held'), at, serials: z.array(serialHex) }),
  z.strictObject({ type: z.literal('released'), at, serials: z.array(serialHex) }),
  z.strictObject({ type: z.literal('faults'), at, faults: faultsSchema }),
  z.strictObject({ type: z.literal('crl'), at, list: z.enum(['root', 'intermediate']), number: z.int() }),
]);

export type JournalEvent = z.infer<typeof journalEventSchema>;
export type RevocationReason = (typeof REVOCATION_REASONS)[number];
export type ListName = Extract<JournalEvent, { type: 'crl' }>['list'];
