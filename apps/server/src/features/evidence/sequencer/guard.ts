import { equalBytes } from '@hufu/kernel';
import { type NoteKey, type Prover, signCheckpoint, verifyNote } from '@hufu/ledger';
import { nodeLedgerCrypto, nodeTreeHasher } from '@hufu/ledger/node';
import type { Executor } from '../../../infra/database/database.ts';
import { evidenceError } from '../errors.ts';
import type { LogKeys } from '../log-keys.ts';
import type { LogFiles } from '../publish/publish-log.ts';
import { type RetiredLog, retiredLogs } from '../rotation/retired-logs.ts';
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
 * @throws EVIDENCE_LOG_ROLLED_BACK, EVIDENCE_LOG_FORKED, EVIDENCE_LOG_KEY, EVIDENCE_LOG_RETIRED
 */
export async function guardTree(tree: TreeRow, parts: GuardParts): Promise<number> {
  const { executor, keys, files, panel, prover } = parts;
  const retired = await retiredLogs(executor);
  assertCurrent(keys, retired);
  const known = [keys.logKey, ...retired.map(({ key }) => key)];
  const newest = await newestCheckpoint(executor);
  const own: SeenHead[] = newest ? [{ source: 'database', size: newest.size, root: newest.root }] : [];
  if (newest !== undefined) signerOf(newest.note, known);
  for (const head of [...own, ...(await publishedHead(files, known)), ...(await parts.seenElsewhere())]) {
    await assertGrownFrom(head, { tree, prover });
  }
  // Nothing is signed for this that was not signed before; the empty tree contradicts nobody.
  const empty = { size: 0, root: nodeTreeHasher.empty };
  // What a retired log has signed is not for the witnesses of this one.
  const shown = newest?.note.startsWith(`${keys.origin}\n`)
    ? newest
    : { size: 0, note: await signCheckpoint(empty, keys.signers) };
  return panel.check({ size: shown.size, note: shown.note });
}

async function publishedHead(files: LogFiles, known: readonly NoteKey[]): Promise<SeenHead[]> {
  const published = await files.published();
  if (published === undefined) return [];
  const key = signerOf(published.note.text, known);
  if ((await verifyNote(published.note, key, crypto)).state !== 'valid')
    throw evidenceError('EVIDENCE_LOG_KEY');
  return [{ source: 'published', size: published.size, root: published.root }];
}

/** The key of the log that a checkpoint is of. @throws EVIDENCE_LOG_KEY for a log that is not ours */
function signerOf(note: string, known: readonly NoteKey[]): NoteKey {
  const key = known.find(({ name }) => note.startsWith(`${name}\n`));
  if (key === undefined) throw evidenceError('EVIDENCE_LOG_KEY');
  return key;
}

/** A retired key never signs again, and only the one that was announced goes on. */
function assertCurrent({ origin }: LogKeys, retired: readonly RetiredLog[]): void {
  if (retired.some(({ key }) => key.name === origin)) throw evidenceError('EVIDENCE_LOG_RETIRED');
  const last = retired.at(-1);
  if (last !== undefined && last.successor !== origin) throw evidenceError('EVIDENCE_LOG_KEY');
}

async function assertGrownFrom(
  { source, size, root }: SeenHead,
  { tree, prover }: { readonly tree: TreeRow; readonly prover: Prover },
): Promise<void> {
  if (size > tree.size) throw evidenceError('EVIDENCE_LOG_ROLLED_BACK', { source, size, own: tree.size });
  if (!equalBytes(root, await prover.root(size)))
    throw evidenceError('EVIDENCE_LOG_FORKED', { source, size });
}
