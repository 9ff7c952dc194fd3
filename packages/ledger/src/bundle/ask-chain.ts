import { equalBytes } from '@hufu/kernel';
import type { EvidenceReason } from './reasons.ts';
import { bareStep, outcomeOf } from './steps/outcome.ts';
import { stepOf } from './steps/step.ts';
import type { AnchorState, BundleVerdict } from './verdict.ts';

/** What the contract recorded for a checkpoint of this size. */
export type ChainStamp = {
  readonly root: Uint8Array;
  /** SHA-256 of the anchored note. */
  readonly noteHash: Uint8Array;
  readonly blockNumber: number;
};

/** `unknown`: the node cannot be reached, is of another chain, or does not know the contract. */
export type ChainAnswer = ChainStamp | 'absent' | 'unknown';

/** Asks a node of the verifier's choice what the contract holds. Must not throw. */
export type AskChain = (anchor: AnchorState) => Promise<ChainAnswer>;

function chainObstacle(anchor: AnchorState, answer: ChainAnswer): EvidenceReason | undefined {
  if (answer === 'unknown') return 'ANCHOR_NODE';
  if (answer === 'absent') return 'ANCHOR_NOT_ON_CHAIN';
  const sameRoot = anchor.head !== undefined && equalBytes(answer.root, anchor.head.root);
  const same =
    sameRoot && equalBytes(answer.noteHash, anchor.noteHash) && answer.blockNumber === anchor.blockNumber;
  return same ? undefined : 'ANCHOR_DIFFERS';
}

/** The verdict, once a node has been asked for every anchor that only lacked that. */
export async function askChain(verdict: BundleVerdict, ask: AskChain): Promise<BundleVerdict> {
  const anchors = await Promise.all(
    verdict.anchors.map(async (anchor): Promise<AnchorState> => {
      if (anchor.reason !== 'ANCHOR_OFFLINE') return anchor;
      return { ...anchor, ...stepOf('anchor', chainObstacle(anchor, await ask(anchor))) };
    }),
  );
  if (anchors.length === 0) return verdict;
  const steps = [...verdict.steps.filter(({ step }) => step !== 'anchor'), ...anchors.map(bareStep)];
  return { ...verdict, anchors, steps, outcome: outcomeOf(steps) };
}
