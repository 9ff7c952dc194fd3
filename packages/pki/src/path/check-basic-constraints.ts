import type { Certificate } from '../x509/model.ts';
import { type CheckFailure, refuse } from './failure.ts';
import type { PathState, PathStep } from './path-state.ts';

/** §6.1.4(k): whoever issues says that it is an authority. Before version 3 nobody could, so those issue nothing here. */
export const checkAuthority = (certificate: Certificate): CheckFailure | undefined =>
  certificate.version === 3 && certificate.basicConstraints?.ca === true
    ? undefined
    : refuse('NOT_A_CA', 'RFC 5280 §6.1.4(k)');

/** §6.1.4(l) and (m): as many authorities follow as every one above allows; self-issued ones do not count. */
export function checkPathLength(step: PathStep, state: PathState): CheckFailure | undefined {
  if (!step.selfIssued) {
    if (state.maxPathLength <= 0) return refuse('PATH_LENGTH_EXCEEDED', 'RFC 5280 §6.1.4(l)');
    state.maxPathLength -= 1;
  }
  takePathLength(step.certificate, state);
  return undefined;
}

export function takePathLength(certificate: Certificate, state: PathState): void {
  const allowed = certificate.basicConstraints?.pathLength;
  if (allowed !== undefined) state.maxPathLength = Math.min(state.maxPathLength, allowed);
}
