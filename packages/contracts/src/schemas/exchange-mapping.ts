import { z } from 'zod';
import { Text, Timestamp } from './common.ts';

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

export const LibraryNodes = z.array(
  z.object({ libNode: z.string(), label: z.string(), labelEn: z.string() }),
);
