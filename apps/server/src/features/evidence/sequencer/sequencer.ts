import { randomUUID } from 'node:crypto';
import { type Clock, CodedError } from '@hufu/kernel';
import { createProver, type Prover, signCheckpoint, type TreeEdge } from '@hufu/ledger';
import { nodeTreeHasher } from '@hufu/ledger/node';
import type { Database } from '../../../infra/database/database.ts';
import { evidenceError } from '../errors.ts';
import type { LogKeys } from '../log-keys.ts';
import type { LogFiles } from '../publish/publish-log.ts';
import { newestCheckpoint, storeCheckpoint, storeCosignatures } from '../store/checkpoints.ts';
import {
  hasWaitingLeaves,
  keepTree,
  leaveTree,
  type Tenure,
  takeTree,
  tileReader,
  treeHead,
} from '../store/tree.ts';
import { type Panel, witnessPanel } from '../witnesses/consult.ts';
import type { AskWitness, Witness } from '../witnesses/witness-client.ts';
import { guardTree, type SeenHead } from './guard.ts';
import { integrateBatch, loadEdge } from './integrate.ts';

export type SequencerSettings = {
  readonly witnesses: readonly Witness[];
  /** Distinct witnesses whose cosignatures confirm a checkpoint. */
  readonly quorum: number;
  /** Leaves that one transaction takes at most. */
  readonly batch: number;
  /** A server that died is replaced after this time. */
  readonly leaseSeconds: number;
};

export type SequencerParts = {
  readonly database: Database;
  readonly clock: Clock;
  readonly keys: LogKeys;
  readonly files: LogFiles;
  readonly ask: AskWitness;
  readonly settings: SequencerSettings;
  readonly seenElsewhere: () => Promise<readonly SeenHead[]>;
};

/** What a term of office has to go on with. */
type Office = {
  readonly tenure: Tenure;
  edge: TreeEdge;
  signed: number;
  confirmed: boolean;
  /** Milliseconds since the epoch: when witnesses that did not answer are asked again. */
  askAgainAt: number;
};

export type Sequencer = {
  /** Takes the tree when it is free and passes the guard. @returns whether this server leads now @throws what the guard refuses */
  lead(): Promise<boolean>;
  /** Integrates what waits, signs, asks the witnesses, publishes. @returns whether there was anything to do */
  work(): Promise<boolean>;
  /** Keeps the lease. @throws EVIDENCE_FENCED */
  keep(): Promise<void>;
  /** Copies to this server's files what another one signed. */
  follow(): Promise<boolean>;
  /** Gives the tree back. */
  leave(): Promise<void>;
};

/** Rounds of integration before the next signature: under a flood a stamp must not wait for its end. */
const BATCHES_PER_SIGNATURE = 4;
const CACHED_TILES = 64;
const ASK_AGAIN_MS = 2_000;

/**
 * The one writer of the tree, among as many servers as there are: only the holder of the newest epoch can move it, and
 * it signs nothing but what a synchronously committed transaction has made part of the tree.
 */
export function createSequencer(parts: SequencerParts): Sequencer {
  const { database, keys, files, settings } = parts;
  const { db } = database;
  const holder = randomUUID();
  const prover: Prover = createProver(tileReader(db), { hasher: nodeTreeHasher, cachedTiles: CACHED_TILES });
  const panel: Panel = witnessPanel({ witnesses: settings.witnesses, ask: parts.ask, prover });
  let office: Office | undefined;

  async function sign(held: Office): Promise<void> {
    const { size, root } = await treeHead(db);
    // Between the batch and this line another server may have taken over: it signs then, not this one.
    if (size !== held.edge.size) throw evidenceError('EVIDENCE_FENCED');
    const note = await signCheckpoint({ size, root }, keys.signers);
    await storeCheckpoint(database, { size, root, note, signedAt: new Date(parts.clock.now()) });
    held.signed = size;
    held.confirmed = false;
  }

  async function confirm(held: Office): Promise<void> {
    const before = await newestCheckpoint(db);
    if (before === undefined) return;
    const { cosigned, differs } = await panel.cosign(before);
    // Another server may have gone on meanwhile, or history differs: the guard of the next term finds out which.
    if (differs.length > 0) throw evidenceError('EVIDENCE_FENCED', { source: differs });
    const at = new Date(parts.clock.now());
    await storeCosignatures(database, { size: before.size, cosigned, quorum: settings.quorum, at });
    const after = (await newestCheckpoint(db))!;
    held.confirmed = after.confirmedAt !== undefined;
    held.askAgainAt = parts.clock.now() + ASK_AGAIN_MS;
    if (after.note !== before.note || (await files.published())?.size !== after.size)
      await files.publish(db, after);
  }

  async function integrate(held: Office): Promise<void> {
    const { batch: limit, leaseSeconds } = settings;
    for (let i = 0; i < BATCHES_PER_SIGNATURE; i++) {
      const { edge, tenure } = held;
      held.edge = await integrateBatch(database, { edge, tenure, limit, leaseSeconds });
      if (held.edge.size - edge.size < limit) return;
    }
  }

  async function drop(): Promise<void> {
    const held = office;
    office = undefined;
    if (held !== undefined) await leaveTree(db, held.tenure);
  }

  const dropping = async <T>(work: () => Promise<T>): Promise<T> => {
    try {
      return await work();
    } catch (error) {
      // Whatever went wrong, the next term begins with the stored tree and the guard, not with what is in memory.
      await drop().catch(() => {});
      throw error;
    }
  };

  return {
    async lead() {
      const taken = await takeTree(db, { holder, seconds: settings.leaseSeconds });
      if (taken === undefined) return false;
      office = { tenure: taken, edge: { size: 0, tiles: [] }, signed: 0, confirmed: false, askAgainAt: 0 };
      const held = office;
      return dropping(async () => {
        held.edge = await loadEdge(db, taken);
        const answered = await guardTree(taken, { executor: db, panel, prover, ...parts });
        if (answered < settings.quorum) {
          await drop();
          return false;
        }
        held.signed = (await newestCheckpoint(db))?.size ?? 0;
        return true;
      });
    },
    async work() {
      const held = office;
      if (held === undefined) return false;
      return dropping(async () => {
        if (await hasWaitingLeaves(db)) await integrate(held);
        const grown = held.edge.size > held.signed;
        if (grown) await sign(held);
        const settled = held.confirmed || held.signed === 0 || parts.clock.now() < held.askAgainAt;
        if (!grown && settled) return false;
        await confirm(held);
        return grown;
      });
    },
    keep: () =>
      dropping(async () => {
        if (office === undefined) return;
        if (!(await keepTree(db, office.tenure, settings.leaseSeconds)))
          throw evidenceError('EVIDENCE_FENCED');
      }),
    async follow() {
      const newest = await newestCheckpoint(db);
      if (newest === undefined) return false;
      const published = await files.published();
      if (published !== undefined && published.size >= newest.size) return false;
      await files.publish(db, newest);
      return true;
    },
    leave: drop,
  };
}

/** Refusals that time does not heal: somebody has to look. */
export const isRefusal = (error: unknown): error is CodedError =>
  error instanceof CodedError && /^EVIDENCE_LOG_/.test(error.code);
