import { createHash } from 'node:crypto';
import { type Clock, CodedError, equalBytes } from '@hufu/kernel';
import { type Database, withTransaction } from '../../../infra/database/database.ts';
import { type AnchorEvent, waitAfter } from './anchor-states.ts';
import {
  type Anchor,
  type AnchorChanges,
  type AnchorPlace,
  anchorOnItsWay,
  enlistAnchor,
  finalAnchors,
  lastEnlistedAt,
  moveAnchor,
  noteProblem,
  vanishBeyond,
  waitingAnchor,
} from './anchor-store.ts';
import type { CheckpointSource } from './checkpoint-source.ts';
import type { AnchorDriver, ChainHead } from './driver.ts';
import { anchorError } from './errors.ts';

export type ChainAnchoringOptions = {
  readonly database: Database;
  readonly clock: Clock;
  readonly driver: AnchorDriver;
  readonly source: CheckpointSource;
  /** Shortest time between two anchors. */
  readonly everySeconds: number;
  /** How often the newest final anchor is looked for on the chain. Default 60. */
  readonly recheckSeconds?: number;
  /** Something that an operator should read about, beside failures. */
  readonly onEvent?: (event: AnchorNotice) => void;
};

export type AnchorNotice = {
  readonly size: number;
  readonly what: 'displaced' | 'reverted' | 'vanished' | 'moved' | 'adopted' | 'final';
};

export type ChainAnchoring = {
  /** One step as far as it goes now. Throws what keeps it from going on; it waits longer after each failure. */
  run(): Promise<void>;
  head(): Promise<ChainHead | undefined>;
};

const RECHECK_SECONDS = 60;
const BLANK: AnchorChanges = { transaction: null, block: null };

