import { toHex, utf8 } from '@hufu/kernel';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  createProver,
  EMPTY_EDGE,
  growTree,
  portableHasher,
  restoreEdge,
  rootOfEdge,
  type TreeEdge,
  treeHasher,
  verifyConsistency,
  verifyInclusion,
} from '../src/index.ts';
import { nodeLedgerCrypto, nodeTreeHasher } from '../src/node/index.ts';
import { memoryTiles } from './support/memory-tiles.ts';
import { referenceConsistency, referenceInclusion, referenceRoot } from './support/reference-tree.ts';

const leafHashes = (count: number): Uint8Array[] =>
  Array.from({ length: count }, (_, i) => nodeTreeHasher.leaf(utf8(`leaf ${i}`)));

const LEAVES = leafHashes(1100);

/** Grows a tree in batches of the given sizes and keeps its tiles. */
function grow(batches: readonly number[]) {
  const store = memoryTiles();
  let edge: TreeEdge = EMPTY_EDGE;
  let root = portableHasher.empty;
  for (const count of batches) {
    const grown = growTree(edge, LEAVES.slice(edge.size, edge.size + count), nodeTreeHasher);
    store.put(grown.tiles);
    ({ edge, root } = grown);
  }
  return { edge, root, store, prover: createProver(store.read, { hasher: nodeTreeHasher }) };
}

const WHOLE = grow([LEAVES.length]);
const ROOTS = Array.from({ length: 301 }, (_, n) => referenceRoot(LEAVES.slice(0, n)));

function flipped(bytes: Uint8Array, at = 0): Uint8Array {
  const copy = bytes.slice();
  copy[at]! ^= 1;
  return copy;
}

const hexes = (hashes: readonly Uint8Array[]): string[] => hashes.map(toHex);

describe('RFC 6962 tree', () => {
  test('the portable hasher and Node’s agree', () => {
    const portable = treeHasher(nodeLedgerCrypto().sha256);
    expect(toHex(portable.leaf(utf8('x')))).toBe(toHex(portableHasher.leaf(utf8('x'))));
    expect(toHex(portable.node(LEAVES[0]!, LEAVES[1]!))).toBe(
      toHex(portableHasher.node(LEAVES[0]!, LEAVES[1]!)),
    );
  });

  test('batches of any sizes grow the tree of the definition (RFC 6962 §2.1)', () => {
    const batches = fc.array(fc.integer({ min: 0, max: 290 }), { maxLength: 6 });
    fc.assert(
      fc.property(batches, (sizes) => {
        let left = LEAVES.length;
        const fitting = sizes.map((size) => {
          const count = Math.min(size, left);
          left -= count;
          return count;
        });
        const { edge, root } = grow(fitting);
        expect(toHex(root)).toBe(toHex(referenceRoot(LEAVES.slice(0, edge.size))));
        expect(toHex(rootOfEdge(edge))).toBe(toHex(root));
      }),
      { numRuns: 40 },
    );
  });

  test('appending leaves the former edge as it was', () => {
    const { edge, root } = grow([300]);
    growTree(edge, LEAVES.slice(300, 600));
    expect(toHex(rootOfEdge(edge))).toBe(toHex(root));
  });

  test('an edge is restored from stored tiles, and a wider tile serves', async () => {
    for (const size of [0, 1, 255, 256, 257, 512, 700]) {
      const edge = restoreEdge(size, WHOLE.store.all());
      const grown = growTree(edge, LEAVES.slice(size));
      expect(toHex(grown.root), `restored at ${size}`).toBe(toHex(WHOLE.root));
    }
  });

  test('an edge whose tile is missing or too narrow is refused', () => {
    expect(() => restoreEdge(300, [])).toThrow('LEDGER_TILE');
    const narrow = grow([299]).store.all();
    expect(() => restoreEdge(300, narrow)).toThrow('LEDGER_TILE');
    expect(() => restoreEdge(-1, [])).toThrow('LEDGER_SIZE');
  });

  test('a hash of another length is not appended', () => {
    expect(() => growTree(EMPTY_EDGE, [new Uint8Array(31)])).toThrow('LEDGER_HASH');
  });
});

