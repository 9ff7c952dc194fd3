import type { BundleVerdict, EvidenceStep, EvidenceStepName } from '../verdict.ts';

/** Without these nothing is proved; the others add to it. */
const REQUIRED: ReadonlySet<EvidenceStepName> = new Set<EvidenceStepName>([
  'statement',
  'disclosures',
  'leaf',
  'submitter',
  'checkpoint',
  'inclusion',
  'witnesses',
]);

export function outcomeOf(steps: readonly EvidenceStep[]): BundleVerdict['outcome'] {
  if (steps.some(({ state }) => state === 'invalid')) return 'invalid';
  const proved = steps.every(({ step, state }) => state === 'valid' || !REQUIRED.has(step));
  return proved ? 'valid' : 'indeterminate';
}

/** The step of a finding without its facts. */
export const bareStep = ({ step, state, reason }: EvidenceStep): EvidenceStep => ({ step, state, reason });
