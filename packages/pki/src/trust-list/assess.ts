import type { PathFailure, PathFailureCode } from '../path/failure.ts';
import { type CaPolicy, type Decision, type Denied, decide } from '../revocation/policy.ts';
import type { RefusalCode } from '../revocation/refusals.ts';
import type { RevocationVerdict } from '../revocation/verdict.ts';
import type { Certificate } from '../x509/model.ts';
import type { Recognition } from './recognise.ts';

export type Assessment = {
  readonly certificate: Certificate;
  readonly recognition: Recognition;
  /**
   * What is known about each certificate of the path, the holder's first. Needed only when `admission` finds nothing
   * to refuse before.
   */
  readonly revocation: readonly RevocationVerdict[];
  /** Region of the hub (GB/T 2260); HUB-012. */
  readonly region: string;
  /** ms UTC */
  readonly at: number;
};

const CODE_OF_PATH: Readonly<Record<PathFailureCode, RefusalCode>> = {
  NO_PATH: 'CERTIFICATE_CA_UNRECOGNISED',
  TARGET_IS_ANCHOR: 'CERTIFICATE_WRONG_USAGE',
  BUDGET_EXCEEDED: 'CERTIFICATE_PATH_INVALID',
  PATH_TOO_DEEP: 'CERTIFICATE_PATH_INVALID',
  SIGNATURE_INVALID: 'CERTIFICATE_PATH_INVALID',
  SIGNATURE_ALGORITHM_REFUSED: 'CERTIFICATE_WEAK_ALGORITHM',
  KEY_REFUSED: 'CERTIFICATE_WEAK_ALGORITHM',
  NOT_YET_VALID: 'CERTIFICATE_NOT_YET_VALID',
  EXPIRED: 'CERTIFICATE_EXPIRED',
  NAME_CHAINING: 'CERTIFICATE_PATH_INVALID',
  NOT_A_CA: 'CERTIFICATE_PATH_INVALID',
  PATH_LENGTH_EXCEEDED: 'CERTIFICATE_PATH_INVALID',
  KEY_USAGE_REFUSED: 'CERTIFICATE_WRONG_USAGE',
  EXTENDED_KEY_USAGE_REFUSED: 'CERTIFICATE_WRONG_USAGE',
  UNKNOWN_CRITICAL_EXTENSION: 'CERTIFICATE_PATH_INVALID',
  NAME_NOT_PERMITTED: 'CERTIFICATE_PATH_INVALID',
  NAME_EXCLUDED: 'CERTIFICATE_PATH_INVALID',
  NAME_MALFORMED: 'CERTIFICATE_PATH_INVALID',
  NAME_CONSTRAINT_MALFORMED: 'CERTIFICATE_PATH_INVALID',
  NAME_CONSTRAINT_UNSUPPORTED: 'CERTIFICATE_PATH_INVALID',
  POLICY_REFUSED: 'CERTIFICATE_PATH_INVALID',
  POLICY_MAPPING_ANY: 'CERTIFICATE_PATH_INVALID',
  PROFILE_VIOLATED: 'CERTIFICATE_PATH_INVALID',
  REVOKED: 'CERTIFICATE_CA_REVOKED',
  REVOCATION_UNKNOWN: 'CERTIFICATE_STATUS_UNAVAILABLE',
};

/** The policy that refuses what no recognised CA issued. */
export const NO_POLICY = 'unrecognised';

/**
 * What can be refused without asking anybody for a status: the CA is not recognised, foreign, not joined or
 * suspended, or the path does not hold. Undefined when revocation has to be looked at.
 */
export function admission(assessment: Omit<Assessment, 'revocation'>): Denied | undefined {
  const { certificate, recognition, region } = assessment;
  if (recognition.status === 'unrecognised') return denied(NO_POLICY, 'CERTIFICATE_CA_UNRECOGNISED');
  const { policy } = recognition.authority;
  if (policy.region !== region) return denied(policy.name, 'CERTIFICATE_CA_FOREIGN');
  if (!policy.joined) return denied(policy.name, 'CERTIFICATE_CA_NOT_JOINED');
  if (policy.suspended !== undefined) {
    return denied(policy.name, 'CERTIFICATE_CA_SUSPENDED', policy.suspended.since);
  }
  if (recognition.status === 'recognised') return undefined;
  return refusedPath(recognition.failure, certificate, policy);
}

function refusedPath(failure: PathFailure, certificate: Certificate, policy: CaPolicy): Denied {
  const own = failure.certificateIndex === 0;
  if (failure.code === 'EXPIRED' && own) {
    return denied(policy.name, 'CERTIFICATE_EXPIRED', certificate.notAfter);
  }
  if (failure.code === 'NOT_YET_VALID' && own) {
    return denied(policy.name, 'CERTIFICATE_NOT_YET_VALID', certificate.notBefore);
  }
  const dated = failure.code === 'EXPIRED' || failure.code === 'NOT_YET_VALID';
  return denied(policy.name, dated ? 'CERTIFICATE_PATH_INVALID' : CODE_OF_PATH[failure.code]);
}

const denied = (policyName: string, code: RefusalCode, since?: number): Denied =>
  since === undefined ? { allow: false, policyName, code } : { allow: false, policyName, code, since };

/**
 * The whole decision on a certificate, from values alone: usable at the hub, in a platform and offline. The chain
 * above the holder is judged by the same policy; under `if-published` an issuing certificate about which nobody says
 * anything stands by its place in the trust list, from which it can be withdrawn.
 */
export function assess(assessment: Assessment): Decision {
  const refusal = admission(assessment);
  if (refusal !== undefined) return refusal;
  const { recognition, revocation, at } = assessment;
  if (recognition.status !== 'recognised') return denied(NO_POLICY, 'CERTIFICATE_CA_UNRECOGNISED');
  const { policy } = recognition.authority;
  const [own, ...above] = revocation;
  if (own === undefined) return denied(policy.name, 'CERTIFICATE_STATUS_UNAVAILABLE');
  const decision = decide(own, policy, at);
  if (!decision.allow) return decision;
  for (const verdict of above) {
    if (verdict.status === 'revoked') return denied(policy.name, 'CERTIFICATE_CA_REVOKED', verdict.time);
    const silent = verdict.status === 'unknown' && verdict.reason === 'no-source';
    if (silent && policy.intermediates === 'if-published') continue;
    const upper = decide(verdict, policy, at);
    if (!upper.allow) return upper;
  }
  const missing = above.length < recognition.path.certificates.length - 1;
  return missing && policy.intermediates === 'required'
    ? denied(policy.name, 'CERTIFICATE_STATUS_UNAVAILABLE')
    : decision;
}
