import { z } from 'zod';
import { EntityRole, Id, PageQuery, pageOf, Timestamp } from './common.ts';
import { EntityKind, EntityState } from './library-entities.ts';

const Day = z.iso.date();
const Said = z.object({ zh: z.string(), en: z.string() });

/** An entity in a list of the desk. */
export const StewardEntity = z
  .object({
    id: Id,
    kind: EntityKind,
    /** A person's name is masked. */
    name: z.string(),
    /** Null: a natural person. */
    uscc: z.string().nullable(),
    state: EntityState,
    roles: z.array(EntityRole),
    /** GB/T 2260, of the base information. */
    region: z.string().nullable(),
    /** The entity into which this account was merged. */
    mergedInto: Id.nullable(),
    registeredAt: Timestamp,
    activatedAt: Timestamp.nullable(),
    lastLoginAt: Timestamp.nullable(),
  })
  .meta({ id: 'StewardEntity' });
export type StewardEntity = z.infer<typeof StewardEntity>;

/** Best first: how well it matches, then what matched. */
export const SearchKind = z.enum(['NAME', 'FORMER_NAME', 'USCC', 'PROJECT', 'PERSON']);
export type SearchKind = z.infer<typeof SearchKind>;

export const LibrarySearchQuery = z.object({
  /** Words, all of which must stand in what is found. */
  q: z.string().trim().min(2).max(100),
  page: z.coerce.number().int().min(1).max(25).default(1),
});

export const LibrarySearchHit = z
  .object({
    entity: StewardEntity.pick({
      id: true,
      kind: true,
      name: true,
      uscc: true,
      state: true,
      mergedInto: true,
    }),
    kind: SearchKind,
    match: z.enum(['EXACT', 'PREFIX', 'PART']),
    /** What matched, as it is written; null for what is personal. */
    text: z.string().nullable(),
    /** Of a project or person. */
    recordId: z.uuid().nullable(),
  })
  .meta({ id: 'LibrarySearchHit' });
export type LibrarySearchHit = z.infer<typeof LibrarySearchHit>;

export const LibrarySearchPage = pageOf(LibrarySearchHit).extend({
  /** There is more than was looked through: a longer text finds it. */
  capped: z.boolean(),
});
export type LibrarySearchPage = z.infer<typeof LibrarySearchPage>;

export const EntityFilter = z.object({
  state: z.enum([...EntityState.options, 'MERGED']).optional(),
  kind: EntityKind.optional(),
  /** A region and all below it: the first two, four or six digits. */
  region: z
    .string()
    .regex(/^\d{2}(\d{2}){0,2}$/)
    .optional(),
  /** Days of registration in Shanghai, both inclusive. */
  from: Day.optional(),
  to: Day.optional(),
  /** `base` or `letter`: what the registration still lacks. */
  incomplete: z.enum(['any', 'base', 'letter']).optional(),
});

export const EntityListQuery = EntityFilter.extend({
  page: PageQuery.shape.page,
  pageSize: PageQuery.shape.pageSize,
  sort: z
    .enum(['-registeredAt', 'registeredAt', '-updatedAt', 'updatedAt', 'name', '-name'])
    .default('-registeredAt'),
});

export const EntityListPage = pageOf(StewardEntity).extend({
  /** `total` is the bound up to which is counted; there are more. */
  capped: z.boolean(),
});
export type EntityListPage = z.infer<typeof EntityListPage>;

export const StewardKey = z.object({
  id: Id,
  certType: z.enum(['TOKEN', 'MOBILE']),
  state: z.enum(['SUBMITTED', 'VOIDED']),
  isPrimary: z.boolean(),
  authorityName: z.string(),
  certKeyNo: z.string(),
  validTo: Timestamp,
  lastUsedAt: Timestamp.nullable(),
});

