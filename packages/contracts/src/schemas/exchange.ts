import { z } from 'zod';
import { EntityRole, Id, Text, Timestamp } from './common.ts';

/** SM3 or SHA-256, hex. */
const Digest = z.string().regex(/^[0-9a-f]{64}$/);
const RecordTypeName = z.string().regex(/^[a-z][a-z-]{1,39}$/);
const Says = z.object({ zh: z.string(), en: z.string() });
/** The platform's own name of its user: opaque to the library. */
const UserRef = z.string().regex(/^[\x21-\x7e]{1,64}$/);
const UsccCode = z
  .string()
  .trim()
  .toUpperCase()
  .regex(/^[0-9A-HJ-NPQRTUWXY]{18}$/);
/** RFC 7515 §7.1, compact. */
const CompactJws = z
  .string()
  .max(200_000)
  .regex(/^[\w-]+\.[\w-]+\.[\w-]+$/);

/** What an access token is good for: one use each (RFC 6749 §3.3). */
export const EXCHANGE_SCOPES = [
  'library:pull',
  'library:feed',
  'library:callback',
  'filings:write',
  'projects:write',
] as const;
export type ExchangeScope = (typeof EXCHANGE_SCOPES)[number];

export const ExchangeKeys = z
  .object({ keys: z.array(z.record(z.string(), z.unknown())) })
  .meta({ id: 'ExchangeKeys', description: 'JWK set (RFC 7517) of the keys that sign packages and notices' });

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

export const PullForm = z.object({
  syncCode: z.string().trim().toUpperCase().max(40),
  /** The platform's user who enters the code: five wrong ones lock this user out for a while. */
  user: UserRef,
  /** The entity that is logged in on the platform: a code of another one is refused. */
  uscc: UsccCode,
});

export const ExchangeEntity = z
  .object({
    id: z.string(),
    kind: z.enum(['ORGANISATION', 'NATURAL_PERSON']),
    name: z.string(),
    uscc: z.string().nullable(),
    roles: z.array(EntityRole),
  })
  .meta({ id: 'ExchangeEntity' });
export type ExchangeEntity = z.infer<typeof ExchangeEntity>;

export const ExchangeRecord = z
  .object({
    id: z.string(),
    type: RecordTypeName,
    parent: z.string().nullable(),
    version: z.int(),
    state: z.string(),
    title: z.string(),
    values: z.record(z.string(), z.unknown()),
    system: z.record(z.string(), z.unknown()),
    /** Fields that came with it and that its owner cannot change (LIB-PERF-11). */
    locked: z.array(z.string()),
    /** As the evidence of this version has it: over everything here that is not personal. */
    sm3: Digest,
  })
  .meta({ id: 'ExchangeRecord' });
export type ExchangeRecord = z.infer<typeof ExchangeRecord>;

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

export const UsableQuery = z.object({
  uscc: UsccCode,
  /** Comma-separated names of record types; all that can be used in bidding where it is absent. */
  types: z
    .string()
    .regex(/^[a-z-]{1,40}(,[a-z-]{1,40}){0,29}$/)
    .optional(),
  /** What it is for; written down. */
  tender: Text(100),
});
export const UsableAnswer = z.object({ entity: ExchangeEntity, records: z.array(ExchangeRecord) });
export type UsableAnswer = z.infer<typeof UsableAnswer>;

/** F-CALLBACK, PLAT-042, OD-22. */
export const UseForm = z.object({
  /** Makes the call idempotent by itself. */
  callbackId: z.uuid(),
  /** Of the enterprise whose performance it is. */
  uscc: UsccCode,
  tenderNo: Text(100),
  performanceId: Id,
  /** As the platform calls it, e.g. 已调用, 已投标, 已中标: each counts once. */
  useStatus: Text(40),
  usedAt: Timestamp,
});
export const UseAnswer = z.object({
  callbackId: z.uuid(),
  performanceId: z.string(),
  /** 使用次数 after this use. */
  useCount: z.int(),
});
export type UseAnswer = z.infer<typeof UseAnswer>;

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

