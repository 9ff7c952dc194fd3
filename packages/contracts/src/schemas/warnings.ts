import { z } from 'zod';
import { Id, PageQuery, Timestamp } from './common.ts';

/** What people are told of, in the order in which it matters to them. */
export const WarningKind = z
  .enum([
    /** A paper of a record ends, or has ended: 60, 30 and 15 days before, and on the day after. */
    'RECORD_EXPIRES',
    /** A digital certificate ends, by the same days. */
    'KEY_EXPIRES',
    'SYNC_FAILED',
    'KEY_ACTIVATED',
    /** Somebody else than the primary key changed a record. */
    'CHANGED_BY_OTHER_KEY',
    'RECORD_USED',
    'PROJECT_ARRIVED',
    /** A document waits for the entity's seal. */
    'SIGNING_TURN',
  ])
  .meta({ id: 'WarningKind' });
export type WarningKind = z.infer<typeof WarningKind>;

/** Facts without personal data: ids, codes, counts and dates. */
export const WarningFacts = z
  .record(z.string(), z.union([z.string(), z.number(), z.boolean()]))
  .meta({ id: 'WarningFacts' });
export type WarningFacts = z.infer<typeof WarningFacts>;

export const LibraryWarning = z
  .object({
    id: Id,
    kind: WarningKind,
    tone: z.enum(['info', 'warning', 'urgent']),
    /** In the caller's language. */
    text: z.string(),
    facts: WarningFacts,
    /** Page of the library that deals with it. */
    link: z.string().nullable(),
    at: Timestamp,
    /** By the person who asks: each key and each person has read for themselves. */
    read: z.boolean(),
  })
  .meta({ id: 'LibraryWarning' });
export type LibraryWarning = z.infer<typeof LibraryWarning>;

export const WarningQuery = PageQuery.pick({ page: true, pageSize: true }).extend({
  kind: WarningKind.optional(),
  unread: z
    .enum(['true', 'false'])
    .transform((text) => text === 'true')
    .optional(),
  /** Of the texts; the browser's where it is absent. */
  lang: z.enum(['zh', 'en']).optional(),
});

export const UnreadWarnings = z
  .object({ unread: z.int(), byKind: z.partialRecord(WarningKind, z.int()) })
  .meta({ id: 'UnreadWarnings' });
export type UnreadWarnings = z.infer<typeof UnreadWarnings>;

/** Marks what was read: these, or everything up to now. */
export const WarningsRead = z.union([
  z.object({ ids: z.array(Id).min(1).max(200) }),
  z.object({ all: z.literal(true) }),
]);

export const WarningPreferences = z
  .object({
    /** Masked; null: nothing is mailed. */
    address: z.string().nullable(),
    /** The address has proved itself by the code that was sent to it. Before that nothing is mailed. */
    confirmed: z.boolean(),
    /** Mailed once a day, in the morning. */
    kinds: z.array(WarningKind),
    language: z.enum(['zh', 'en']),
    version: z.int(),
  })
  .meta({ id: 'WarningPreferences' });
export type WarningPreferences = z.infer<typeof WarningPreferences>;

export const WarningPreferencesForm = z.object({
  /** Absent: as it is. Null: none any more. A new one is sent a code. */
  address: z.email().max(200).nullable().optional(),
  kinds: z.array(WarningKind).max(20),
  language: z.enum(['zh', 'en']).default('zh'),
  /** The version that the user saw; 0 before the first. */
  version: z.int().min(0),
});

export const AddressCode = z.object({ code: z.string().regex(/^\d{6}$/) });
