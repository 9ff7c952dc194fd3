import { ledgerError } from '../errors.ts';
import { HASH_BYTES, portableHasher, type TreeHasher } from './hasher.ts';
import { assertSize, isPowerOfTwo, splitPoint } from './sizes.ts';
import { hashOf, locate, TILE_WIDTH, tileWidth } from './tile.ts';

/**
 * Reads a tile: at least `width` × 32 bytes, the first of which are those hashes. A wider tile may be answered, since
 * a partial tile is a prefix of the full one.
 */
export type TileReader = (level: number, index: number, width: number) => Promise<Uint8Array>;

export type Prover = {
  /** Root of the tree of that size. @throws LEDGER_TILE */
  root(size: number): Promise<Uint8Array>;
  /** Inclusion proof of leaf `index` in the tree of `size` leaves (RFC 6962 §2.1.1). @throws LEDGER_INDEX, LEDGER_TILE */
  inclusion(index: number, size: number): Promise<Uint8Array[]>;
  /** Consistency proof between two sizes (RFC 6962 §2.1.2). @throws LEDGER_SIZE_ORDER, LEDGER_TILE */
  consistency(from: number, to: number): Promise<Uint8Array[]>;
};

export type ProverOptions = {
  readonly hasher?: TreeHasher;
  /** Tiles whose inner nodes are kept, about 16 kB each; 16 unless given, enough for the repeated reads of one proof. */
  readonly cachedTiles?: number;
};

/**
 * A tile with the inner nodes that were hashed so far, in one stretch of memory: tens of thousands of small arrays that
 * live long cost the collector more than the hashing.
 */
type OpenTile = { readonly hashes: Uint8Array; readonly nodes: Uint8Array; readonly known: Uint8Array };

/** Inner nodes stand row by row above the 256 hashes: 128, 64 … A full subtree never changes, so a wider tile keeps them. */
const placeOf = (row: number, at: number): number => TILE_WIDTH - (TILE_WIDTH >> (row - 1)) + at;

function nodeOf(tile: OpenTile, [row, at]: readonly [number, number], hasher: TreeHasher): Uint8Array {
  if (row === 0) return hashOf(tile.hashes, at);
  const place = placeOf(row, at);
  const node = hashOf(tile.nodes, place);
  if (tile.known[place] === 1) return node;
  const left = nodeOf(tile, [row - 1, 2 * at], hasher);
  node.set(hasher.node(left, nodeOf(tile, [row - 1, 2 * at + 1], hasher)));
  tile.known[place] = 1;
  return node;
}

function tileCache(reader: TileReader, capacity: number) {
  const kept = new Map<string, OpenTile>();

  async function read(level: number, index: number, width: number): Promise<Uint8Array> {
    const hashes = await reader(level, index, width);
    if (hashes.length < width * HASH_BYTES || hashes.length % HASH_BYTES !== 0)
      throw ledgerError('LEDGER_TILE', { level, index });
    return hashes;
  }

  return async (level: number, index: number, width: number): Promise<OpenTile> => {
    const key = `${level}/${index}`;
    const known = kept.get(key);
    const fits = known !== undefined && known.hashes.length >= width * HASH_BYTES;
    const tile: OpenTile = fits
      ? known
      : {
          hashes: await read(level, index, width),
          nodes: known?.nodes ?? new Uint8Array(TILE_WIDTH * HASH_BYTES),
          known: known?.known ?? new Uint8Array(TILE_WIDTH),
        };
    // Last used, last out: every proof needs the few tiles at the top and at the right edge.
    kept.delete(key);
    kept.set(key, tile);
    if (kept.size > capacity) kept.delete(kept.keys().next().value!);
    return tile;
  };
}

/**
 * Makes proofs from published or stored tiles. It trusts them: a wrong tile makes a proof that does not verify. Keep
 * one prover per log, since the cache belongs to the tiles of one tree.
 */
export function createProver(reader: TileReader, options: ProverOptions = {}): Prover {
  const { hasher = portableHasher, cachedTiles = 16 } = options;
  const open = tileCache(reader, cachedTiles);

  /** Node (`level`, `index`) of the binary tree of `size` leaves; the subtree below it must be full. */
  async function node(level: number, index: number, size: number): Promise<Uint8Array> {
    const { tileLevel, tile, row, at } = locate(level, index);
    const opened = await open(tileLevel, tile, tileWidth(tileLevel, tile, size));
    return nodeOf(opened, [row, at], hasher);
  }

  /** Hash of the leaves from `start` to before `end`, an RFC 6962 subtree of the tree of `size` leaves. */
  async function subtree(start: number, end: number, size: number): Promise<Uint8Array> {
    const n = end - start;
    if (isPowerOfTwo(n)) return node(Math.round(Math.log2(n)), start / n, size);
    const middle = start + splitPoint(n);
    const left = await subtree(start, middle, size);
    return hasher.node(left, await subtree(middle, end, size));
  }

  return {
    root: async (size) => (assertSize(size) === 0 ? hasher.empty : subtree(0, size, size)),

    async inclusion(index, size) {
      if (assertSize(index) >= assertSize(size)) throw ledgerError('LEDGER_INDEX', { index, size });
      const path: Uint8Array[] = [];
      let start = 0;
      let end = size;
      while (end - start > 1) {
        const middle = start + splitPoint(end - start);
        if (index < middle) {
          path.push(await subtree(middle, end, size));
          end = middle;
        } else {
          path.push(await subtree(start, middle, size));
          start = middle;
        }
      }
      return path.reverse();
    },

    async consistency(from, to) {
      if (assertSize(from) > assertSize(to)) throw ledgerError('LEDGER_SIZE_ORDER', { from, to });
      if (from === 0 || from === to) return [];
      const path: Uint8Array[] = [];
      let start = 0;
      let end = to;
      // Down to the subtree that ends where the older tree ended; it is omitted when it is the older tree itself.
      while (end !== from) {
        const middle = start + splitPoint(end - start);
        if (from <= middle) {
          path.push(await subtree(middle, end, to));
          end = middle;
        } else {
          path.push(await subtree(start, middle, to));
          start = middle;
        }
      }
      if (start > 0) path.push(await subtree(start, end, to));
      return path.reverse();
    },
  };
}
