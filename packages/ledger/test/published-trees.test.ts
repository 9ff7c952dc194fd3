import { fromHex, toHex } from '@hufu/kernel';
import { expect, test } from 'vitest';
import { createProver, EMPTY_EDGE, growTree, portableHasher, verifyConsistency } from '../src/index.ts';
import { memoryTiles } from './support/memory-tiles.ts';
import { CT_CONSISTENCY, CT_LEAVES, CT_ROOTS } from './vectors/published.ts';

const hashes = CT_LEAVES.map((leaf) => portableHasher.leaf(fromHex(leaf)));

test.each(CT_ROOTS.map((root, size) => [size, root] as const))(
  'RFC 6962: the published root of %i leaves',
  (size, root) => {
    expect(toHex(growTree(EMPTY_EDGE, hashes.slice(0, size)).root)).toBe(root);
  },
);

test.each(CT_CONSISTENCY)(
  'RFC 6962: the published consistency proof from %i to %i',
  async (from, to, proof) => {
    const store = memoryTiles();
    store.put(growTree(EMPTY_EDGE, hashes).tiles);
    const made = await createProver(store.read).consistency(from, to);
    expect(made.map(toHex)).toEqual(proof);
    const heads = {
      from: { size: from, root: fromHex(CT_ROOTS[from]!) },
      to: { size: to, root: fromHex(CT_ROOTS[to]!) },
    };
    expect(verifyConsistency({ ...heads, proof: proof.map(fromHex) })).toBe(true);
  },
);
