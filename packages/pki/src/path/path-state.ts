import type { Certificate, Name, SubjectPublicKeyInfo } from '../x509/model.ts';
import { type AlgorithmPolicy, TRADING_ALGORITHMS } from './algorithm-policy.ts';
import { type CertificatePath, isSelfIssued } from './certificate-path.ts';
import type { Budget } from './limits.ts';
import { type ConstraintSet, createConstraintSet } from './name-constraints/constraint-set.ts';
import type { PathRules } from './path-options.ts';
import { type PolicyGraph, startPolicyGraph } from './policy-graph.ts';
import type { SignatureChecker } from './signature-checker.ts';

/** The state variables of RFC 5280 §6.1.2 (with the graph of RFC 9618). */
export type PathState = {
  readonly names: ConstraintSet;
  policyGraph: PolicyGraph;
  explicitPolicy: number;
  policyMapping: number;
  inhibitAnyPolicy: number;
  workingKey: SubjectPublicKeyInfo;
  workingIssuer: Name;
  maxPathLength: number;
};

/** One certificate's turn. */
export type PathStep = {
  readonly certificate: Certificate;
  /** Whether it is the end certificate (i = n). */
  readonly last: boolean;
  readonly selfIssued: boolean;
  readonly rules: PathRules;
  readonly algorithms: AlgorithmPolicy;
  readonly budget: Budget;
  readonly signatures: SignatureChecker;
};

export function startState(path: CertificatePath, rules: PathRules): PathState {
  const beyond = path.certificates.length + 1;
  const { requireExplicit, inhibitMapping, inhibitAny } = rules.policies ?? {};
  return {
    names: createConstraintSet(),
    policyGraph: startPolicyGraph(),
    explicitPolicy: requireExplicit ? 0 : beyond,
    policyMapping: inhibitMapping ? 0 : beyond,
    inhibitAnyPolicy: inhibitAny ? 0 : beyond,
    workingKey: path.anchor.key,
    workingIssuer: path.anchor.name,
    maxPathLength: path.certificates.length,
  };
}

export type StepTools = Pick<PathStep, 'budget' | 'signatures'>;

/** The steps from the anchor down to the end certificate (i = 1 … n). */
export function stepsOf(path: CertificatePath, rules: PathRules, tools: StepTools): PathStep[] {
  return path.certificates.toReversed().map((certificate, i) => ({
    certificate,
    last: i === path.certificates.length - 1,
    selfIssued: isSelfIssued(certificate),
    rules,
    algorithms: rules.algorithms ?? TRADING_ALGORITHMS,
    ...tools,
  }));
}
