import { CodedError, equalBytes } from '@hufu/kernel';
import type { LedgerCrypto } from '../crypto/model.ts';
import { parseEntries } from '../tree/entries.ts';
import { treeHasher } from '../tree/hasher.ts';
import { growTree, type TreeEdge } from '../tree/integrate.ts';
import { TILE_WIDTH, tileWidth } from '../tree/tile.ts';
import type { TreeHead } from '../tree/verify.ts';
import { type Alarm, alarm } from './alarm.ts';

/** Reads a published tile of entries; a wider one will do. */
export type EntriesReader = (index: number, width: number) => Promise<Uint8Array>;

export type LeafAudit = {
  /** The tree as far as it was audited. */
  readonly edge: TreeEdge;
  /** The head to audit up to, already followed. */
  readonly head: TreeHead;
  readonly reader: EntriesReader;
};

export type LeafAuditAnswer = {
  /** Undefined when the leaves do not make the root: the former edge stays. */
  readonly edge: TreeEdge | undefined;
  readonly alarms: readonly Alarm[];
  /** The new leaves in order, the first of which has the index of the former size; empty with an alarm. */
  readonly leaves: readonly Uint8Array[];
};

async function readLeaves({ edge, head, reader }: LeafAudit): Promise<Uint8Array[]> {
  const leaves: Uint8Array[] = [];
  for (let tile = Math.floor(edge.size / TILE_WIDTH); tile * TILE_WIDTH < head.size; tile++) {
    const width = tileWidth(0, tile, head.size);
    const entries = parseEntries(await reader(tile, width), width);
    leaves.push(...entries.slice(Math.max(0, edge.size - tile * TILE_WIDTH)));
  }
  return leaves;
}

/**
 * Hashes every leaf since the last audit and rebuilds the tree from them: the published root must come out. Reads all
 * of them into memory (130 bytes each): far behind, audit in steps, each up to an older checkpoint.
 */
export async function auditLeaves(audit: LeafAudit, crypto: LedgerCrypto): Promise<LeafAuditAnswer> {
  const { edge, head } = audit;
  const fields = { from: edge.size, to: head.size };
  const hasher = treeHasher(crypto.sha256);
  try {
    const leaves = await readLeaves(audit);
    const grown = growTree(edge, leaves.map(hasher.leaf), hasher);
    if (equalBytes(grown.root, head.root)) return { edge: grown.edge, alarms: [], leaves };
    return { edge: undefined, alarms: [alarm('MONITOR_LEAVES', fields)], leaves: [] };
  } catch (error) {
    if (!(error instanceof CodedError)) throw error;
    return { edge: undefined, alarms: [alarm('MONITOR_TILE', fields)], leaves: [] };
  }
}
