import { equalBytes } from '@hufu/kernel';
import { HASH_BYTES, portableHasher, type TreeHasher } from './hasher.ts';
import { half, isOdd, isPowerOfTwo, isSize } from './sizes.ts';

/** A tree at one moment: what a checkpoint states. */
export type TreeHead = { readonly size: number; readonly root: Uint8Array };

export type InclusionClaim = {
  readonly index: number;
  readonly leafHash: Uint8Array;
  readonly proof: readonly Uint8Array[];
  readonly head: TreeHead;
};

export type ConsistencyClaim = {
  readonly from: TreeHead;
  readonly to: TreeHead;
  readonly proof: readonly Uint8Array[];
};

/** A proof of a tree of at most 2^53 leaves is no longer than this. */
export const MAX_PROOF_HASHES = 64;

const areHashes = (hashes: readonly Uint8Array[]): boolean =>
  hashes.length <= MAX_PROOF_HASHES && hashes.every((hash) => hash.length === HASH_BYTES);

/** RFC 9162 §2.1.3.2. False for every claim that is not proved, malformed ones too; never throws. */
export function verifyInclusion(claim: InclusionClaim, hasher: TreeHasher = portableHasher): boolean {
  const { index, leafHash, proof, head } = claim;
  if (!isSize(index) || !isSize(head.size) || index >= head.size) return false;
  if (!areHashes(proof) || !areHashes([leafHash, head.root])) return false;
  let fn = index;
  let sn = head.size - 1;
  let root = leafHash;
  for (const hash of proof) {
    if (sn === 0) return false;
    if (isOdd(fn) || fn === sn) {
      root = hasher.node(hash, root);
      while (!isOdd(fn) && fn !== 0) {
        fn = half(fn);
        sn = half(sn);
      }
    } else {
      root = hasher.node(root, hash);
    }
    fn = half(fn);
    sn = half(sn);
  }
  return sn === 0 && equalBytes(root, head.root);
}

/** RFC 9162 §2.1.4.2, for 0 < from < to. */
function provesGrowth({ from, to, proof }: ConsistencyClaim, hasher: TreeHasher): boolean {
  const [first, ...rest] = isPowerOfTwo(from.size) ? [from.root, ...proof] : proof;
  if (first === undefined || proof.length === 0) return false;
  let fn = from.size - 1;
  let sn = to.size - 1;
  while (isOdd(fn)) {
    fn = half(fn);
    sn = half(sn);
  }
  let older = first;
  let newer = first;
  for (const hash of rest) {
    if (sn === 0) return false;
    if (isOdd(fn) || fn === sn) {
      older = hasher.node(hash, older);
      newer = hasher.node(hash, newer);
      while (!isOdd(fn) && fn !== 0) {
        fn = half(fn);
        sn = half(sn);
      }
    } else {
      newer = hasher.node(newer, hash);
    }
    fn = half(fn);
    sn = half(sn);
  }
  return sn === 0 && equalBytes(older, from.root) && equalBytes(newer, to.root);
}

/**
 * Whether the newer tree begins with the older one (RFC 9162 §2.1.4.2). Trees of one size must have one root; every
 * tree continues the empty one, whose root is checked. Never throws.
 */
export function verifyConsistency(claim: ConsistencyClaim, hasher: TreeHasher = portableHasher): boolean {
  const { from, to, proof } = claim;
  if (!isSize(from.size) || !isSize(to.size) || from.size > to.size) return false;
  if (!areHashes(proof) || !areHashes([from.root, to.root])) return false;
  if (from.size === to.size) return proof.length === 0 && equalBytes(from.root, to.root);
  if (from.size === 0) return proof.length === 0 && equalBytes(from.root, hasher.empty);
  return provesGrowth(claim, hasher);
}
