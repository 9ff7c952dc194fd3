import { z } from 'zod';
import { Timestamp } from './common.ts';

/** What a platform must learn of without asking (PLAT-040). */
export const PlatformNoticeKind = z
  .enum(['performance.void', 'recognition.withdraw'])
  .meta({ id: 'PlatformNoticeKind' });
export type PlatformNoticeKind = z.infer<typeof PlatformNoticeKind>;

export const PlatformNotice = z
  .object({
    /** Consecutive per platform, from 1. */
    seq: z.int(),
    kind: PlatformNoticeKind,
    entity: z.string(),
    record: z.string(),
    /** E.g. of `performance.void`: {version, voidedAt}. */
    facts: z.record(z.string(), z.unknown()),
    at: Timestamp,
  })
  .meta({ id: 'PlatformNotice' });
export type PlatformNotice = z.infer<typeof PlatformNotice>;

export const NoticesQuery = z.object({
  after: z.coerce.number().int().min(0).default(0),
  limit: z.coerce.number().int().min(1).max(500).default(100),
});

export const NoticeList = z.object({
  items: z.array(PlatformNotice),
  /** Up to here all is acknowledged. */
  acknowledged: z.int(),
});

export const NoticeReceipt = z.object({ seq: z.int().min(1) });

export const PushState = z.enum(['PENDING', 'ACKNOWLEDGED', 'DEAD']).meta({ id: 'PushState' });
export type PushState = z.infer<typeof PushState>;

export const Push = PlatformNotice.extend({
  id: z.string(),
  platform: z.string(),
  platformName: z.string(),
  state: PushState,
  attempts: z.int(),
  lastError: z.string().nullable(),
  lastTriedAt: Timestamp.nullable(),
  acknowledgedAt: Timestamp.nullable(),
}).meta({ id: 'Push' });
export type Push = z.infer<typeof Push>;
