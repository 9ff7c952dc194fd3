import { z } from 'zod';
import { Id, Timestamp } from './common.ts';
import { CompactJws, Digest, ExchangeEntity, UsccCode, UserRef } from './exchange-parts.ts';

/** What a platform has decided on an entity's filing (PLAT-020 …). */
export const FilingForm = z.object({
  /** The platform's own number of this decision. */
  filingId: Id,
  uscc: UsccCode,
  decision: z.enum(['APPROVED', 'REJECTED', 'WITHDRAWN']),
  /** Base information as it was reviewed. */
  record: Id,
  version: z.int().min(1),
  sm3: Digest,
  decidedAt: Timestamp,
});

export const FilingAnswer = z.object({ filingId: z.string(), approval: z.string().nullable() });

export const BaseVersion = z
  .object({ entity: ExchangeEntity, record: z.string(), version: z.int(), sm3: Digest, state: z.string() })
  .meta({ id: 'BaseVersion' });
export type BaseVersion = z.infer<typeof BaseVersion>;

export const RecognitionForm = z.object({ uscc: UsccCode, user: UserRef });

/** Another platform's approval of the same version, taken over by this platform's policy. */
export const Recognition = z
  .object({
    id: z.string(),
    entity: ExchangeEntity,
    record: z.string(),
    version: z.int(),
    sm3: Digest,
    approvedBy: z.object({ code: z.string(), name: z.string() }),
    approvedAt: Timestamp,
    recognisedAt: Timestamp,
  })
  .meta({ id: 'Recognition' });
export type Recognition = z.infer<typeof Recognition>;

export const RecognitionAnswer = z.object({ recognition: Recognition, signature: CompactJws });
export type RecognitionAnswer = z.infer<typeof RecognitionAnswer>;