/** Carries confirmed checkpoints to the chain, one after the other, through whatever happens to either side. */
export function createChainAnchoring(options: ChainAnchoringOptions): ChainAnchoring {
  const { database, clock, driver, source, everySeconds, onEvent } = options;
  const { db } = database;
  const place: AnchorPlace = { chain: driver.chain, origin: source.origin };
  const recheckMs = (options.recheckSeconds ?? RECHECK_SECONDS) * 1000;
  let failures = 0;
  let quietUntil = 0;
  let recheckedAt = Number.NEGATIVE_INFINITY;

  /** Follows the one on its way until it waits for the chain. @returns whether it still is on its way */
  const follow = async (anchor: Anchor): Promise<boolean> => {
    let current = anchor;
    for (;;) {
      const next = current.state === 'signed' ? await followSigned(current) : await followMined(current);
      if (next === undefined) return true;
      if (next.state !== 'signed' && next.state !== 'mined') return false;
      current = next;
    }
  };

  const followSigned = async (anchor: Anchor): Promise<Anchor | undefined> => {
    const transaction = transactionOf(anchor);
    let status = await driver.status(transaction);
    if (status.kind === 'absent') {
      await driver.submit(transaction);
      status = await driver.status(transaction);
    }
    if (status.kind === 'absent') return undefined;
    if (status.kind === 'mined') return move(anchor, 'mine', { block: status.block });
    if (status.kind === 'reverted') return giveUp(anchor);
    return told('displaced', move(anchor, 'displace', BLANK));
  };

  const followMined = async (anchor: Anchor): Promise<Anchor | undefined> => {
    const status = await driver.status(transactionOf(anchor));
    if (status.kind === 'reverted') return giveUp(anchor);
    if (status.kind !== 'mined') return told('vanished', move(anchor, 'vanish', { block: null }));
    if (status.block.hash !== anchor.block?.hash)
      return told('moved', move(anchor, 'move', { block: status.block }));
    if (status.block.confirmations < driver.chain.confirmations) return undefined;
    await requireOurRoot(anchor);
    return told('final', move(anchor, 'confirm'));
  };

  /** In a block, without effect: another transaction is needed, but not at once. */
  const giveUp = async (anchor: Anchor): Promise<never> => {
    await told('reverted', move(anchor, 'revert', BLANK));
    throw anchorError('ANCHOR_REVERTED', { size: anchor.checkpoint.size });
  };

  const requireOurRoot = async ({ checkpoint }: Anchor): Promise<void> => {
    const { size, root } = checkpoint;
    const stamp = await driver.readStamp(place.origin, size);
    if (!stamp || !equalBytes(stamp.root, root)) throw anchorError('ANCHOR_FORK', { size });
  };

  /** The newest checkpoint as the one that waits, in place of an older one. */
  const enlist = async (): Promise<Anchor | undefined> => {
    const checkpoint = await source.newestConfirmed();
    if (checkpoint === undefined) return undefined;
    const [newestFinal] = await finalAnchors(db, place, 1);
    if (newestFinal && newestFinal.checkpoint.size >= checkpoint.size) return undefined;
    const waiting = await waitingAnchor(db, place);
    if (waiting && waiting.checkpoint.size >= checkpoint.size) return waiting;
    const now = clock.now();
    if (!waiting) {
      const last = await lastEnlistedAt(db, place);
      const tooSoon = last !== undefined && now - last < everySeconds * 1000;
      // What the chain has lost is brought back at once.
      if (tooSoon && newestFinal) return undefined;
    }
    return withTransaction(database, async (tx) => {
      if (waiting) await moveAnchor(tx, waiting, { event: 'supersede', now });
      return enlistAnchor(tx, place, { checkpoint, now });
    });
  };

  /** Signs, keeps what it signed, sends. */
  const begin = async (anchor: Anchor): Promise<void> => {
    const { size, root, note } = anchor.checkpoint;
    const head = await readHead();
    if (head && head.size >= size) return takeOver(anchor, head);
    const proof = head ? await source.consistencyProof(head.size, size) : [];
    const noteHash = new Uint8Array(createHash('sha256').update(note, 'utf8').digest());
    const transaction = await driver.sign({ origin: place.origin, size, root, noteHash, proof });
    await follow(await move(anchor, 'sign', { transaction }));
  };

  /** The chain is there already, or further: then our ledger was cut back. */
  const takeOver = async (anchor: Anchor, head: ChainHead): Promise<void> => {
    const { size, root } = anchor.checkpoint;
    if (head.size > size) throw anchorError('ANCHOR_ROLLBACK', { size, onChain: head.size });
    const stamp = await driver.readStamp(place.origin, size);
    if (!stamp || !equalBytes(stamp.root, root)) throw anchorError('ANCHOR_FORK', { size });
    if (stamp.block.confirmations < driver.chain.confirmations) return;
    const { origin } = place;
    const transaction = await driver.findTransaction({ origin, size, block: stamp.block.number });
    await told('adopted', move(anchor, 'adopt', { block: stamp.block, transaction: transaction ?? null }));
  };

  /**
   * The head on the chain. Final anchors of larger trees are gone then: a development chain after a power cut, a chain
   * restored from a backup. The newest checkpoint will be told to it again.
   */
  const readHead = async (): Promise<ChainHead | undefined> => {
    // What became final after the head was read is no loss.
    const [largest] = await finalAnchors(db, place, 1);
    const head = await driver.readHead(place.origin);
    if (largest === undefined) return head;
    const bounds = { size: head?.size ?? 0, upTo: largest.checkpoint.size };
    const gone = await vanishBeyond(db, place, { ...bounds, now: clock.now() });
    for (const size of gone) onEvent?.({ size, what: 'vanished' });
    return head;
  };

  /** Whether the chain still holds what it called final, now and then. */
  const recheck = async (): Promise<void> => {
    if (clock.now() - recheckedAt < recheckMs) return;
    await readHead();
    const [newest] = await finalAnchors(db, place, 1);
    if (newest) await requireOurRoot(newest);
    recheckedAt = clock.now();
  };

  const step = async (): Promise<void> => {
    const onItsWay = await anchorOnItsWay(db, place);
    if (onItsWay && (await guarded(onItsWay, () => follow(onItsWay)))) return;
    const waiting = await enlist();
    if (waiting) await guarded(waiting, () => begin(waiting));
    else await recheck();
  };

  const guarded = async <T>(anchor: Anchor, work: () => Promise<T>): Promise<T> => {
    try {
      return await work();
    } catch (error) {
      if (error instanceof CodedError) await noteProblem(db, anchor, error.code);
      throw error;
    }
  };
  const move = (anchor: Anchor, event: AnchorEvent, changes: AnchorChanges = {}) =>
    moveAnchor(db, anchor, { event, now: clock.now(), changes });
  /** Only what this server did: of two that find the same out, one moves the anchor. */
  const told = async (what: AnchorNotice['what'], moving: Promise<Anchor>): Promise<Anchor> => {
    const anchor = await moving;
    onEvent?.({ size: anchor.checkpoint.size, what });
    return anchor;
  };

  return {
    async run() {
      if (clock.now() < quietUntil) return;
      try {
        await step();
        failures = 0;
      } catch (error) {
        failures += 1;
        quietUntil = clock.now() + waitAfter(failures) * 1000;
        throw error;
      }
    },
    head: () => driver.readHead(place.origin),
  };
}

function transactionOf(anchor: Anchor) {
  if (!anchor.transaction) throw new Error('an anchor on its way has a transaction');
  return anchor.transaction;
}
