import { ledgerError } from '../errors.ts';
import { HASH_BYTES } from './hasher.ts';
import { isSize } from './sizes.ts';

/** Hashes in a full tile: tiles are eight tree levels high (c2sp.org/tlog-tiles). */
export const TILE_WIDTH = 256;

const TILE_LEVELS = 8;

/** Levels that a tree of at most 2^53 leaves can have. */
const MAX_LEVEL = 6;

/** `level` counts tiles from the leaves (0), `index` from the left; `width` is 256, or less at the right edge. */
export type TileId = { readonly level: number; readonly index: number; readonly width: number };

/** `hashes`: `width` × 32 bytes. */
export type Tile = TileId & { readonly hashes: Uint8Array };

/** Hashes that stand at a tile level in a tree of that size. */
export const hashesAtLevel = (level: number, size: number): number => Math.floor(size / TILE_WIDTH ** level);

/** Width that the tile has in a tree of that size; 0 when the tree does not reach it. */
export const tileWidth = (level: number, index: number, size: number): number =>
  Math.max(0, Math.min(TILE_WIDTH, hashesAtLevel(level, size) - index * TILE_WIDTH));

/** The partial tiles of a tree, lowest first: all that is needed to append to it. */
export function rightEdge(size: number): TileId[] {
  const tiles: TileId[] = [];
  for (let level = 0; hashesAtLevel(level, size) > 0; level++) {
    const index = Math.floor(hashesAtLevel(level, size) / TILE_WIDTH);
    const width = tileWidth(level, index, size);
    if (width > 0) tiles.push({ level, index, width });
  }
  return tiles;
}

/** Every tile of a tree that differs from those of an earlier tree (c2sp.org/tlog-tiles, "Merkle Tree"). */
export function newTiles(from: number, to: number): TileId[] {
  const tiles: TileId[] = [];
  for (let level = 0; hashesAtLevel(level, to) > hashesAtLevel(level, from); level++) {
    const count = hashesAtLevel(level, to);
    for (let at = Math.floor(hashesAtLevel(level, from) / TILE_WIDTH); at * TILE_WIDTH < count; at++)
      tiles.push({ level, index: at, width: tileWidth(level, at, to) });
  }
  return tiles;
}

/** 1234067 → x001/x234/067. */
function indexPath(index: number): string {
  const digits = String(index);
  const groups = digits.padStart(Math.ceil(digits.length / 3) * 3, '0').match(/.{3}/g)!;
  return groups.map((group, at) => (at === groups.length - 1 ? group : `x${group}`)).join('/');
}

const partial = (width: number): string => (width < TILE_WIDTH ? `.p/${width}` : '');

/** Where a tile of hashes is published: `tile/<L>/<N>[.p/<W>]`. */
export const tilePath = ({ level, index, width }: TileId): string =>
  `tile/${level}/${indexPath(index)}${partial(width)}`;

/** Where the leaves of a tile of level 0 are published: `tile/entries/<N>[.p/<W>]`. */
export const entriesPath = ({ index, width }: Pick<TileId, 'index' | 'width'>): string =>
  `tile/entries/${indexPath(index)}${partial(width)}`;

const PATH = /^tile\/(0|[1-9]|entries)\/((?:x\d{3}\/)*\d{3})(?:\.p\/([1-9]\d{0,2}))?$/;

/** Reads a request path. `kind` tells hashes from entries, whose level is 0. @throws LEDGER_TILE_PATH */
export function parseTilePath(path: string): TileId & { readonly kind: 'hashes' | 'entries' } {
  const match = path.length > 100 ? null : PATH.exec(path);
  const [, level, digits = '', width] = match ?? [];
  const kind = level === 'entries' ? 'entries' : 'hashes';
  const tile = {
    kind,
    level: kind === 'entries' ? 0 : Number(level),
    index: Number(digits.replaceAll(/[x/]/g, '')),
    width: width === undefined ? TILE_WIDTH : Number(width),
  } as const;
  const again = kind === 'entries' ? entriesPath(tile) : tilePath(tile);
  // One tile has one path: no superfluous leading group, no `.p/256`.
  if (match === null || !isSize(tile.index) || tile.level > MAX_LEVEL || again !== path)
    throw ledgerError('LEDGER_TILE_PATH');
  return tile;
}

/** Hash number `at` of a tile. */
export const hashOf = (hashes: Uint8Array, at: number): Uint8Array =>
  hashes.subarray(at * HASH_BYTES, (at + 1) * HASH_BYTES);

/** Node (`level`, `index`) of the binary tree, as its tile, its row within the tile and its place in the row. */
export function locate(
  level: number,
  index: number,
): { tileLevel: number; tile: number; row: number; at: number } {
  const row = level % TILE_LEVELS;
  const perTile = TILE_WIDTH / 2 ** row;
  const tile = Math.floor(index / perTile);
  return { tileLevel: Math.floor(level / TILE_LEVELS), tile, row, at: index - tile * perTile };
}
