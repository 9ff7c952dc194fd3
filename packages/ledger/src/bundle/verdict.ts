import type { JsonValue } from '@hufu/kernel';
import type { Statement } from '../statement/model.ts';
import type { TreeHead } from '../tree/verify.ts';
import type { EvidenceReason } from './reasons.ts';

/** `absent`: the bundle brings nothing for this step, and the policy does not ask for it. */
export type StepState = 'valid' | 'invalid' | 'indeterminate' | 'absent';

/**
 * What is checked, in order. `statement` its form; `disclosures` that fields open the statement's commitments; `leaf`
 * that the log's entry is of this statement; `submitter` who entered it; `checkpoint` that the log states this tree;
 * `inclusion` that the leaf stands in it; `sm2` the second signature; `witnesses` the quorum; `time` the stated time
 * against the witnesses'; `sigsum` that the Sigsum proof says the same; one `time-stamp` and one `anchor` for each.
 */
export const EVIDENCE_STEPS = [
  'statement',
  'disclosures',
  'leaf',
  'submitter',
  'checkpoint',
  'inclusion',
  'sm2',
  'witnesses',
  'time',
  'sigsum',
  'time-stamp',
  'anchor',
] as const;

export type EvidenceStepName = (typeof EVIDENCE_STEPS)[number];

export type EvidenceStep = {
  readonly step: EvidenceStepName;
  readonly state: StepState;
  /** Why it is not valid. */
  readonly reason: EvidenceReason | undefined;
};

/** `withheld`: the statement committed to it and the bundle does not mention it. */
export type FieldState =
  | {
      readonly state: 'disclosed';
      readonly commitment: string;
      readonly name: string;
      readonly value: JsonValue;
    }
  | { readonly state: 'erased' | 'withheld'; readonly commitment: string };

export type WitnessState = {
  readonly operator: string;
  readonly name: string;
  readonly state: 'valid' | 'absent' | 'wrong';
  /** Milliseconds since the epoch, when it cosigned. */
  readonly time: number | undefined;
};

export type TimeStampState = EvidenceStep & {
  /** Milliseconds since the epoch, as the token states; undefined when it cannot be read. */
  readonly time: number | undefined;
  readonly head: TreeHead | undefined;
};

/** What the operator says of the chain, and what a node has to be asked to know it. */
export type AnchorState = EvidenceStep & {
  readonly chainId: number;
  readonly chain: string | undefined;
  readonly contract: string;
  readonly transaction: string;
  readonly blockNumber: number;
  /** Milliseconds since the epoch. */
  readonly blockTime: number;
  readonly origin: string | undefined;
  readonly head: TreeHead | undefined;
  /** SHA-256 of the anchored note. */
  readonly noteHash: Uint8Array;
};

/** The answer for a bundle: an outcome with all that led to it. Only the reader's policy decides what follows. */
export type BundleVerdict = {
  readonly outcome: 'valid' | 'invalid' | 'indeterminate';
  readonly steps: readonly EvidenceStep[];
  readonly statement: Statement | undefined;
  readonly digests: { readonly sha256: Uint8Array; readonly sm3: Uint8Array };
  readonly fields: readonly FieldState[];
  /** Name of the submitter, when the policy knows the key. */
  readonly submitter: string | undefined;
  readonly origin: string | undefined;
  readonly head: TreeHead | undefined;
  readonly index: number | undefined;
  readonly leafHash: Uint8Array;
  readonly witnesses: readonly WitnessState[];
  readonly timeStamps: readonly TimeStampState[];
  readonly anchors: readonly AnchorState[];
};
