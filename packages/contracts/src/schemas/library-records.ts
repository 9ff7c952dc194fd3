import { z } from 'zod';
import { Id, PageQuery, pageOf, Timestamp } from './common.ts';
import { EvidenceState } from './evidence.ts';

/** YYYY-MM-DD, Asia/Shanghai. */
const Day = z.iso.date();
const Words = z.object({ zh: z.string(), en: z.string() });
/** Field → value, as the type's declaration says; the API's description names them for every type. */
const FreeValues = z.record(z.string(), z.unknown());
const Version = z.int().min(1);

export const RecordFile = z
  .object({
    /** SHA-256, hex, of a file that this entity has uploaded. */
    sha256: z.string().regex(/^[0-9a-f]{64}$/),
    name: z.string().min(1).max(200),
    size: z.int().min(1),
    mediaType: z.string().max(100),
  })
  .meta({ id: 'RecordFile' });

/** Something that is not right with a value, or should be looked at. */
export const RecordIssue = z
  .object({
    /** E.g. `accountNo`, `rows.2.date`; empty for the record as a whole. */
    path: z.string(),
    code: z.string(),
    says: Words,
    severity: z.enum(['error', 'warning']),
  })
  .meta({ id: 'RecordIssue' });
export type RecordIssue = z.infer<typeof RecordIssue>;

/**
 * Filters of a list beside these: `f.<field>=<value>` for the fields that the type's declaration names, several values
 * separated by commas.
 */
export const RecordQuery = PageQuery.extend({
  /** One state, or several separated by commas. */
  state: z
    .string()
    .regex(/^[a-z-]+(,[a-z-]+)*$/)
    .max(200)
    .optional(),
  /** Days of the last change, both included. */
  from: Day.optional(),
  to: Day.optional(),
  /** Papers that end within so many days, those that have ended included. */
  expiring: z.coerce.number().int().min(0).max(3650).optional(),
  /** Sub-records of that record only. */
  parent: Id.optional(),
}).catchall(z.string().max(400));

/** What may be done with a record now, by this caller. */
export const RecordAction = z
  .object({
    event: z.string(),
    /** False: the state would allow it, a rule does not; `code` names the rule. */
    allowed: z.boolean(),
    code: z.string().nullable(),
    says: Words.nullable(),
  })
  .meta({ id: 'RecordAction' });

const summary = {
  id: Id,
  type: z.string(),
  state: z.string(),
  version: Version,
  title: z.string(),
  parentId: Id.nullable(),
  /** Fields set by events. */
  system: FreeValues,
  expiresOn: Day.nullable(),
  createdAt: Timestamp,
  updatedAt: Timestamp,
};

/** A row of a list: values of the list's columns; personal ones masked but for the record's name. */
export const RecordItem = z
  .object({
    ...summary,
    values: FreeValues,
    /** Names of the events that may be set off now. */
    actions: z.array(z.string()),
  })
  .meta({ id: 'RecordItem' });
export type RecordItem = z.infer<typeof RecordItem>;

export const RecordPage = pageOf(RecordItem).extend({
  /** How many are in each state, under all filters but that of the state. */
  counts: z.record(z.string(), z.int()),
});
export type RecordPage = z.infer<typeof RecordPage>;

/** One record, whole; what is personal in clear, for it is shown to its owner alone. */
export const RecordDetail = z
  .object({
    ...summary,
    values: FreeValues,
    /** Fields that came from the project information library and cannot be changed (LIB-PERF-11). */
    locked: z.array(z.string()),
    warnings: z.array(RecordIssue),
    actions: z.array(RecordAction),
    /** Titles of the records that it refers to, by id. */
    references: z.record(z.string(), z.object({ type: z.string(), title: z.string(), state: z.string() })),
    /** Whether there is more than the first version, and whether the leader was changed (LIB-PROJ-20). */
    history: z.object({ versions: z.int(), events: z.record(z.string(), z.int()) }),
    usable: z.boolean(),
  })
  .meta({ id: 'RecordDetail' });
export type RecordDetail = z.infer<typeof RecordDetail>;

const Reason = z.string().trim().max(500);
const Proof = z.array(RecordFile).max(20);

export const RecordCreation = z.object({
  event: z.string().max(40),
  values: FreeValues,
  /** The record to which a sub-record belongs. */
  parentId: Id.optional(),
});

