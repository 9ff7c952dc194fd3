import { randomUUID } from 'node:crypto';
import { toBase64 } from '@hufu/kernel';
import { formatVkey, type TreeHead } from '@hufu/ledger';
import { sql } from 'kysely';
import { type Executor, type Tx, withTransaction } from '../../../infra/database/database.ts';
import type { Infra } from '../../../infra/infra.ts';
import { finalAnchorCovering } from '../anchors/anchor-store.ts';
import { evidenceError } from '../errors.ts';
import { changeLogKeys, type LogKeys, openLogKeys, preparedOrigin, prepareLogKeys } from '../log-keys.ts';
import { newestCheckpoint } from '../store/checkpoints.ts';
import { hasWaitingLeaves, keepTree, leaveTree, type TreeRow, takeTree } from '../store/tree.ts';
import { retiredLogs, storeRetiredLog } from './retired-logs.ts';

export type RotationDeps = Pick<Infra, 'database' | 'audit' | 'vault' | 'clock' | 'config'>;

export type RotationOptions = {
  /** Goes on although the configured chain does not hold the final checkpoint: the chain is gone for good. */
  readonly unanchored?: boolean;
};

export type Rotated = {
  /** Origin of the log that ended. */
  readonly former: string;
  readonly final: TreeHead;
  /** Keys of the log that continues it. */
  readonly keys: LogKeys;
};

const LEASE_SECONDS = 30;

/**
 * Retires the log's key. A log's key is its identity, so another log goes on: the same tree, under a new origin, whose
 * first own leaf names the head that the former one ended with. Anybody can check that nothing was lost in between by
 * one consistency proof, and the former log's bundles stay what they are.
 *
 * What was begun and broken off is finished by calling it again.
 * @throws EVIDENCE_ROTATION_BUSY, EVIDENCE_ROTATION_UNFINISHED, EVIDENCE_ROTATION_UNANCHORED, EVIDENCE_LOG_KEY
 */
export async function rotateLog(deps: RotationDeps, options: RotationOptions = {}): Promise<Rotated> {
  const { database, vault } = deps;
  const begun = (await retiredLogs(database.db)).at(-1);
  const isBegun = begun !== undefined && preparedOrigin(vault) === begun.successor;
  if (!isBegun) await retire(deps, options);
  await changeLogKeys(vault);
  const { key, final } = (await retiredLogs(database.db)).at(-1)!;
  return { former: key.name, final, keys: await openLogKeys(vault) };
}

/** Ends the present log in one transaction, as the only one who may move the tree. */
async function retire(deps: RotationDeps, options: RotationOptions): Promise<void> {
  const { database, vault } = deps;
  const keys = await openLogKeys(vault);
  const successor = await prepareLogKeys(vault);
  const tenure = await takeTree(database.db, { holder: randomUUID(), seconds: LEASE_SECONDS });
  if (tenure === undefined) throw evidenceError('EVIDENCE_ROTATION_BUSY');
  try {
    await withTransaction(database, async (tx) => {
      await sql`select set_config('synchronous_commit', 'on', true)`.execute(tx);
      // Whoever is writing a statement finishes before; whoever comes now stands behind the leaf that is written here.
      await sql`lock table ledger_outbox in share row exclusive mode`.execute(tx);
      if (!(await keepTree(tx, tenure, LEASE_SECONDS))) throw evidenceError('EVIDENCE_ROTATION_BUSY');
      const final = await finalHead(tx, { tree: tenure, keys });
      if (options.unanchored !== true) await assertAnchored(tx, { ...deps, keys, final });
      await declare(tx, { ...deps, keys, successor, final });
    });
  } finally {
    await leaveTree(database.db, tenure);
  }
}

/** The newest checkpoint, when it holds everything and its witnesses have confirmed it. */
async function finalHead(
  tx: Tx,
  { tree, keys }: { readonly tree: TreeRow; readonly keys: LogKeys },
): Promise<TreeHead> {
  const newest = await newestCheckpoint(tx);
  const isDone =
    newest !== undefined &&
    newest.size === tree.size &&
    newest.confirmedAt !== undefined &&
    !(await hasWaitingLeaves(tx));
  if (!isDone) throw evidenceError('EVIDENCE_ROTATION_UNFINISHED', { size: tree.size });
  if (!newest.note.startsWith(`${keys.origin}\n`)) throw evidenceError('EVIDENCE_LOG_KEY');
  return { size: newest.size, root: newest.root };
}

type Ending = Pick<RotationDeps, 'config'> & { readonly keys: LogKeys; readonly final: TreeHead };

async function assertAnchored(executor: Executor, { config: { chain }, keys, final }: Ending): Promise<void> {
  if (chain === undefined) return;
  const anchor = await finalAnchorCovering(executor, keys.origin, { index: final.size - 1, chain });
  if (anchor === undefined) throw evidenceError('EVIDENCE_ROTATION_UNANCHORED', { size: final.size });
}

type Declaration = Pick<RotationDeps, 'audit' | 'clock'> & Ending & { readonly successor: LogKeys };

async function declare(tx: Tx, { audit, clock, keys, successor, final }: Declaration): Promise<void> {
  const before = await retiredLogs(tx);
  await storeRetiredLog(
    tx,
    { key: keys.logKey, sm2: keys.sm2Key, final, successor: successor.origin },
    { number: before.length + 1, at: new Date(clock.now()) },
  );
  await audit.record(tx, {
    actor: { kind: 'system' },
    action: 'evidence.rotate',
    subject: { kind: 'evidence-log', id: 'hub' },
    before: { origin: keys.origin, size: final.size, root: toBase64(final.root) },
    after: {
      origin: successor.origin,
      vkey: formatVkey(successor.logKey),
      sm2: formatVkey(successor.sm2Key),
    },
  });
}
