import { ledgerError } from '../errors.ts';
import { HASH_BYTES, portableHasher, type TreeHasher } from './hasher.ts';
import { assertSize } from './sizes.ts';
import { hashesAtLevel, rightEdge, TILE_WIDTH, type Tile } from './tile.ts';

/** A tree as far as appending needs it: its size and the partial tiles at its right edge, lowest first. */
export type TreeEdge = { readonly size: number; readonly tiles: readonly Tile[] };

export type GrownTree = {
  readonly edge: TreeEdge;
  readonly root: Uint8Array;
  /** Every tile that is new or wider than before: what must be stored. */
  readonly tiles: readonly Tile[];
};

export const EMPTY_EDGE: TreeEdge = { size: 0, tiles: [] };

/** Root of a perfect tree over 2^n hashes. */
function perfectRoot(hashes: Uint8Array, hasher: TreeHasher): Uint8Array {
  let row: Uint8Array[] = [];
  for (let at = 0; at < hashes.length; at += HASH_BYTES) row.push(hashes.subarray(at, at + HASH_BYTES));
  while (row.length > 1) {
    const above: Uint8Array[] = [];
    for (let i = 0; i < row.length; i += 2) above.push(hasher.node(row[i]!, row[i + 1]!));
    row = above;
  }
  return row[0]!;
}

/**
 * Root of the tree with this edge: the perfect subtrees at the right edge, joined from the smallest up. Compare it
 * with the root that was stored beside the tiles before appending to them.
 */
export function rootOfEdge(edge: TreeEdge, hasher: TreeHasher = portableHasher): Uint8Array {
  let root: Uint8Array | undefined;
  for (const { width, hashes } of edge.tiles) {
    let end = width;
    for (let span = 1; span <= end; span *= 2) {
      if (Math.floor(end / span) % 2 === 0) continue;
      const subtree = perfectRoot(hashes.subarray((end - span) * HASH_BYTES, end * HASH_BYTES), hasher);
      root = root === undefined ? subtree : hasher.node(subtree, root);
      end -= span;
    }
  }
  return root ?? hasher.empty;
}

/**
 * The edge of a tree of that size from stored tiles, each as wide as the size asks, or wider: the right edge may have
 * been written by a larger tree. @throws LEDGER_SIZE, LEDGER_TILE when a tile is missing or too narrow
 */
export function restoreEdge(size: number, stored: readonly Tile[]): TreeEdge {
  const tiles = rightEdge(assertSize(size)).map((wanted) => {
    const tile = stored.find(({ level, index }) => level === wanted.level && index === wanted.index);
    const bytes = wanted.width * HASH_BYTES;
    if (tile === undefined || tile.hashes.length < bytes)
      throw ledgerError('LEDGER_TILE', { level: wanted.level, index: wanted.index });
    return { ...wanted, hashes: tile.hashes.slice(0, bytes) };
  });
  return { size, tiles };
}

function join(first: Uint8Array, rest: readonly Uint8Array[]): Uint8Array {
  const out = new Uint8Array(first.length + rest.length * HASH_BYTES);
  out.set(first);
  let at = first.length;
  for (const hash of rest) {
    out.set(hash, at);
    at += HASH_BYTES;
  }
  return out;
}

/**
 * Appends leaf hashes. Pure: the edge that was given still describes the tree before, so a transaction that fails has
 * nothing to undo. Costs about one node hash per leaf. @throws LEDGER_SIZE, LEDGER_HASH for a hash of another length
 */
export function growTree(
  edge: TreeEdge,
  leafHashes: readonly Uint8Array[],
  hasher: TreeHasher = portableHasher,
): GrownTree {
  if (leafHashes.some((hash) => hash.length !== HASH_BYTES)) throw ledgerError('LEDGER_HASH');
  const size = assertSize(edge.size + leafHashes.length);
  const partials = new Map(edge.tiles.map((tile) => [tile.level, tile]));
  const changed: Tile[] = [];
  let appended = leafHashes;
  for (let level = 0; appended.length > 0; level++) {
    const first = Math.floor(hashesAtLevel(level, edge.size) / TILE_WIDTH);
    const hashes = join(partials.get(level)?.hashes ?? new Uint8Array(), appended);
    partials.delete(level);
    const above: Uint8Array[] = [];
    for (let at = 0; at * TILE_WIDTH * HASH_BYTES < hashes.length; at++) {
      const part = hashes.slice(at * TILE_WIDTH * HASH_BYTES, (at + 1) * TILE_WIDTH * HASH_BYTES);
      const tile = { level, index: first + at, width: part.length / HASH_BYTES, hashes: part };
      changed.push(tile);
      if (tile.width === TILE_WIDTH) above.push(perfectRoot(part, hasher));
      else partials.set(level, tile);
    }
    appended = above;
  }
  const grown = { size, tiles: [...partials.values()].sort((a, b) => a.level - b.level) };
  return { edge: grown, root: rootOfEdge(grown, hasher), tiles: changed };
}
