import { z } from 'zod';
import { Timestamp } from './common.ts';
import {
  CompactJws,
  Digest,
  ExchangeEntity,
  ExchangeRecord,
  RecordTypeName,
  UsccCode,
  UserRef,
} from './exchange-parts.ts';

const Says = z.object({ zh: z.string(), en: z.string() });

export const PullForm = z.object({
  syncCode: z.string().trim().toUpperCase().max(40),
  /** The platform's user who enters the code: five wrong ones lock this user out for a while. */
  user: UserRef,
  /** The entity that is logged in on the platform: a code of another one is refused. */
  uscc: UsccCode,
});

export const MirroredFile = z
  .object({
    /** Where the file goes on the platform. */
    platformNode: z.string(),
    libraryNode: z.string(),
    record: z.string(),
    sha256: Digest,
    name: z.string(),
    /** Bytes. */
    size: z.int(),
    mediaType: z.string(),
  })
  .meta({ id: 'MirroredFile' });
export type MirroredFile = z.infer<typeof MirroredFile>;

/** What the user is to look after (PLAT-016, PLAT-030, OD-27). */
export const CompletenessReport = z
  .object({
    complete: z.boolean(),
    /** Directories that the platform requires and for which the library has no file. */
    missing: z.array(z.object({ platformNode: z.string(), libraryNodes: z.array(z.string()) })),
    /** Files for which the platform has no directory: not mirrored. */
    unmapped: z.array(
      z.object({ libraryNode: z.string(), record: z.string(), name: z.string(), hint: z.string() }),
    ),
    /** What is not as it should be any more. */
    stale: z.array(
      z.object({
        record: z.string(),
        type: RecordTypeName,
        title: z.string(),
        reason: z.enum(['EXPIRED', 'DRAFT']),
        says: Says,
      }),
    ),
  })
  .meta({ id: 'CompletenessReport' });
export type CompletenessReport = z.infer<typeof CompletenessReport>;

/** Everything of an entity that a platform may mirror (PLAT-014, OD-27). */
export const MirrorPackage = z
  .object({
    pull: z.string(),
    platform: z.string(),
    syncedAt: Timestamp,
    /** Grows with every change of the entity's information. */
    libVersion: z.int(),
    entity: ExchangeEntity,
    records: z.array(ExchangeRecord),
    files: z.array(MirroredFile),
    report: CompletenessReport,
    /** Until when the files may be fetched. */
    filesUntil: Timestamp,
  })
  .meta({ id: 'MirrorPackage' });
export type MirrorPackage = z.infer<typeof MirrorPackage>;

export const PullAnswer = z.object({
  package: MirrorPackage,
  /**
   * By the key of the installation over {iss, aud, jti, iat, entity, libVersion, sha256}, the last being that of the
   * package's canonical JSON (RFC 8785).
   */
  signature: CompactJws,
});
export type PullAnswer = z.infer<typeof PullAnswer>;
