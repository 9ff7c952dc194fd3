import { portableHasher } from '../../src/index.ts';

/** The definitions of RFC 6962 §2.1 word by word: slow, recursive, and without a line of the code under test but its hashes. */
const { node, empty } = portableHasher;

type Hashes = readonly Uint8Array[];

const k = (n: number): number => 2 ** Math.floor(Math.log2(n - 1));

/** MTH(D[n]) over leaf hashes. */
export function referenceRoot(d: Hashes): Uint8Array {
  if (d.length === 0) return empty;
  if (d.length === 1) return d[0]!;
  return node(referenceRoot(d.slice(0, k(d.length))), referenceRoot(d.slice(k(d.length))));
}

/** PATH(m, D[n]). */
export function referenceInclusion(m: number, d: Hashes): Uint8Array[] {
  const n = d.length;
  if (n === 1) return [];
  const left = d.slice(0, k(n));
  const right = d.slice(k(n));
  return m < k(n)
    ? [...referenceInclusion(m, left), referenceRoot(right)]
    : [...referenceInclusion(m - k(n), right), referenceRoot(left)];
}

/** SUBPROOF(m, D[n], b). */
function subproof(m: number, d: Hashes, b: boolean): Uint8Array[] {
  const n = d.length;
  if (m === n) return b ? [] : [referenceRoot(d)];
  const left = d.slice(0, k(n));
  const right = d.slice(k(n));
  return m <= k(n)
    ? [...subproof(m, left, b), referenceRoot(right)]
    : [...subproof(m - k(n), right, false), referenceRoot(left)];
}

/** PROOF(m, D[n]). */
export const referenceConsistency = (m: number, d: Hashes): Uint8Array[] => subproof(m, d, true);
