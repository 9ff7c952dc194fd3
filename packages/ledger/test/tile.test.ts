import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  EMPTY_EDGE,
  entriesPath,
  formatEntries,
  growTree,
  newTiles,
  parseEntries,
  parseTilePath,
  rightEdge,
  type Tile,
  tilePath,
  tileWidth,
} from '../src/index.ts';
import { nodeTreeHasher } from '../src/node/index.ts';

describe('c2sp.org/tlog-tiles', () => {
  test('the published path of tile 1234067, and partial ones', () => {
    expect(tilePath({ level: 0, index: 1_234_067, width: 256 })).toBe('tile/0/x001/x234/067');
    expect(tilePath({ level: 2, index: 0, width: 17 })).toBe('tile/2/000.p/17');
    expect(entriesPath({ index: 273, width: 112 })).toBe('tile/entries/273.p/112');
    expect(entriesPath({ index: 1000, width: 256 })).toBe('tile/entries/x001/000');
  });

  test('the published tiles of a tree of 70,000 leaves', () => {
    expect(tileWidth(0, 272, 70_000)).toBe(256);
    expect(tileWidth(0, 273, 70_000)).toBe(112);
    expect(tileWidth(1, 0, 70_000)).toBe(256);
    expect(tileWidth(1, 1, 70_000)).toBe(17);
    expect(tileWidth(2, 0, 70_000)).toBe(1);
    expect(tileWidth(0, 274, 70_000)).toBe(0);
    expect(rightEdge(70_000).map(tilePath)).toEqual([
      'tile/0/273.p/112',
      'tile/1/001.p/17',
      'tile/2/000.p/1',
    ]);
  });

  test('every path reads back', () => {
    const tile = fc.record({
      level: fc.integer({ min: 0, max: 6 }),
      index: fc.maxSafeNat(),
      width: fc.integer({ min: 1, max: 256 }),
    });
    fc.assert(
      fc.property(tile, (one) => {
        expect(parseTilePath(tilePath(one))).toEqual({ kind: 'hashes', ...one });
        expect(parseTilePath(entriesPath(one))).toEqual({ kind: 'entries', ...one, level: 0 });
      }),
    );
  });

  test.each([
    '',
    'tile/0/67',
    'tile/0/0067',
    'tile/0/x000/067',
    'tile/0/x01/067',
    'tile/0/067.p/0',
    'tile/0/067.p/256',
    'tile/0/067.p/257',
    'tile/0/067.p/01',
    'tile/7/000',
    'tile/00/000',
    'tile/-1/000',
    'tile/0/../../secret',
    'tile/0/000/',
    'tile/0/000?x',
    `tile/0/${'x999/'.repeat(6)}999`,
  ])('one tile has one path: %j is none', (path) => {
    expect(() => parseTilePath(path)).toThrow('LEDGER_TILE_PATH');
  });

  test('the new tiles between two sizes are those that growing changes', () => {
    const leaf = nodeTreeHasher.leaf(new Uint8Array());
    const sizes = fc.tuple(fc.integer({ min: 0, max: 1500 }), fc.integer({ min: 0, max: 800 }));
    const name = ({ level, index, width }: Pick<Tile, 'level' | 'index' | 'width'>) =>
      `${level}/${index}/${width}`;
    fc.assert(
      fc.property(sizes, ([from, more]) => {
        const before = growTree(
          EMPTY_EDGE,
          Array.from({ length: from }, () => leaf),
          nodeTreeHasher,
        ).edge;
        const { tiles } = growTree(
          before,
          Array.from({ length: more }, () => leaf),
          nodeTreeHasher,
        );
        expect(newTiles(from, from + more).map(name)).toEqual(tiles.map(name));
      }),
      { numRuns: 25 },
    );
  });
});

describe('tiles of entries', () => {
  test('hold leaves behind their lengths', () => {
    const leaves = [Uint8Array.of(1, 2, 3), new Uint8Array(), Uint8Array.of(4)];
    const bytes = formatEntries(leaves);
    expect([...bytes]).toEqual([0, 3, 1, 2, 3, 0, 0, 0, 1, 4]);
    expect(parseEntries(bytes, 3)).toEqual(leaves);
    expect(parseEntries(bytes, 1)).toEqual(leaves.slice(0, 1));
  });

  test('that end too early, and leaves that are too long, are refused', () => {
    expect(() => parseEntries(Uint8Array.of(0, 3, 1, 2), 1)).toThrow('LEDGER_ENTRIES');
    expect(() => parseEntries(Uint8Array.of(0), 1)).toThrow('LEDGER_ENTRIES');
    expect(() => parseEntries(new Uint8Array(), 1)).toThrow('LEDGER_ENTRIES');
    expect(() => formatEntries([new Uint8Array(65_536)])).toThrow('LEDGER_ENTRIES');
  });
});
