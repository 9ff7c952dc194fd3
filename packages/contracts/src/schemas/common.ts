import { z } from 'zod';

export const Timestamp = z.iso.datetime({ offset: true }).meta({ description: 'RFC 3339, UTC' });
export const Text = (max: number) => z.string().trim().min(1).max(max);
export const Base64 = (max: number) => z.base64().max(max);
/** One certificate, DER, base64. */
export const CertificateDer = Base64(16_384).min(1);
export const Id = z.string().regex(/^[A-Za-z0-9_-]{1,64}$/);

/** RFC 9457, with our stable code and per-field errors. */
export const Problem = z
  .object({
    type: z.string(),
    title: z.string(),
    status: z.int(),
    code: z.string(),
    detail: z.string().optional(),
    /** A second line that names the cause, e.g. the date of a revocation. */
    hint: z.string().optional(),
    instance: z.string().optional(),
    requestId: z.string().optional(),
    retry: z.enum(['never', 'later', 'corrected']).optional(),
    fields: z
      .record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.array(z.string())]))
      .optional(),
    errors: z.array(z.object({ path: z.string(), code: z.string(), message: z.string() })).optional(),
  })
  .meta({ id: 'Problem' });
export type Problem = z.infer<typeof Problem>;

export const PageQuery = z.object({
  page: z.coerce.number().int().min(1).max(10_000).default(1),
  pageSize: z.coerce
    .number()
    .int()
    .refine((n) => n === 20 || n === 50 || n === 100)
    .default(20),
  sort: z
    .string()
    .regex(/^-?[a-zA-Z]{1,40}$/)
    .optional(),
  q: z.string().trim().max(100).optional(),
});

export const pageOf = <T extends z.ZodType>(item: T) =>
  z.object({ items: z.array(item), total: z.int(), page: z.int(), pageSize: z.int() });

export const EntityRole = z.enum(['TENDEREE', 'AGENCY', 'BIDDER']).meta({ id: 'EntityRole' });
export type EntityRole = z.infer<typeof EntityRole>;
export const KeyRole = z.enum(['PRIMARY', 'SECONDARY']).meta({ id: 'KeyRole' });
export const HolderKind = z.enum(['enterprise', 'legalRepresentative', 'individual', 'operator', 'unknown']);
export const Medium = z.enum(['usb-key', 'phone', 'software', 'unknown']);
