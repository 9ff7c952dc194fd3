import { toBase64 } from '@hufu/kernel';
import { parseCheckpoint, type SignedCheckpoint } from '../checkpoint/checkpoint.ts';
import { ledgerError } from '../errors.ts';
import { decodeStrictBase64 } from '../json/base64.ts';
import { HASH_BYTES } from '../tree/hasher.ts';
import { assertSize, isSize } from '../tree/sizes.ts';
import { MAX_PROOF_HASHES } from '../tree/verify.ts';

/** That a leaf stands in a log, as text (c2sp.org/tlog-proof@v1). */
export type TlogProof = {
  readonly index: number;
  /** From the leaf's sibling up. */
  readonly hashes: readonly Uint8Array[];
  /** The checkpoint as it was published, with all signatures. */
  readonly note: string;
};

const HEADER = 'c2sp.org/tlog-proof@v1\n';
const MAX_PROOF = 128 * 1024;

/** @throws LEDGER_SIZE */
export const formatTlogProof = ({ index, hashes, note }: TlogProof): string =>
  `${HEADER}index ${assertSize(index)}\n${hashes.map((hash) => `${toBase64(hash)}\n`).join('')}\n${note}`;

const refuse = () => ledgerError('LEDGER_PROOF');

function readHash(line: string): Uint8Array {
  const hash = decodeStrictBase64(line);
  if (hash?.length !== HASH_BYTES) throw refuse();
  return hash;
}

/** `extra` is dropped: nothing vouches for it. @throws LEDGER_PROOF, LEDGER_NOTE, LEDGER_NOTE_LIMIT, LEDGER_CHECKPOINT */
export function parseTlogProof(text: string): TlogProof & { readonly checkpoint: SignedCheckpoint } {
  const end = text.length > MAX_PROOF ? -1 : text.indexOf('\n\n');
  if (end < 0 || !text.startsWith(HEADER)) throw refuse();
  const [first = '', ...rest] = text.slice(HEADER.length, end).split('\n');
  const hasExtra = /^extra [A-Za-z0-9+/]+={0,2}$/.test(first);
  const [line = '', ...hashes] = hasExtra ? rest : [first, ...rest];
  const index = /^index (0|[1-9]\d{0,15})$/.exec(line)?.[1];
  if (index === undefined || !isSize(Number(index)) || hashes.length > MAX_PROOF_HASHES) throw refuse();
  const note = text.slice(end + 2);
  return { index: Number(index), hashes: hashes.map(readHash), note, checkpoint: parseCheckpoint(note) };
}
