import { checkKey } from './algorithm-policy.ts';
import type { CheckFailure } from './failure.ts';
import type { PathState, PathStep } from './path-state.ts';

/** §6.1.3(a)(1): signed by the key above, and a key that the policy admits itself. */
export async function checkSignature(step: PathStep, state: PathState): Promise<CheckFailure | undefined> {
  return (
    checkKey(step.algorithms, step.certificate.spki) ??
    (await step.signatures.check(step.certificate, state.workingKey))
  );
}
