import { equalBytes, fromBase64 } from '@hufu/kernel';
import {
  cosign,
  formatVkey,
  noteKey,
  parseCheckpoint,
  parseVkey,
  portableEd25519Signer,
  type TreeHead,
  verifyConsistency,
} from '@hufu/ledger';
import type { AskWitness, Witness } from '../../../src/features/evidence/witnesses/witness-client.ts';

/** A witness in this process, by the rules of c2sp.org/tlog-witness; what it has seen can be looked at. */
export type PaperWitness = Witness & {
  seen: TreeHead | undefined;
  /** How many times it was asked. */
  asked: number;
  awake: boolean;
  readonly answer: (submission: Parameters<AskWitness>[1]) => ReturnType<AskWitness>;
};

export function paperWitness(name: string, seed: number): PaperWitness {
  const signer = portableEd25519Signer(new Uint8Array(32).fill(seed));
  const key = parseVkey(formatVkey(noteKey('cosignature', name, signer.publicKey)));
  /** The log that it watches; of another one it has seen nothing. */
  let origin: string | undefined;
  const witness: PaperWitness = {
    url: `http://${name}.example`,
    key,
    seen: undefined,
    asked: 0,
    awake: true,
    async answer({ old, proof, note }) {
      witness.asked += 1;
      if (!witness.awake) return { state: 'silent', reason: 'asleep' };
      const head = parseCheckpoint(note);
      if (origin !== undefined && origin !== head.origin) witness.seen = undefined;
      origin = head.origin;
      const seen = witness.seen ?? { size: 0, root: EMPTY };
      if (old !== seen.size) return { state: 'elsewhere', size: seen.size };
      if (seen.size === head.size && !equalBytes(seen.root, head.root)) return { state: 'inconsistent' };
      if (!verifyConsistency({ from: seen, to: head, proof })) return { state: 'inconsistent' };
      witness.seen = { size: head.size, root: head.root };
      const time = Math.floor(Date.now() / 1000);
      return { state: 'cosigned', line: await cosign({ text: head.note.text, name, time }, signer), time };
    },
  };
  return witness;
}

const EMPTY = fromBase64('47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=');

/** Asks those of this process. */
export const paperAsking =
  (witnesses: readonly PaperWitness[]): AskWitness =>
  (witness, submission) =>
    witnesses.find(({ url }) => url === witness.url)!.answer(submission);