const sizeAndIndex = fc
  .integer({ min: 1, max: 300 })
  .chain((size) => fc.tuple(fc.integer({ min: 0, max: size - 1 }), fc.constant(size)));

const twoSizes = fc
  .integer({ min: 1, max: 300 })
  .chain((to) => fc.tuple(fc.integer({ min: 1, max: to }), fc.constant(to)));

describe('inclusion proofs', () => {
  test('equal the definition (RFC 6962 §2.1.1) and verify (RFC 9162 §2.1.3.2)', async () => {
    await fc.assert(
      fc.asyncProperty(sizeAndIndex, async ([index, size]) => {
        const proof = await WHOLE.prover.inclusion(index, size);
        expect(hexes(proof)).toEqual(hexes(referenceInclusion(index, LEAVES.slice(0, size))));
        const claim = { index, leafHash: LEAVES[index]!, proof, head: { size, root: ROOTS[size]! } };
        expect(verifyInclusion(claim)).toBe(true);
      }),
      { numRuns: 150 },
    );
  });

  test('are refused once anything in them is changed', async () => {
    await fc.assert(
      fc.asyncProperty(sizeAndIndex, fc.nat(1000), async ([index, size], pick) => {
        const proof = await WHOLE.prover.inclusion(index, size);
        const claim = { index, leafHash: LEAVES[index]!, proof, head: { size, root: ROOTS[size]! } };
        const at = proof.length === 0 ? 0 : pick % proof.length;
        const mutants = [
          { ...claim, leafHash: flipped(claim.leafHash) },
          { ...claim, head: { size, root: flipped(ROOTS[size]!) } },
          { ...claim, proof: [...proof, LEAVES[0]!] },
          ...(proof.length === 0
            ? []
            : [
                { ...claim, proof: proof.slice(1) },
                { ...claim, proof: proof.with(at, flipped(proof[at]!)) },
                { ...claim, proof: proof.with(at, proof[at]!.slice(1)) },
              ]),
          { ...claim, index: size },
          { ...claim, index: -1 },
          { ...claim, index: index + 0.5 },
          ...(size > 1 ? [{ ...claim, index: (index + 1) % size }] : []),
        ];
        for (const mutant of mutants) expect(verifyInclusion(mutant)).toBe(false);
      }),
      { numRuns: 100 },
    );
  });

  test('for a leaf beyond the tree are not made', async () => {
    await expect(WHOLE.prover.inclusion(5, 5)).rejects.toThrow('LEDGER_INDEX');
    await expect(WHOLE.prover.inclusion(0, 0)).rejects.toThrow('LEDGER_INDEX');
  });

  test('are not made from a tile that is too short', async () => {
    const prover = createProver(async () => new Uint8Array(32));
    await expect(prover.inclusion(0, 2)).rejects.toThrow('LEDGER_TILE');
  });
});

