import type { Tile, TileReader } from '../../src/index.ts';

/** Tiles in memory, the widest of each place, as a log stores them. */
export function memoryTiles() {
  const tiles = new Map<string, Tile>();
  const read: TileReader = async (level, index, width) =>
    tiles.get(`${level}/${index}`)?.hashes.subarray(0, width * 32) ?? new Uint8Array();
  return {
    read,
    put(changed: readonly Tile[]): void {
      for (const tile of changed) tiles.set(`${tile.level}/${tile.index}`, tile);
    },
    all: (): Tile[] => [...tiles.values()],
  };
}