export const RecordCount = z.object({
  module: Said,
  type: z.string(),
  label: Said,
  total: z.int(),
  states: z.array(z.object({ state: z.string(), label: Said, count: z.int() })),
});

export const EntityPageView = StewardEntity.extend({
  updatedAt: Timestamp,
  frozenAt: Timestamp.nullable(),
  frozenReason: z.string().nullable(),
  registeredBy: z.enum(['KEY', 'HUB', 'CITIZEN']),
  baseSubmittedAt: Timestamp.nullable(),
  letterSignedAt: Timestamp.nullable(),
  formerNames: z.array(z.string()),
  /** Accounts that were merged into this one. */
  merged: z.array(z.object({ id: Id, name: z.string() })),
  keys: z.array(StewardKey),
  records: z.array(RecordCount),
}).meta({ id: 'EntityPageView' });
export type EntityPageView = z.infer<typeof EntityPageView>;

/** A record as the desk reads it: what is personal is masked, or in clear after a reason was given. */
export const StewardRecord = z
  .object({
    id: z.uuid(),
    type: z.string(),
    state: z.string(),
    version: z.int(),
    title: z.string(),
    values: z.record(z.string(), z.unknown()),
    /** Names of the fields that are masked. */
    masked: z.array(z.string()),
    createdAt: Timestamp,
    updatedAt: Timestamp,
  })
  .meta({ id: 'StewardRecord' });
export type StewardRecord = z.infer<typeof StewardRecord>;

/** What a data-quality report looks at. */
export const QualityKind = z.enum(['EXPIRED_PAPER', 'OLD_DRAFT', 'SHARED_CERTIFICATE', 'PERSON_AT_TWO']);
export type QualityKind = z.infer<typeof QualityKind>;

export const QualityReport = z
  .object({
    /** Null: none has been made yet. */
    madeAt: Timestamp.nullable(),
    findings: z.array(
      z.object({
        kind: QualityKind,
        count: z.int(),
        entities: z.int(),
        /** Among which records, the most first. */
        types: z.array(z.object({ type: z.string(), label: Said, count: z.int() })),
      }),
    ),
    /** The reports of the last month, the oldest first. */
    trend: z.array(z.object({ madeAt: Timestamp, counts: z.record(QualityKind, z.int()) })),
  })
  .meta({ id: 'QualityReport' });
export type QualityReport = z.infer<typeof QualityReport>;

export const QualityQuery = PageQuery.pick({ page: true, pageSize: true }).extend({
  /** Records of one type alone. */
  type: z
    .string()
    .regex(/^[a-z][a-z-]{1,40}$/)
    .optional(),
});

export const QualityFinding = z
  .object({
    entityId: Id,
    entityName: z.string(),
    type: z.string(),
    label: Said,
    recordId: z.uuid(),
    /** Day of expiry or of the last change; null where neither is the point. */
    day: Day.nullable(),
    /** Findings with the same group belong together: one number, one person. */
    group: z.string().nullable(),
  })
  .meta({ id: 'QualityFinding' });
export type QualityFinding = z.infer<typeof QualityFinding>;

export const StewardImportState = z.enum(['READING', 'READ', 'WRITING', 'DONE', 'FAILED', 'CANCELLED']);

/** A sheet on its way into the library. */
export const StewardImport = z
  .object({
    id: Id,
    type: z.string(),
    label: Said,
    fileName: z.string(),
    state: StewardImportState,
    /** Code of what made it fail. */
    failure: z.string().nullable(),
    rows: z.int(),
    /** Judged right and not yet written; wrong; written; refused when they were to be written. */
    good: z.int(),
    bad: z.int(),
    written: z.int(),
    refused: z.int(),
    createdAt: Timestamp,
    updatedAt: Timestamp,
  })
  .meta({ id: 'StewardImport' });
export type StewardImport = z.infer<typeof StewardImport>;

export const StewardImportForm = z.object({ type: z.string().regex(/^[a-z][a-z-]{1,40}$/) });
