import { z } from 'zod';
import { caError } from '../errors.ts';
import { REVOCATION_REASONS } from '../state/events.ts';

const name = z.string().trim().min(1).max(120);
const number = z
  .string()
  .regex(/^[A-Za-z0-9-]+$/)
  .max(64);

const holder = z
  .strictObject({
    kind: z.enum(['enterprise', 'legalRepresentative', 'individual', 'operator']),
    uscc: z
      .string()
      .regex(/^[0-9A-Z]{18}$/)
      .optional(),
    unitName: name.optional(),
    personName: name.optional(),
    personIdNo: z
      .string()
      .regex(/^\d{17}[\dX]$/)
      .optional(),
    keyNo: number.optional(),
    mediumNo: number.optional(),
    onPhone: z.boolean().optional(),
  })
  .refine((one) => one.kind !== 'enterprise' || (one.uscc !== undefined && one.unitName !== undefined), {
    path: ['uscc'],
  })
  .refine((one) => one.kind === 'enterprise' || one.personName !== undefined, { path: ['personName'] });

/** RFC 5280 §4.1.2.5 knows no later time. */
const time = z.iso.datetime().transform((text) => Date.parse(text));

const reference = z.string().regex(/^[A-Za-z0-9._-]{1,80}$/);
const serialHex = z.string().regex(/^([0-9a-f]{2}){1,20}$/);

export const issueSchema = z.strictObject({
  csr: z.base64().max(90_000),
  encryptionCsr: z.base64().max(90_000).optional(),
  encryptionOf: serialHex.optional(),
  reference: reference.optional(),
  holder,
  notBefore: time.optional(),
  notAfter: time.optional(),
  variant: z.enum(['normal', 'wrong-usage', 'weak-key']).default('normal'),
});

export const serialSchema = z.strictObject({ serialHex });

export const referenceSchema = z.strictObject({ reference });

export const revokeSchema = z.strictObject({ reason: z.enum(REVOCATION_REASONS).default('unspecified') });

export const emptySchema = z.strictObject({}).nullish();

export const pageSchema = z.strictObject({
  offset: z.coerce.number().int().min(0).default(0),
  limit: z.coerce.number().int().min(1).max(1000).default(100),
});

/** Reads hostile input by a schema. @throws CA_INPUT with the paths that are wrong, never with their values */
export function readInput<T>(schema: z.ZodType<T>, input: unknown): T {
  const result = schema.safeParse(input);
  if (result.success) return result.data;
  throw caError('CA_INPUT', { paths: result.error.issues.map((issue) => issue.path.join('.')) });
}
