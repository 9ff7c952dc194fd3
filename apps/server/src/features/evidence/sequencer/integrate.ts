import { equalBytes } from '@hufu/kernel';
import { EMPTY_EDGE, growTree, restoreEdge, rightEdge, rootOfEdge, type TreeEdge } from '@hufu/ledger';
import { nodeTreeHasher } from '@hufu/ledger/node';
import { sql } from 'kysely';
import { type Database, type Executor, withTransaction } from '../../../infra/database/database.ts';
import { evidenceError } from '../errors.ts';
import { moveTree, readTiles, storeTiles, type Tenure, type TreeRow, takeLeaves } from '../store/tree.ts';

/** The right edge of the stored tree, compared with the stored root. @throws EVIDENCE_LOG_DAMAGED */
export async function loadEdge(executor: Executor, { size, root }: TreeRow): Promise<TreeEdge> {
  const edge = size === 0 ? EMPTY_EDGE : await storedEdge(executor, size);
  if (!equalBytes(rootOfEdge(edge, nodeTreeHasher), root))
    throw evidenceError('EVIDENCE_LOG_DAMAGED', { size });
  return edge;
}

async function storedEdge(executor: Executor, size: number): Promise<TreeEdge> {
  const tiles = await readTiles(executor, rightEdge(size));
  try {
    return restoreEdge(size, tiles);
  } catch (error) {
    throw evidenceError('EVIDENCE_LOG_DAMAGED', { size }, error);
  }
}

export type Batch = {
  readonly edge: TreeEdge;
  readonly tenure: Tenure;
  readonly limit: number;
  readonly leaseSeconds: number;
};

/**
 * One batch of waiting leaves becomes part of the tree, durably: what is signed afterwards cannot be lost by a crash
 * of the database. @returns the edge before when nothing waited
 * @throws EVIDENCE_FENCED when another server has taken over meanwhile; nothing of the batch stands then
 */
export function integrateBatch(
  database: Database,
  { edge, tenure, limit, leaseSeconds }: Batch,
): Promise<TreeEdge> {
  return withTransaction(database, async (tx) => {
    // A server that stands still in the middle must not hold the next one's indexes for longer than its lease.
    await sql`
      select set_config('synchronous_commit', 'on', true),
             set_config('idle_in_transaction_session_timeout', ${`${leaseSeconds}s`}, true)`.execute(tx);
    const leaves = await takeLeaves(tx, { from: edge.size, limit });
    if (leaves.length === 0) return edge;
    const hashes = leaves.map((leaf) => nodeTreeHasher.leaf(leaf));
    const grown = growTree(edge, hashes, nodeTreeHasher);
    await storeTiles(tx, grown.tiles);
    const to = { size: grown.edge.size, root: grown.root };
    if (!(await moveTree(tx, { from: edge.size, to, tenure, leaseSeconds }))) {
      throw evidenceError('EVIDENCE_FENCED');
    }
    return grown.edge;
  });
}
