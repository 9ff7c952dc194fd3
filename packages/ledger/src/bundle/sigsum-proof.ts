import { toHex } from '@hufu/kernel';
import { sha256 } from '@noble/hashes/sha2.js';
import { parseCosignature } from '../checkpoint/cosignature.ts';
import type { NoteKey } from '../checkpoint/key.ts';
import { signaturesOf } from '../checkpoint/note.ts';
import { ledgerError } from '../errors.ts';
import { parseLeaf } from '../leaf/leaf.ts';
import { parseTlogProof } from './tlog-proof.ts';

export type SigsumProofParts = {
  /** The 128 bytes of the log. */
  readonly leaf: Uint8Array;
  /** tlog-proof@v1. */
  readonly proof: string;
  /** The log's Ed25519 key. */
  readonly log: NoteKey;
  /** Those whose cosignatures go into the proof, if they are there. */
  readonly witnesses: readonly NoteKey[];
};

/**
 * The proof in the format of the Sigsum tools (version 2), which name keys by their SHA-256.
 * @throws LEDGER_PROOF when the log did not sign; LEDGER_NOTE, LEDGER_CHECKPOINT, LEDGER_COSIGNATURE, LEDGER_LEAF
 */
export function sigsumProof({ leaf, proof, log, witnesses }: SigsumProofParts): string {
  const { checkpoint, index, hashes } = parseTlogProof(proof);
  const { signature: leafSignature, keyHash } = parseLeaf(leaf);
  const [signed] = signaturesOf(checkpoint.note, log);
  if (signed === undefined) throw ledgerError('LEDGER_PROOF');
  const cosignatures = witnesses.flatMap((key) =>
    signaturesOf(checkpoint.note, key).map(({ signature }) => {
      const { time, signature: made } = parseCosignature(signature);
      return `cosignature=${toHex(sha256(key.publicKey))} ${time} ${toHex(made)}`;
    }),
  );
  const blocks = [
    ['version=2', `log=${toHex(sha256(log.publicKey))}`, `leaf=${toHex(keyHash)} ${toHex(leafSignature)}`],
    [
      `size=${checkpoint.size}`,
      `root_hash=${toHex(checkpoint.root)}`,
      `signature=${toHex(signed.signature)}`,
      ...cosignatures,
    ],
    // In a tree of one leaf there is nothing to prove, and the tools want nothing said.
    ...(checkpoint.size === 1
      ? []
      : [[`leaf_index=${index}`, ...hashes.map((hash) => `node_hash=${toHex(hash)}`)]]),
  ];
  return blocks.map((lines) => `${lines.join('\n')}\n`).join('\n');
}
