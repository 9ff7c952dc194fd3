import { createHash } from 'node:crypto';
import type {
  CheckpointSource,
  ConfirmedCheckpoint,
} from '../../../src/features/evidence/anchors/checkpoint-source.ts';

const sha256 = (...parts: readonly Uint8Array[]): Uint8Array => {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(part);
  return new Uint8Array(hash.digest());
};

/** Largest power of two below n (RFC 9162 §2.1.1). */
const split = (n: number): number => 2 ** Math.ceil(Math.log2(n) - 1);

/** A Merkle tree by the definitions of RFC 9162 §2.1, leaf by leaf: slow, and written apart from the real one. */
export class ReferenceTree {
  readonly #hashes: readonly Uint8Array[];
  constructor(leaves: readonly string[]) {
    this.#hashes = leaves.map((leaf) => sha256(Uint8Array.of(0), Buffer.from(leaf)));
  }
  /** §2.1.1 */
  root(size: number): Uint8Array {
    return this.#range(0, size);
  }
  /** §2.1.4.1 */
  proof(first: number, second: number): Uint8Array[] {
    return this.#proof(first, { from: 0, to: second }, true);
  }
  #range(from: number, to: number): Uint8Array {
    if (to - from === 1) return this.#hashes[from]!;
    const k = split(to - from);
    return sha256(Uint8Array.of(1), this.#range(from, from + k), this.#range(from + k, to));
  }
  #proof(m: number, { from, to }: { from: number; to: number }, whole: boolean): Uint8Array[] {
    if (m === to - from) return whole ? [] : [this.#range(from, to)];
    const k = split(to - from);
    if (m <= k) {
      return [...this.#proof(m, { from, to: from + k }, whole), this.#range(from + k, to)];
    }
    return [...this.#proof(m - k, { from: from + k, to }, false), this.#range(from, from + k)];
  }
}

export type MemoryLog = CheckpointSource & {
  /** Adds leaves and confirms the checkpoint. */
  grow(leaves: number): void;
  /** Back to an earlier size: what a restored backup is. */
  cutTo(size: number): void;
};

/** A ledger in memory. Two with different seeds have different histories under one origin. */
export function memoryLog(seed = 'a', origin = 'sigsum.org/v1/tree/00'): MemoryLog {
  let size = 0;
  const leafOf = (index: number) => `${seed} ${index}`;
  const tree = (of: number) => new ReferenceTree(Array.from({ length: of }, (_, index) => leafOf(index)));
  return {
    origin,
    grow(leaves) {
      size += leaves;
    },
    cutTo(to) {
      size = to;
    },
    async newestConfirmed(): Promise<ConfirmedCheckpoint | undefined> {
      if (size === 0) return undefined;
      const root = tree(size).root(size);
      const text = `${origin}\n${size}\n${Buffer.from(root).toString('base64')}\n`;
      return { size, root, note: `${text}\n— ${origin} c2lnbmF0dXJl\n` };
    },
    consistencyProof: async (first, second) => tree(second).proof(first, second),
  };
}
