import { z } from 'zod';
import { Timestamp } from './common.ts';
import { Push } from './exchange-notices.ts';

/** What a copy lacked when it was made: directories that the platform requires; files and papers by number. */
export const MirrorGaps = z.object({ missing: z.array(z.string()), unmapped: z.int(), stale: z.int() });
export type MirrorGaps = z.infer<typeof MirrorGaps>;

const MirrorStamp = z.object({
  /** Of the library, when the copy was made. */
  libVersion: z.int(),
  syncedAt: Timestamp,
  complete: z.boolean(),
  /** Null: made before they were kept. */
  gaps: MirrorGaps.nullable(),
});

/** What the enterprise sees of one platform's dealings with its information. */
export const PlatformStanding = z
  .object({
    code: z.string(),
    name: z.string(),
    filingMode: z.enum(['LOCAL', 'MIRROR']),
    activated: z.boolean(),
    /** May look up usable records while nobody is logged in there. */
    consent: z.boolean(),
    mirror: MirrorStamp.extend({ current: z.boolean() }).nullable(),
    /** The platform's own decision, as it has told it. */
    approval: z.object({ version: z.int(), decidedAt: Timestamp, withdrawn: z.boolean() }).nullable(),
    recognition: z
      .object({ approvedBy: z.string(), version: z.int(), recognisedAt: Timestamp, withdrawn: z.boolean() })
      .nullable(),
    /** Names of the platforms whose approvals it recognises. */
    recognises: z.array(z.string()),
  })
  .meta({ id: 'PlatformStanding' });
export type PlatformStanding = z.infer<typeof PlatformStanding>;

const Platform = z.object({ code: z.string(), name: z.string() });

/** An entity among the platforms, as the desk looks at it. */
export const EntityExchange = z
  .object({
    /** Grows with every change of the entity's information. */
    libVersion: z.int(),
    platforms: z.array(PlatformStanding),
    /** Copies, the newest first. */
    syncs: z.array(MirrorStamp.extend({ platform: Platform })),
    /** Decisions that the platforms told, the newest first. */
    filings: z.array(
      z.object({
        platform: Platform,
        filingId: z.string(),
        version: z.int(),
        decidedAt: Timestamp,
        withdrawnAt: Timestamp.nullable(),
        because: z.enum(['PLATFORM', 'VOIDED', 'FROZEN', 'SUPERSEDED']).nullable(),
      }),
    ),
    recognitions: z.array(
      z.object({
        platform: Platform,
        approvedBy: Platform,
        version: z.int(),
        recognisedAt: Timestamp,
        withdrawnAt: Timestamp.nullable(),
      }),
    ),
    /** Notices of it that no platform has acknowledged yet. */
    undelivered: z.array(Push),
  })
  .meta({ id: 'EntityExchange' });
export type EntityExchange = z.infer<typeof EntityExchange>;
