import { equalBytes } from '@hufu/kernel';
import { type Prover, signCheckpoint, verifyNote } from '@hufu/ledger';
import { nodeLedgerCrypto, nodeTreeHasher } from '@hufu/ledger/node';
import type { Executor } from '../../../infra/database/database.ts';
import { evidenceError } from '../errors.ts';
import type { LogKeys } from '../log-keys.ts';
import type { LogFiles } from '../publish/publish-log.ts';
import { newestCheckpoint } from '../store/checkpoints.ts';
import type { TreeRow } from '../store/tree.ts';
import type { Panel } from '../witnesses/consult.ts';

/** Something outside of the database that has seen the tree: an anchor on a chain, a published file. */
export type SeenHead = { readonly source: string } & TreeRow;

export type GuardParts = {
  readonly executor: Executor;
  readonly keys: LogKeys;
  readonly files: LogFiles;
  readonly panel: Panel;
  readonly prover: Prover;
  /** Heads that others keep, e.g. the last one on the chain. Those that cannot be asked now are left out. */
  readonly seenElsewhere: () => Promise<readonly SeenHead[]>;
};

const crypto = nodeLedgerCrypto();

/**
 * Before the first signature: has this tree, or a later one, been seen by anybody who is not this database? A restored
 * backup must never sign: what it would sign contradicts what was published.
 *
 * @returns how many witnesses answered
 * @throws EVIDENCE_LOG_ROLLED_BACK, EVIDENCE_LOG_FORKED, EVIDENCE_LOG_KEY
 */
export async function guardTree(tree: TreeRow, parts: GuardParts): Promise<number> {
  const { executor, keys, files, panel, prover } = parts;
  const newest = await newestCheckpoint(executor);
  const own: SeenHead[] = newest ? [{ source: 'database', size: newest.size, root: newest.root }] : [];
  if (newest !== undefined) await assertOurs(newest.note, keys);
  for (const head of [...own, ...(await publishedHead(files, keys)), ...(await parts.seenElsewhere())]) {
    await assertGrownFrom(head, { tree, prover });
  }
  // Nothing is signed for this that was not signed before; the empty tree contradicts nobody.
  const empty = { size: 0, root: nodeTreeHasher.empty };
  const shown = newest ?? { size: 0, note: await signCheckpoint(empty, keys.signers) };
  return panel.check({ size: shown.size, note: shown.note });
}

async function publishedHead(files: LogFiles, keys: LogKeys): Promise<SeenHead[]> {
  const published = await files.published();
  if (published === undefined) return [];
  const verdict = await verifyNote(published.note, keys.logKey, crypto);
  if (published.origin !== keys.origin || verdict.state !== 'valid') throw evidenceError('EVIDENCE_LOG_KEY');
  return [{ source: 'published', size: published.size, root: published.root }];
}

async function assertOurs(note: string, { origin }: LogKeys): Promise<void> {
  if (!note.startsWith(`${origin}\n`)) throw evidenceError('EVIDENCE_LOG_KEY');
}

async function assertGrownFrom(
  { source, size, root }: SeenHead,
  { tree, prover }: { readonly tree: TreeRow; readonly prover: Prover },
): Promise<void> {
  if (size > tree.size) throw evidenceError('EVIDENCE_LOG_ROLLED_BACK', { source, size, own: tree.size });
  if (!equalBytes(root, await prover.root(size)))
    throw evidenceError('EVIDENCE_LOG_FORKED', { source, size });
}
