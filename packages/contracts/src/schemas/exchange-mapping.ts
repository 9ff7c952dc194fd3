import { z } from 'zod';
import { Id, Text, Timestamp } from './common.ts';

/** F-DIRMAP. */
export const MappingRow = z.object({
  /** `type/field` of the library. */
  libNode: z.string().regex(/^[a-z-]{1,40}\/[a-zA-Z]\w{0,59}$/),
  /** Null: not mirrored (PLAT-030). */
  platformNode: Text(200).nullable(),
  /** Whether the platform requires a file there. */
  required: z.boolean(),
  /** Shown to the bidder where the platform has no such directory. */
  hint: Text(300).nullable(),
});
export type MappingRow = z.infer<typeof MappingRow>;

export const Mapping = z
  .object({
    platform: z.string(),
    version: z.int(),
    rows: z.array(MappingRow.extend({ label: z.string() })),
    updatedAt: Timestamp.nullable(),
  })
  .meta({ id: 'Mapping' });
export type Mapping = z.infer<typeof Mapping>;

export const MappingForm = z.object({
  /** What the editor saw. */
  version: z.int().min(0),
  rows: z.array(MappingRow).max(500),
  reason: Text(500),
});

/** What is wrong with a row, so that it cannot be adopted. */
export const MappingFault = z
  .enum(['UNKNOWN_DIRECTORY', 'TWICE', 'NO_HINT', 'REQUIRED_NOWHERE'])
  .meta({ id: 'MappingFault' });
export type MappingFault = z.infer<typeof MappingFault>;

/** A mapping as it was from one decision to the next. */
export const MappingVersion = z
  .object({
    version: z.int(),
    /** Null: as the platform began. */
    reason: z.string().nullable(),
    /** The two people's step, by id. */
    approval: Id.nullable(),
    at: Timestamp.nullable(),
    rows: z.array(MappingRow.extend({ label: z.string() })),
  })
  .meta({ id: 'MappingVersion' });
export type MappingVersion = z.infer<typeof MappingVersion>;

export const MappingTrialForm = z.object({
  rows: z.array(MappingRow).max(500),
  /** An entity to try it on. */
  entity: Id.optional(),
});

/** How one entity's files fall into a platform's directories: how many, never which. */
const Placement = z.object({
  complete: z.boolean(),
  placed: z.array(z.object({ libraryNode: z.string(), platformNode: z.string(), files: z.int() })),
  unmapped: z.array(z.object({ libraryNode: z.string(), hint: z.string(), files: z.int() })),
  missing: z.array(z.object({ platformNode: z.string(), libraryNodes: z.array(z.string()) })),
});

const Totals = z.object({ complete: z.int(), placed: z.int(), unmapped: z.int(), missing: z.int() });

/** What a mapping would do, before anybody adopts it. */
export const MappingTrial = z
  .object({
    faults: z.array(z.object({ libNode: z.string(), fault: MappingFault })),
    changes: z.array(
      z.object({
        libNode: z.string(),
        label: z.string(),
        before: MappingRow.nullable(),
        after: MappingRow.nullable(),
      }),
    ),
    /** Over the entities that synced there last. */
    sample: z.object({ entities: z.int(), before: Totals, after: Totals }),
    entity: z.object({ id: Id, name: z.string(), before: Placement, after: Placement }).nullable(),
  })
  .meta({ id: 'MappingTrial' });
export type MappingTrial = z.infer<typeof MappingTrial>;

export const LibraryNodes = z.array(
  z.object({ libNode: z.string(), label: z.string(), labelEn: z.string() }),
);
