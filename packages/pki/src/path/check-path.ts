import type { CertificatePath } from './certificate-path.ts';
import { checkAnchor } from './check-anchor.ts';
import { checkAuthority, checkPathLength } from './check-basic-constraints.ts';
import { checkCriticalExtensions } from './check-critical-extensions.ts';
import { checkExtendedKeyUsage, checkIssuerExtendedKeyUsage } from './check-extended-key-usage.ts';
import { checkIssuerName } from './check-issuer-name.ts';
import { checkKeyUsage } from './check-key-usage.ts';
import { checkConstrainedNames, takeNameConstraints } from './check-name-constraints.ts';
import {
  closeExplicitPolicy,
  countPolicySkips,
  mapToSubjectDomain,
  processPolicies,
  takePolicyConstraints,
} from './check-policies.ts';
import { checkPolicyQualifiers } from './check-policy-qualifiers.ts';
import { checkSignature } from './check-signature.ts';
import { checkValidity } from './check-validity.ts';
import { type CheckFailure, failureAt, type PathFailure, refuse } from './failure.ts';
import { completeKey } from './inherited-parameters.ts';
import type { PathRules } from './path-options.ts';
import { type PathState, type PathStep, type StepTools, startState, stepsOf } from './path-state.ts';
import { constrainedPolicies } from './policy-graph.ts';
import { lintCertificate } from './profile-lint.ts';

/** A path that holds, with the policies (user-constrained-policy-set) for which it does. */
export type ValidPath = {
  readonly ok: true;
  readonly path: CertificatePath;
  readonly policies: ReadonlySet<string>;
};

/** RFC 5280 §6.1 over one given path. Building it is another matter: see `build-paths.ts`. */
export async function checkPath(
  path: CertificatePath,
  rules: PathRules,
  tools: StepTools,
): Promise<ValidPath | PathFailure> {
  const state = startState(path, rules);
  const steps = stepsOf(path, rules, tools);
  const anchorFailure = await checkAnchor(path.anchor, state, { rules, signatures: tools.signatures });
  if (anchorFailure) return failureAt(steps.length, anchorFailure);
  for (const [i, step] of steps.entries()) {
    const failure =
      (await processCertificate(step, state)) ?? (step.last ? wrapUp(step, state) : prepareNext(step, state));
    if (failure) return failureAt(steps.length - 1 - i, failure);
  }
  return { ok: true, path, policies: constrainedPolicies(state.policyGraph, rules.policies?.accepted) };
}

/** §6.1.3. Revocation, its (a)(3), is a verdict of its own and not taken here. */
async function processCertificate(step: PathStep, state: PathState): Promise<CheckFailure | undefined> {
  return (
    (await checkSignature(step, state)) ??
    checkValidity(step.certificate, step.rules.time) ??
    checkIssuerName(step, state) ??
    checkConstrainedNames(step, state) ??
    processPolicies(step, state) ??
    checkCriticalExtensions(step.certificate) ??
    checkPolicyQualifiers(step.certificate) ??
    lintCertificate(step.certificate, step.last ? 'end' : 'intermediate', step.rules.waivedProfileRules)
  );
}

/** §6.1.4: from certificate i to i + 1. */
function prepareNext(step: PathStep, state: PathState): CheckFailure | undefined {
  const { certificate, rules } = step;
  const failure =
    mapToSubjectDomain(step, state) ??
    takeNameConstraints(step, state) ??
    checkAuthority(certificate) ??
    checkPathLength(step, state) ??
    checkKeyUsage(certificate, 'sign-certificates') ??
    checkIssuerExtendedKeyUsage(certificate, rules.extendedKeyUsage);
  if (failure) return failure;
  countPolicySkips(step, state);
  takePolicyConstraints(step, state);
  state.workingKey = completeKey(certificate.spki, state.workingKey);
  state.workingIssuer = certificate.subject;
  return undefined;
}

/** §6.1.5, then what the end certificate is wanted for. */
function wrapUp(step: PathStep, state: PathState): CheckFailure | undefined {
  const { certificate, rules } = step;
  closeExplicitPolicy(step, state);
  if (state.explicitPolicy === 0) {
    const policies = constrainedPolicies(state.policyGraph, rules.policies?.accepted);
    if (policies.size === 0) return refuse('POLICY_REFUSED', 'RFC 9618 §5.5(g)');
  }
  return (
    (rules.purpose && checkKeyUsage(certificate, rules.purpose)) ?? checkExtendedKeyUsage(certificate, rules)
  );
}
