import { type CheckFailure, refuse } from './failure.ts';
import type { PathState, PathStep } from './path-state.ts';

/** §6.1.3(a)(4): the issuer is named as the one above names itself. */
export const checkIssuerName = (step: PathStep, state: PathState): CheckFailure | undefined =>
  step.certificate.issuer.key === state.workingIssuer.key
    ? undefined
    : refuse('NAME_CHAINING', 'RFC 5280 §6.1.3(a)(4)');
