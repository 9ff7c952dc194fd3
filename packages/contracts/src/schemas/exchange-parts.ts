import { z } from 'zod';
import { EntityRole } from './common.ts';

/** SM3 or SHA-256, hex. */
export const Digest = z.string().regex(/^[0-9a-f]{64}$/);

export const RecordTypeName = z.string().regex(/^[a-z][a-z-]{1,39}$/);

/** The platform's own name of its user: opaque to the library. */
export const UserRef = z.string().regex(/^[\x21-\x7e]{1,64}$/);

export const UsccCode = z
  .string()
  .trim()
  .toUpperCase()
  .regex(/^[0-9A-HJ-NPQRTUWXY]{18}$/);

/** RFC 7515 §7.1, compact. */
export const CompactJws = z
  .string()
  .max(200_000)
  .regex(/^[\w-]+\.[\w-]+\.[\w-]+$/);

export const ExchangeEntity = z
  .object({
    id: z.string(),
    kind: z.enum(['ORGANISATION', 'NATURAL_PERSON']),
    name: z.string(),
    uscc: z.string().nullable(),
    roles: z.array(EntityRole),
  })
  .meta({ id: 'ExchangeEntity' });
export type ExchangeEntity = z.infer<typeof ExchangeEntity>;

export const ExchangeRecord = z
  .object({
    id: z.string(),
    type: RecordTypeName,
    parent: z.string().nullable(),
    version: z.int(),
    state: z.string(),
    title: z.string(),
    values: z.record(z.string(), z.unknown()),
    system: z.record(z.string(), z.unknown()),
    /** Fields that came with it and that its owner cannot change (LIB-PERF-11). */
    locked: z.array(z.string()),
    /** As the evidence of this version has it: over everything here that is not personal. */
    sm3: Digest,
  })
  .meta({ id: 'ExchangeRecord' });
export type ExchangeRecord = z.infer<typeof ExchangeRecord>;
