import type { EvidenceReason } from '../reasons.ts';
import type { EvidenceStep, EvidenceStepName, StepState } from '../verdict.ts';

/** Reasons for which nothing is wrong with the bundle: the reader's policy cannot tell, or it lies out of reach. */
const UNDECIDED: ReadonlySet<EvidenceReason> = new Set<EvidenceReason>([
  'SUBMITTER_UNKNOWN',
  'LOG_UNKNOWN',
  'WITNESS_NONE',
  'WITNESS_QUORUM',
  'TIME_STAMP_UNTRUSTED',
  'ANCHOR_UNKNOWN_CHAIN',
  'ANCHOR_OFFLINE',
  'ANCHOR_NODE',
]);

const ABSENT: ReadonlySet<EvidenceReason> = new Set<EvidenceReason>([
  'SM2_NOT_IN_POLICY',
  'SM2_ABSENT',
  'TIME_UNWITNESSED',
  'TIME_STAMP_NONE',
  'ANCHOR_NONE',
]);

function stateOf(reason: EvidenceReason | undefined): StepState {
  if (reason === undefined) return 'valid';
  if (UNDECIDED.has(reason)) return 'indeterminate';
  return ABSENT.has(reason) ? 'absent' : 'invalid';
}

/** Valid without a reason; with one, the reason says what state that is. */
export const stepOf = (step: EvidenceStepName, reason?: EvidenceReason): EvidenceStep => ({
  step,
  state: stateOf(reason),
  reason,
});
