import { z } from 'zod';
import { Text, Timestamp } from './common.ts';

/** SHA-256 or SM3, hex. */
const Digest = z.string().regex(/^[0-9a-f]{64}$/);
const Said = z.object({ zh: z.string(), en: z.string() });

/**
 * How far a statement has come: waiting for its place in the log, 已入账 (in the log), 已见证 (a quorum of independent
 * witnesses has seen the log with it), 已上链 (that log is anchored finally on a chain).
 */
export const EvidenceState = z
  .enum(['WAITING', 'LOGGED', 'WITNESSED', 'ANCHORED'])
  .meta({ id: 'EvidenceState' });
export type EvidenceState = z.infer<typeof EvidenceState>;

export const EvidenceSubject = z.object({
  /** E.g. enterprise, certificate, activation, platform, authority, approval. */
  kind: z.string(),
  id: z.string(),
});

/** One change of a record (变更记录). */
export const EvidenceEntry = z
  .object({
    id: z.uuid(),
    at: Timestamp,
    /** Stable name of the act, e.g. binding.create. */
    type: z.string(),
    /** The same for people. */
    said: Said,
    subject: EvidenceSubject,
    /** Number of the change among those of its record, from 1. */
    seq: z.int(),
    actor: z.object({ kind: z.string(), id: z.string() }),
    state: EvidenceState,
  })
  .meta({ id: 'EvidenceEntry' });
export type EvidenceEntry = z.infer<typeof EvidenceEntry>;

export const EvidenceWitness = z.object({
  name: z.string(),
  /** When it cosigned; null while it has not. */
  at: Timestamp.nullable(),
});

export const EvidenceAnchor = z.object({
  chain: z.object({ id: z.int(), name: z.string(), contract: z.string() }),
  /** Leaves that the anchored checkpoint covers. */
  size: z.int(),
  transaction: z.string(),
  block: z.int(),
  blockHash: z.string(),
  at: Timestamp,
});

/** 上链信息戳 (LIB-PROJ-21, OD-19). */
export const EvidenceStamp = z
  .object({
    ...EvidenceEntry.shape,
    /** What everybody who may see the record may read. */
    facts: z.record(z.string(), z.unknown()),
    /** Fields that are only committed to. The value is null when it was erased, or is not the reader's to see. */
    disclosures: z.array(z.object({ name: z.string(), value: z.unknown(), erasedAt: Timestamp.nullable() })),
    digests: z.object({ sha256: Digest, sm3: Digest }),
    /** SHA-256 of the record's statement before; null for its first. */
    previous: Digest.nullable(),
    /** Null while the statement waits. */
    log: z.object({ index: z.int(), leafHash: Digest, at: Timestamp }).nullable(),
    /** The checkpoint that covers it: the first confirmed one, or the newest signed one. */
    checkpoint: z
      .object({ size: z.int(), root: Digest, signedAt: Timestamp, confirmedAt: Timestamp.nullable() })
      .nullable(),
    witnesses: z.array(EvidenceWitness),
    /** How many of them confirm a checkpoint. */
    quorum: z.int(),
    /** The first final anchor of a checkpoint that covers it. */
    anchor: EvidenceAnchor.nullable(),
    /** Null: no chain is configured, or nothing is on its way. */
    anchoring: z
      .object({ state: z.string(), size: z.int(), problem: z.string().nullable(), since: Timestamp })
      .nullable(),
    chainConfigured: z.boolean(),
    /** RFC 3161. */
    timeStamp: z.object({ size: z.int(), at: Timestamp }).nullable(),
  })
  .meta({ id: 'EvidenceStamp' });
export type EvidenceStamp = z.infer<typeof EvidenceStamp>;

/** The log as a whole, for whoever wants to check it. */
export const EvidenceLog = z
  .object({
    origin: z.string(),
    /** Of the newest checkpoint; null before the first. */
    checkpoint: z
      .object({ size: z.int(), root: Digest, signedAt: Timestamp, confirmedAt: Timestamp.nullable() })
      .nullable(),
    witnesses: z.array(EvidenceWitness),
    quorum: z.int(),
    chain: z.object({ id: z.int(), name: z.string(), contract: z.string() }).nullable(),
    timeStamped: z.boolean(),
  })
  .meta({ id: 'EvidenceLog' });
export type EvidenceLog = z.infer<typeof EvidenceLog>;

export const EvidenceErasure = z.object({ reason: Text(500) });
