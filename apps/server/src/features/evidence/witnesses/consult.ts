import type { Prover } from '@hufu/ledger';
import { evidenceError } from '../errors.ts';
import type { AskWitness, Witness, WitnessAnswer } from './witness-client.ts';

export type Cosigned = { readonly witness: string; readonly line: string; readonly time: number };

export type SignedHead = { readonly size: number; readonly note: string };

export type Consultation = {
  readonly witnesses: readonly Witness[];
  readonly ask: AskWitness;
  readonly prover: Pick<Prover, 'consistency'>;
};

/** How many hints of a witness are followed before it counts as silent. */
const TRIES = 3;

export type Panel = {
  /** Shows a checkpoint to all, each from where it stands. Witnesses that differ are told by `differs`. */
  cosign(
    head: SignedHead,
  ): Promise<{ readonly cosigned: readonly Cosigned[]; readonly differs: readonly string[] }>;
  /**
   * Asks where the witnesses stand, by a checkpoint that was signed long ago, and that it is where this tree has been.
   * @returns how many answered @throws EVIDENCE_LOG_ROLLED_BACK, EVIDENCE_LOG_FORKED
   */
  check(head: SignedHead): Promise<number>;
};

/** Remembers where each witness stands, so that usually one question is enough. */
export function witnessPanel({ witnesses, ask, prover }: Consultation): Panel {
  const seen = new Map<string, number>();

  async function consult(witness: Witness, head: SignedHead): Promise<WitnessAnswer> {
    const { name } = witness.key;
    for (let i = 0; i < TRIES; i++) {
      const old = seen.get(name) ?? 0;
      if (old > head.size) return { state: 'elsewhere', size: old };
      const proof = await prover.consistency(old, head.size);
      const answer = await ask(witness, { old, proof, note: head.note });
      if (answer.state === 'cosigned') seen.set(name, head.size);
      if (answer.state !== 'elsewhere' || answer.size > head.size) return answer;
      // It stands where it was asked to begin, and is asked about that very size: it has seen another tree.
      if (answer.size === old && old === head.size) return { state: 'inconsistent' };
      seen.set(name, answer.size);
    }
    return { state: 'silent', reason: 'contradicts itself' };
  }
  const consultAll = (head: SignedHead) =>
    Promise.all(
      witnesses.map(async (witness) => ({ name: witness.key.name, answer: await consult(witness, head) })),
    );

  return {
    async cosign(head) {
      const answers = await consultAll(head);
      return {
        cosigned: answers.flatMap(({ name, answer }) =>
          answer.state === 'cosigned' ? [{ witness: name, line: answer.line, time: answer.time }] : [],
        ),
        differs: answers
          .filter(({ answer }) => answer.state === 'elsewhere' || answer.state === 'inconsistent')
          .map(({ name }) => name),
      };
    },
    async check(head) {
      const answers = await consultAll(head);
      for (const { name, answer } of answers) {
        if (answer.state === 'inconsistent') throw evidenceError('EVIDENCE_LOG_FORKED', { source: name });
        if (answer.state === 'elsewhere')
          throw evidenceError('EVIDENCE_LOG_ROLLED_BACK', {
            source: name,
            size: answer.size,
            own: head.size,
          });
      }
      return answers.filter(({ answer }) => answer.state === 'cosigned').length;
    },
  };
}
