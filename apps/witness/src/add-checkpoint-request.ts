import { fromBase64, toBase64 } from '@hufu/kernel';
import { HASH_BYTES, parseCheckpoint, type SignedCheckpoint } from '@hufu/ledger';
import { witnessError } from './errors.ts';

/** What a log asks to be cosigned (c2sp.org/tlog-witness, "add-checkpoint"). Hostile until its signature is verified. */
export type AddCheckpoint = {
  /** The size that the log believes the witness to have seen last. */
  readonly old: number;
  readonly proof: readonly Uint8Array[];
  readonly checkpoint: SignedCheckpoint;
};

const MAX_PROOF = 63;

/** @throws WITNESS_REQUEST */
export function parseAddCheckpoint(body: string): AddCheckpoint {
  const end = body.indexOf('\n\n');
  const [first = '', ...lines] = body.slice(0, Math.max(end, 0)).split('\n');
  const old = Number(/^old (0|[1-9]\d{0,15})$/.exec(first)?.[1] ?? Number.NaN);
  if (end < 0 || !Number.isSafeInteger(old) || lines.length > MAX_PROOF)
    throw witnessError('WITNESS_REQUEST');
  const proof = lines.map(readHash);
  const checkpoint = readNote(body.slice(end + 2));
  if (old > checkpoint.size) throw witnessError('WITNESS_REQUEST', { old, size: checkpoint.size });
  return { old, proof, checkpoint };
}

function readHash(line: string): Uint8Array {
  if (!/^[A-Za-z0-9+/]{43}=$/.test(line)) throw witnessError('WITNESS_REQUEST');
  const hash = fromBase64(line);
  if (hash.length !== HASH_BYTES || toBase64(hash) !== line) throw witnessError('WITNESS_REQUEST');
  return hash;
}

function readNote(note: string): SignedCheckpoint {
  try {
    return parseCheckpoint(note);
  } catch (error) {
    throw witnessError('WITNESS_REQUEST', {}, error);
  }
}
