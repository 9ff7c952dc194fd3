import type { CodedError } from '@hufu/kernel';
import type { FileValue, Module, Setter, Values } from '@hufu/library';
import type { AuditActor, AuditOrigin } from '../../infra/audit/audit.ts';
import type { Executor, Tx } from '../../infra/database/database.ts';
import type { Feature } from '../../infra/feature.ts';
import type { CallerFinder } from '../access/index.ts';

/** A record as other features see it: its values in clear. */
export type RecordRow = {
  readonly id: string;
  readonly type: string;
  readonly entityId: string;
  readonly parentId: string | null;
  /** `none` after the draft was deleted. */
  readonly state: string;
  /** From 1; each event makes one. */
  readonly version: number;
  readonly values: Values;
  readonly system: Values;
  /** Fields of the user that came with the record and cannot be changed (LIB-PERF-11). */
  readonly locked: readonly string[];
  readonly title: string;
  /** YYYY-MM-DD. */
  readonly expiresOn: string | null;
  readonly createdAt: Date;
  readonly updatedAt: Date;
};

/** One step of one record's life cycle. */
export type WriteOrder = {
  readonly entityId: string;
  readonly type: string;
  /** Absent: a new record. */
  readonly id?: string;
  readonly event: string;
  readonly by: Setter;
  /** What the event takes: all values, or its own fields. */
  readonly taken?: unknown;
  readonly parentId?: string;
  /** The version that the caller saw; absent: whatever it is. */
  readonly expectedVersion?: number;
  readonly reason?: string;
  readonly proof?: readonly FileValue[];
  readonly actor: AuditActor;
  readonly origin?: AuditOrigin;
  /** From a verified certificate or an identity provider: fields with source `certificate`. */
  readonly given?: Values;
  /** At the birth of a record that comes from elsewhere: the fields that stay as they came. */
  readonly locked?: readonly string[];
  /** Files that did not come through the entity's own uploads, such as those of the project library. */
  readonly trustedFiles?: boolean;
};

/** A record to be made, and its owner as read in the same transaction. */
export type NewRecord = {
  readonly entityId: string;
  readonly owner: RecordOwner;
  readonly taken: unknown;
};

/** The births of many records of one type, by one event; sub-records all below one parent of one entity. */
export type CreateOrder = Pick<WriteOrder, 'type' | 'event' | 'by' | 'actor' | 'origin' | 'parentId'> & {
  readonly records: readonly NewRecord[];
};

export type Created =
  | { readonly ok: true; readonly row: RecordRow }
  | { readonly ok: false; readonly error: CodedError };

/** What happened to a record, told inside the transaction. */
export type RecordEvent = {
  readonly entityId: string;
  readonly type: string;
  readonly id: string;
  readonly event: string;
  /** Undefined for a record that is new. */
  readonly before: RecordRow | undefined;
  readonly after: RecordRow;
  readonly actor: AuditActor;
};

/** Told in the transaction of the events, after they were written; a refusal takes them back. */
export type RecordHook = (tx: Tx, changes: readonly RecordEvent[]) => Promise<void>;

/** What a record's checks may know of its owner. */
export type RecordOwner = { readonly name: string; readonly uscc: string | null };

/** How far the evidence of a record's changes has come. */
export type RecordEvidence = (
  recordId: string,
  page: { readonly limit: number; readonly offset: number },
) => Promise<
  readonly {
    readonly seq: number;
    readonly id: string;
    readonly state: 'WAITING' | 'LOGGED' | 'WITNESSED' | 'ANCHORED';
  }[]
>;

/** What records are given by other features. */
export type RecordsPorts = {
  readonly members: CallerFinder;
  /** `undefined`: there is no such entity. */
  readonly owner: (executor: Executor, entityId: string) => Promise<RecordOwner | undefined>;
  /** Verified facts of the owner, for fields with source `certificate` of base information. */
  readonly given?: (executor: Executor, entityId: string, type: string) => Promise<Values>;
  /** Those among the files (SHA-256, hex) that the entity has uploaded. */
  readonly ownFiles: (
    executor: Executor,
    entityId: string,
    sha256s: readonly string[],
  ) => Promise<ReadonlySet<string>>;
  /** The entity's uploads by the names it gave them, for sheets; names that two files have are left out. */
  readonly filesByName?: (executor: Executor, entityId: string) => Promise<ReadonlyMap<string, FileValue>>;
  readonly evidence: RecordEvidence;
  readonly hooks: readonly RecordHook[];
  /** Those of the library where it is absent; a test brings its own. */
  readonly modules?: readonly Module[];
};

export type RecordAsked = { readonly entityId: string; readonly type: string; readonly id: string };
export type VersionAsked = RecordAsked & { readonly version: number };

export type UsableAsked = {
  readonly entityId: string;
  readonly types: readonly string[];
  /** At most 1000; 200 where it is absent. */
  readonly limit?: number;
  /** Go on after that record (ids rise with time). */
  readonly after?: string;
};

export type ExpiringAsked = {
  readonly type: string;
  /** YYYY-MM-DD, both inclusive. */
  readonly from: string;
  readonly to: string;
  /** `next` of the page before. */
  readonly after?: string | undefined;
  readonly limit: number;
};

export type ExpiringPage = {
  readonly items: readonly { readonly entityId: string; readonly id: string; readonly expiresOn: string }[];
  readonly next?: string | undefined;
};

export type Records = {
  readonly feature: Feature;
  /** Tables and indexes of the declarations: once at the start, before anything else. Repeatable. */
  prepare(): Promise<void>;
  /**
   * One step of a life cycle: values read and checked, guards asked, the record, its version, its evidence and what
   * arises from it written, hooks told.
   * @throws RECORD_…, LIB_… with the issues as `issues`
   */
  write(tx: Tx, order: WriteOrder): Promise<RecordRow>;
  /**
   * Many births by the same rules, in few round trips; what is wrong with one is told of that one.
   * @throws LIB_INVALID when one is taken already, and nothing is written then; RECORD_PARENT where it may not be below
   *   that parent
   */
  create(tx: Tx, order: CreateOrder): Promise<Created[]>;
  /** @throws RECORD_UNKNOWN also for another entity's */
  read(executor: Executor, asked: RecordAsked): Promise<RecordRow>;
  /** @throws RECORD_UNKNOWN */
  versionOf(executor: Executor, asked: VersionAsked): Promise<RecordRow>;
  /** The entity's record of a type of which there is only one. */
  single(executor: Executor, asked: Pick<RecordAsked, 'entityId' | 'type'>): Promise<RecordRow | undefined>;
  /** Records in a state in which they may be used in bidding (GEN-007, OD-20), in the order of their ids. */
  usable(executor: Executor, asked: UsableAsked): Promise<readonly RecordRow[]>;
  /** Types whose papers end. */
  readonly expiringTypes: readonly string[];
  /** Usable records of all entities whose paper ends in those days, in their order. */
  expiring(executor: Executor, asked: ExpiringAsked): Promise<ExpiringPage>;
};
