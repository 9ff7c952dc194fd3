import { type Clock, equalBytes } from '@hufu/kernel';
import {
  cosign,
  type Ed25519Signer,
  type LedgerCrypto,
  type NoteKey,
  portableHasher,
  type TreeHead,
  verifyConsistency,
  verifyNote,
} from '@hufu/ledger';
import type { AddCheckpoint } from './add-checkpoint-request.ts';
import { witnessError } from './errors.ts';
import type { WitnessState } from './state.ts';

export type WitnessParts = {
  /** Name of its key in cosignatures. */
  readonly name: string;
  readonly signer: Ed25519Signer;
  /** Keys of the logs that it watches; a log's name is its origin. */
  readonly logs: readonly NoteKey[];
  readonly state: WitnessState;
  readonly crypto: LedgerCrypto;
  readonly clock: Clock;
};

export type Witness = {
  /**
   * Cosigns a checkpoint that continues what was cosigned before.
   * @returns the signature line, with its newline
   * @throws WITNESS_LOG_UNKNOWN, WITNESS_SIGNATURE, WITNESS_OTHER_SIZE (`size`: what it has seen), WITNESS_INCONSISTENT
   */
  addCheckpoint(request: AddCheckpoint): Promise<string>;
};

const NOTHING: TreeHead = { size: 0, root: portableHasher.empty };

export function createWitness({ name, signer, logs, state, crypto, clock }: WitnessParts): Witness {
  const turns = new Map<string, Promise<unknown>>();

  /** One decision on a log at a time: two that begin at the same head must not both be answered. */
  function inTurn<T>(origin: string, work: () => Promise<T>): Promise<T> {
    const turn = (turns.get(origin) ?? Promise.resolve()).then(work, work);
    turns.set(
      origin,
      turn.catch(() => {}),
    );
    return turn;
  }

  async function decide({ old, proof, checkpoint }: AddCheckpoint): Promise<string> {
    const seen = (await state.seen(checkpoint.origin)) ?? NOTHING;
    if (old !== seen.size) throw witnessError('WITNESS_OTHER_SIZE', { size: seen.size });
    if (!verifyConsistency({ from: seen, to: checkpoint, proof })) throw witnessError('WITNESS_INCONSISTENT');
    // First remembered, then signed: after a crash in between the log asks again and gets its answer.
    if (!sameHead(seen, checkpoint)) {
      await state.remember(checkpoint.origin, { size: checkpoint.size, root: checkpoint.root });
    }
    const time = Math.floor(clock.now() / 1000);
    return cosign({ text: checkpoint.note.text, name, time }, signer);
  }

  return {
    async addCheckpoint(request) {
      const { origin, note } = request.checkpoint;
      const log = logs.find((one) => one.name === origin);
      if (log === undefined) throw witnessError('WITNESS_LOG_UNKNOWN');
      const { state: verdict } = await verifyNote(note, log, crypto);
      if (verdict !== 'valid') throw witnessError('WITNESS_SIGNATURE');
      return inTurn(origin, () => decide(request));
    },
  };
}

const sameHead = (a: TreeHead, b: TreeHead): boolean => a.size === b.size && equalBytes(a.root, b.root);