/** A project that was traded on the platform (PLAT-043, LIB-PROJ-02). The payload of the signed statement. */
export const TradedProject = z
  .object({
    iss: z.string(),
    aud: z.string(),
    /** Seconds since the epoch: a later statement replaces an earlier one of the same project. */
    iat: z.int().min(0),
    /** 招标项目编号 */
    tradeNo: Text(60),
    /** 标段（包）编号 */
    section: Text(60),
    board: z.enum(['general', 'transport', 'water']),
    /** Of the enterprise that won it. */
    uscc: UsccCode,
    /** Fields of the project's type; each of them is locked for the enterprise (LIB-PERF-11). */
    values: z.record(z.string().regex(/^[a-zA-Z]\w{0,59}$/), z.unknown()),
  })
  .meta({ id: 'TradedProject' });
export type TradedProject = z.infer<typeof TradedProject>;

export const ProjectForm = z.object({
  /** TradedProject, signed with a key that is registered for the platform; `typ` is `hufu-project+jws`. */
  statement: CompactJws,
});
export const ProjectAnswer = z.object({
  tradeNo: z.string(),
  section: z.string(),
  /** WAITING: the enterprise is not in the library yet; its list gets the project when it is. */
  state: z.enum(['ENTERED', 'WAITING']),
  record: z.string().nullable(),
});
export type ProjectAnswer = z.infer<typeof ProjectAnswer>;

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

/** How a platform takes part in the exchange. */
export const ExchangeRegistration = z
  .object({
    platform: z.string(),
    name: z.string(),
    version: z.int(),
    /** Where notices are sent; null: the platform fetches them itself. */
    webhookUrl: z.string().nullable(),
    /** Public JWKs (RFC 7517), ES256, with which it signs. */
    keys: z.array(z.record(z.string(), z.unknown())),
    scopes: z.array(z.enum(EXCHANGE_SCOPES)),
    /** Codes of the platforms whose approvals it recognises. */
    recognises: z.array(z.string()),
  })
  .meta({ id: 'ExchangeRegistration' });
export type ExchangeRegistration = z.infer<typeof ExchangeRegistration>;

export const ExchangeRegistrationForm = ExchangeRegistration.omit({ platform: true, name: true }).extend({
  webhookUrl: z.url().max(500).nullable(),
  keys: z
    .array(
      z.strictObject({
        kty: z.literal('EC'),
        crv: z.literal('P-256'),
        x: z.string().regex(/^[\w-]{43}$/),
        y: z.string().regex(/^[\w-]{43}$/),
        kid: z.string().regex(/^[\w.-]{1,64}$/),
        alg: z.literal('ES256').optional(),
        use: z.literal('sig').optional(),
      }),
    )
    .max(8),
  recognises: z.array(z.string().regex(/^[a-z0-9-]{2,40}$/)).max(100),
  reason: Text(500),
});

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

/** What the enterprise sees of one platform's dealings with its information. */
export const PlatformStanding = z
  .object({
    code: z.string(),
    name: z.string(),
    filingMode: z.enum(['LOCAL', 'MIRROR']),
    activated: z.boolean(),
    /** May look up usable records while nobody is logged in there. */
    consent: z.boolean(),
    mirror: z
      .object({ libVersion: z.int(), syncedAt: Timestamp, current: z.boolean(), complete: z.boolean() })
      .nullable(),
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

/** 使用记录 of a performance (LIB-PERF-08). */
export const UseLogEntry = z
  .object({ platform: z.string(), tenderNo: z.string(), useStatus: z.string(), usedAt: Timestamp })
  .meta({ id: 'UseLogEntry' });
export type UseLogEntry = z.infer<typeof UseLogEntry>;

/** A document that a platform asks an entity to seal (PLAT-011). */
export const SealingOrderForm = z.object({ uscc: UsccCode, title: Text(100), returnUrl: z.url().max(500) });
export const SealingOrder = z
  .object({
    id: z.string(),
    title: z.string(),
    state: z.enum(['OPEN', 'SEALED', 'ENDED']),
    /** Page on which the entity seals it; the browser goes there and comes back to `returnUrl`. */
    sealUrl: z.string(),
    returnUrl: z.string(),
    sha256: Digest,
  })
  .meta({ id: 'SealingOrder' });
export type SealingOrder = z.infer<typeof SealingOrder>;
