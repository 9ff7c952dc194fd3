import type { CheckFailure } from './failure.ts';
import { addConstraints, checkNames } from './name-constraints/constraint-set.ts';
import type { PathState, PathStep } from './path-state.ts';

/** §6.1.3(b) and (c): names obey what stands above; a self-issued certificate on the way is exempt. */
export const checkConstrainedNames = (step: PathStep, state: PathState): CheckFailure | undefined =>
  step.selfIssued && !step.last ? undefined : checkNames(state.names, step.certificate, step.budget);

/** §6.1.4(g): what this certificate demands of the names below. */
export function takeNameConstraints(step: PathStep, state: PathState): CheckFailure | undefined {
  const { nameConstraints } = step.certificate;
  return nameConstraints && addConstraints(state.names, nameConstraints);
}
