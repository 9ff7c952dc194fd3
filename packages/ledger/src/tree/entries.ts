import { ledgerError } from '../errors.ts';

const MAX_ENTRY = 0xffff;

/** Leaves as a tile of entries holds them: each behind its length in 16 bits (c2sp.org/tlog-tiles). @throws LEDGER_ENTRIES */
export function formatEntries(leaves: readonly Uint8Array[]): Uint8Array {
  if (leaves.some((leaf) => leaf.length > MAX_ENTRY)) throw ledgerError('LEDGER_ENTRIES');
  const out = new Uint8Array(leaves.reduce((sum, leaf) => sum + 2 + leaf.length, 0));
  let at = 0;
  for (const leaf of leaves) {
    new DataView(out.buffer).setUint16(at, leaf.length);
    out.set(leaf, at + 2);
    at += 2 + leaf.length;
  }
  return out;
}

/** The first `count` leaves of a tile of entries, which may be wider. @throws LEDGER_ENTRIES when it ends before */
export function parseEntries(bytes: Uint8Array, count: number): Uint8Array[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const leaves: Uint8Array[] = [];
  let at = 0;
  while (leaves.length < count) {
    const end = at + 2 <= bytes.length ? at + 2 + view.getUint16(at) : Number.POSITIVE_INFINITY;
    if (end > bytes.length) throw ledgerError('LEDGER_ENTRIES');
    leaves.push(bytes.slice(at + 2, end));
    at = end;
  }
  return leaves;
}