describe('consistency proofs', () => {
  test('equal the definition (RFC 6962 §2.1.2) and verify (RFC 9162 §2.1.4.2)', async () => {
    await fc.assert(
      fc.asyncProperty(twoSizes, async ([from, to]) => {
        const proof = await WHOLE.prover.consistency(from, to);
        expect(hexes(proof)).toEqual(hexes(referenceConsistency(from, LEAVES.slice(0, to))));
        const claim = { from: { size: from, root: ROOTS[from]! }, to: { size: to, root: ROOTS[to]! }, proof };
        expect(verifyConsistency(claim)).toBe(true);
      }),
      { numRuns: 150 },
    );
  });

  test('are refused once anything in them is changed', async () => {
    await fc.assert(
      fc.asyncProperty(twoSizes, fc.nat(1000), async ([from, to], pick) => {
        const proof = await WHOLE.prover.consistency(from, to);
        const older = { size: from, root: ROOTS[from]! };
        const newer = { size: to, root: ROOTS[to]! };
        const at = proof.length === 0 ? 0 : pick % proof.length;
        const mutants = [
          { from: { ...older, root: flipped(older.root) }, to: newer, proof },
          { from: older, to: { ...newer, root: flipped(newer.root) }, proof },
          { from: older, to: newer, proof: [...proof, LEAVES[0]!] },
          { from: newer, to: { ...older, size: to + 1 }, proof },
          ...(proof.length === 0
            ? []
            : [
                { from: older, to: newer, proof: proof.slice(1) },
                { from: older, to: newer, proof: proof.with(at, flipped(proof[at]!)) },
              ]),
        ];
        for (const mutant of mutants) expect(verifyConsistency(mutant)).toBe(false);
      }),
      { numRuns: 100 },
    );
  });

  test('every tree continues the empty one, whose root is checked', () => {
    const to = { size: 7, root: ROOTS[7]! };
    expect(verifyConsistency({ from: { size: 0, root: portableHasher.empty }, to, proof: [] })).toBe(true);
    expect(verifyConsistency({ from: { size: 0, root: ROOTS[7]! }, to, proof: [] })).toBe(false);
    expect(verifyConsistency({ from: { size: 0, root: portableHasher.empty }, to, proof: [ROOTS[7]!] })).toBe(
      false,
    );
  });

  test('a smaller tree does not continue a larger one', async () => {
    await expect(WHOLE.prover.consistency(7, 3)).rejects.toThrow('LEDGER_SIZE_ORDER');
    const claim = { from: { size: 7, root: ROOTS[7]! }, to: { size: 3, root: ROOTS[3]! }, proof: [] };
    expect(verifyConsistency(claim)).toBe(false);
  });
});

test('proofs reach through three levels of tiles: 70,000 leaves', async () => {
  const leaves = Array.from({ length: 70_000 }, (_, i) => nodeTreeHasher.leaf(utf8(`leaf ${i}`)));
  const store = memoryTiles();
  const grown = growTree(EMPTY_EDGE, leaves, nodeTreeHasher);
  store.put(grown.tiles);
  // c2sp.org/tlog-tiles, "Partial Tiles": a tree of 70,000 has 273 full tiles and one of 112; 1 and 17; 1.
  expect(grown.edge.tiles.map(({ level, index, width }) => [level, index, width])).toEqual([
    [0, 273, 112],
    [1, 1, 17],
    [2, 0, 1],
  ]);
  const prover = createProver(store.read, { hasher: nodeTreeHasher, cachedTiles: 300 });
  const head = { size: 70_000, root: grown.root };
  expect(toHex(await prover.root(70_000))).toBe(toHex(grown.root));
  for (const index of [0, 255, 256, 65_535, 65_536, 69_999]) {
    const proof = await prover.inclusion(index, 70_000);
    expect(verifyInclusion({ index, leafHash: leaves[index]!, proof, head }, nodeTreeHasher)).toBe(true);
  }
  for (const size of [1, 255, 256, 65_536, 65_537, 69_999]) {
    const from = { size, root: await prover.root(size) };
    const proof = await prover.consistency(size, 70_000);
    expect(verifyConsistency({ from, to: head, proof }, nodeTreeHasher)).toBe(true);
  }
});

test('the tiles at the top are read once, however many others pass through a small cache', async () => {
  const read: string[] = [];
  const prover = createProver(
    (level, index, width) => {
      read.push(`${level}/${index}`);
      return WHOLE.store.read(level, index, width);
    },
    { hasher: nodeTreeHasher, cachedTiles: 4 },
  );
  // Four full tiles and a partial one below one tile of level 1: more than are kept.
  const head = { size: LEAVES.length, root: WHOLE.root };
  for (let round = 0; round < 6; round++) {
    for (const tile of [0, 1, 2, 3]) {
      const index = tile * 256 + round;
      const proof = await prover.inclusion(index, head.size);
      expect(verifyInclusion({ index, leafHash: LEAVES[index]!, proof, head }, nodeTreeHasher)).toBe(true);
    }
  }
  expect(read.filter((tile) => tile === '1/0')).toHaveLength(1);
  expect(read.filter((tile) => tile === '0/0').length).toBeGreaterThan(1);
});
