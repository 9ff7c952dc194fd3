import { type CheckFailure, refuse } from './failure.ts';
import type { PathState, PathStep } from './path-state.ts';
import { ANY_POLICY, EMPTY_POLICY_GRAPH, growPolicyGraph, mapPolicies } from './policy-graph.ts';

/** §6.1.3(d) to (f): grows the graph by this certificate's policies; demanded ones must not run out. */
export function processPolicies(step: PathStep, state: PathState): CheckFailure | undefined {
  const { policies } = step.certificate;
  const anyAllowed = state.inhibitAnyPolicy > 0 || (!step.last && step.selfIssued);
  state.policyGraph = policies
    ? growPolicyGraph(state.policyGraph, policies, anyAllowed)
    : EMPTY_POLICY_GRAPH;
  return state.explicitPolicy > 0 || state.policyGraph.length > 0
    ? undefined
    : refuse('POLICY_REFUSED', 'RFC 9618 §5.3(f)');
}

/** §6.1.4(a) and (b): translates policies into the terms of the subject's domain. */
export function mapToSubjectDomain(step: PathStep, state: PathState): CheckFailure | undefined {
  const { policyMappings } = step.certificate;
  if (policyMappings === undefined) return undefined;
  if (policyMappings.some(({ issuer, subject }) => issuer === ANY_POLICY || subject === ANY_POLICY)) {
    return refuse('POLICY_MAPPING_ANY', 'RFC 5280 §6.1.4(a)');
  }
  state.policyGraph = mapPolicies(state.policyGraph, policyMappings, state.policyMapping > 0);
  return undefined;
}

const countDown = (count: number): number => Math.max(0, count - 1);

/** §6.1.4(h): one more certificate has gone by; self-issued ones do not count. */
export function countPolicySkips(step: PathStep, state: PathState): void {
  if (step.selfIssued) return;
  state.explicitPolicy = countDown(state.explicitPolicy);
  state.policyMapping = countDown(state.policyMapping);
  state.inhibitAnyPolicy = countDown(state.inhibitAnyPolicy);
}

/** §6.1.4(i) and (j): the certificate may tighten the demands, never loosen them. */
export function takePolicyConstraints(step: Pick<PathStep, 'certificate'>, state: PathState): void {
  const { policyConstraints, inhibitAnyPolicy } = step.certificate;
  const { requireExplicitPolicy, inhibitPolicyMapping } = policyConstraints ?? {};
  state.explicitPolicy = Math.min(state.explicitPolicy, requireExplicitPolicy ?? Number.POSITIVE_INFINITY);
  state.policyMapping = Math.min(state.policyMapping, inhibitPolicyMapping ?? Number.POSITIVE_INFINITY);
  state.inhibitAnyPolicy = Math.min(state.inhibitAnyPolicy, inhibitAnyPolicy ?? Number.POSITIVE_INFINITY);
}

/** §6.1.5(a) and (b): the end certificate's own last word on whether a policy is demanded. */
export function closeExplicitPolicy(step: PathStep, state: PathState): void {
  state.explicitPolicy = countDown(state.explicitPolicy);
  if (step.certificate.policyConstraints?.requireExplicitPolicy === 0) state.explicitPolicy = 0;
}