export const RecordChange = z.object({
  event: z.string().max(40),
  /** The version that the caller saw; another one meanwhile is LIB_STALE. */
  version: Version,
  /** For events that take all values. */
  values: FreeValues.optional(),
  /** For events that take some fields of their own. */
  fields: FreeValues.optional(),
  reason: Reason.optional(),
  proof: Proof.optional(),
});
export type RecordChange = z.infer<typeof RecordChange>;

/** Values to be looked at; nothing is written. */
export const RecordCheckForm = RecordCreation.extend({ id: Id.optional() });
export const RecordCheck = z
  .object({ ok: z.boolean(), issues: z.array(RecordIssue), values: FreeValues.nullable() })
  .meta({ id: 'RecordCheck' });

export const RecordDifference = z.object({ field: z.string(), before: z.unknown(), after: z.unknown() });

/** 变更记录: one version and how it came about, with its 上链信息戳 (LIB-PROJ-20, -21). */
export const RecordHistoryEntry = z
  .object({
    version: Version,
    event: z.string(),
    state: z.string(),
    at: Timestamp,
    actor: z.object({ kind: z.string(), id: z.string() }),
    reason: z.string().nullable(),
    proof: z.array(RecordFile),
    changes: z.array(RecordDifference),
    evidence: z.object({ id: z.uuid(), state: EvidenceState }).nullable(),
  })
  .meta({ id: 'RecordHistoryEntry' });
export type RecordHistoryEntry = z.infer<typeof RecordHistoryEntry>;

export const RecordVersion = z
  .object({
    id: Id,
    type: z.string(),
    version: Version,
    event: z.string(),
    state: z.string(),
    at: Timestamp,
    values: FreeValues,
    system: FreeValues,
    /** SM3 of the canonical form of state, values and system fields, as the evidence says it. */
    sm3: z.string(),
  })
  .meta({ id: 'RecordVersion' });

export const SheetForm = z.object({
  /** `all`: nothing is written unless every row is right. `good-rows`: those that are right. `check`: nothing. */
  mode: z.enum(['all', 'good-rows', 'check']).default('all'),
  /** The event that makes the records; the type's first one where it is absent. */
  event: z.string().max(40).optional(),
  parentId: Id.optional(),
});

/** What is wrong with a cell of a sheet, and what to do. */
export const SheetFault = z
  .object({
    /** As the sheet counts: the first row of data is 2. */
    row: z.int(),
    /** Heading of the column; empty for the row as a whole. */
    column: z.string(),
    field: z.string(),
    code: z.string(),
    says: Words,
  })
  .meta({ id: 'SheetFault' });

export const SheetAnswer = z
  .object({
    rows: z.int(),
    good: z.int(),
    written: z.int(),
    faults: z.array(SheetFault),
    warnings: z.array(SheetFault),
  })
  .meta({ id: 'SheetAnswer' });
export type SheetAnswer = z.infer<typeof SheetAnswer>;

const Pointer = z.object({
  id: Id,
  type: z.string(),
  state: z.string(),
  title: z.string(),
});

/** Something that stands in the way of bidding, and where it is put right. */
export const DashboardBlocker = z
  .object({
    code: z.string(),
    says: Words,
    severity: z.enum(['error', 'warning']),
    type: z.string(),
    /** Filter of that type's list. */
    filter: z.record(z.string(), z.string()),
  })
  .meta({ id: 'DashboardBlocker' });

/** 企业信息总览 (LIB-DASH-01, OD-15). */
export const LibraryDashboard = z
  .object({
    types: z.array(
      z.object({
        module: z.string(),
        type: z.string(),
        counts: z.record(z.string(), z.int()),
        usable: z.int(),
        /** Usable papers that end within so many days; those that ended already. */
        expiring: z.object({ expired: z.int(), in15: z.int(), in30: z.int(), in60: z.int() }),
        /** Further breakdowns: field → value → count, e.g. the stage of projects. */
        breakdown: z.record(z.string(), z.record(z.string(), z.int())),
      }),
    ),
    /** The next papers that end, at most 20. */
    expiring: z.array(Pointer.extend({ expiresOn: Day, days: z.int() })),
    /** Drafts, the oldest first, at most 20. */
    drafts: z.array(Pointer.extend({ updatedAt: Timestamp })),
    blockers: z.array(DashboardBlocker),
  })
  .meta({ id: 'LibraryDashboard' });
export type LibraryDashboard = z.infer<typeof LibraryDashboard>;
