import { z } from 'zod';
import { Timestamp } from './common.ts';
import { Digest, RecordTypeName } from './exchange-parts.ts';

export const FeedQuery = z.object({
  /** Index of the last entry that the reader has dealt with; absent: from the beginning. */
  after: z.coerce.number().int().min(-1).default(-1),
  limit: z.coerce.number().int().min(1).max(1000).default(200),
  /** Seconds to wait for something new. */
  wait: z.coerce.number().int().min(0).max(25).default(0),
  /** `witnessed`: only what independent witnesses have confirmed. */
  upTo: z.enum(['logged', 'witnessed']).default('logged'),
});

/** One change of a record, at its place in the evidence log. */
export const FeedEntry = z
  .object({
    index: z.int(),
    at: Timestamp,
    /** Id of the statement, by which its evidence is found. */
    statement: z.uuid(),
    entity: z.string(),
    /** E.g. `record.submit`, `entity.freeze`. */
    act: z.string(),
    subject: z.object({ kind: z.string(), id: z.string() }),
    /** Of a record: its type, its version, its state after the event, and the SM3 of its values. */
    type: RecordTypeName.nullable(),
    version: z.int().nullable(),
    state: z.string().nullable(),
    sm3: Digest.nullable(),
  })
  .meta({ id: 'FeedEntry' });
export type FeedEntry = z.infer<typeof FeedEntry>;

export const FeedPage = z
  .object({
    entries: z.array(FeedEntry),
    /** Pass as `after` next time: all up to here has been looked at, also where nothing was for this platform. */
    next: z.int(),
    /** Index of the last entry of the log that could be told; -1: none. */
    head: z.int(),
  })
  .meta({ id: 'FeedPage' });
export type FeedPage = z.infer<typeof FeedPage>;
