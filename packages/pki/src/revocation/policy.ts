import type { RefusalCode } from './refusals.ts';
import type { RevocationVerdict, UnknownReason, UnknownVerdict } from './verdict.ts';

/** Algorithm families that a CA may use (OD-36). Everything else, SHA-1 and MD5 first, is refused for all. */
export type AllowedAlgorithm = 'sm2-sm3' | 'ecdsa-sha2' | 'rsa-sha2';

/**
 * Leave to accept a certificate for a bounded time after its last good status ran out. Never the default: somebody
 * granted it, for one CA, until a date.
 */
export type GracePolicy = {
  /** At most this long after `nextUpdate`. */
  readonly maxSeconds: number;
  /** The leave itself ends here, ms UTC. */
  readonly until: number;
};

export type Suspension = { readonly since: number };

/** Everything by which one CA differs in treatment. Data: stored, shown at the desk, partly published. */
export type CaPolicy = {
  /** Names the policy and its revision in every decision, e.g. `nmgca@4`. */
  readonly name: string;
  /** Administrative division code (GB/T 2260) where the CA's offices are; compared with the hub's own. */
  readonly region: string;
  /** Whether the CA has joined the mutual recognition (F-VENDOR `joinedMutual`). */
  readonly joined: boolean;
  readonly suspended: Suspension | undefined;
  readonly algorithms: readonly AllowedAlgorithm[];
  /** Asked in this order until one is conclusive. Empty: every certificate stays unknown, hence refused. */
  readonly sources: readonly ('crl' | 'ocsp')[];
  /** Whether a statement about the CA certificates above the holder's is demanded too, or used where there is one. */
  readonly intermediates: 'required' | 'if-published';
  /** How long a login may wait for this CA's OCSP responder. */
  readonly ocspBudgetMs: number;
  /** How long an OCSP answer serves; never beyond its own nextUpdate. 0: no cache. */
  readonly ocspCacheSeconds: number;
  /** Upper bound for the age of a statement (since thisUpdate), whatever its nextUpdate says. */
  readonly maxAgeSeconds: number | undefined;
  readonly clockSkewSeconds: number;
  readonly grace: GracePolicy | undefined;
};

/** The policy of a newly recognised CA: closed in every respect. */
export const closedPolicy = (name: string, region: string): CaPolicy => ({
  name,
  region,
  joined: false,
  suspended: undefined,
  algorithms: ['sm2-sm3'],
  sources: ['crl', 'ocsp'],
  intermediates: 'if-published',
  ocspBudgetMs: 5_000,
  ocspCacheSeconds: 300,
  maxAgeSeconds: undefined,
  clockSkewSeconds: 300,
  grace: undefined,
});

export type GraceUse = { readonly expiredAt: number; readonly endsAt: number };

export type Allowed = { readonly allow: true; readonly policyName: string; readonly grace?: GraceUse };
export type Denied = {
  readonly allow: false;
  readonly policyName: string;
  readonly code: RefusalCode;
  /** The moment that the refusal speaks of: revoked on, held since, ran out on. ms UTC. */
  readonly since?: number;
};
export type Decision = Allowed | Denied;

/**
 * Turns what is known into yes or no. Only `good` allows; `unknown` allows within a granted grace after a genuine
 * good statement ran out, and only for causes that do not smell of forgery.
 */
export function decide(verdict: RevocationVerdict, policy: CaPolicy, at: number): Decision {
  const policyName = policy.name;
  const deny = (code: RefusalCode, since?: number): Denied =>
    since === undefined ? { allow: false, policyName, code } : { allow: false, policyName, code, since };
  if (policy.suspended !== undefined) return deny('CERTIFICATE_CA_SUSPENDED', policy.suspended.since);
  switch (verdict.status) {
    case 'good':
      return { allow: true, policyName };
    case 'revoked':
      return verdict.reason === 'certificateHold'
        ? deny('CERTIFICATE_ON_HOLD', verdict.time)
        : deny('CERTIFICATE_REVOKED', verdict.time);
    case 'unknown': {
      const grace = graceFor(verdict, policy, at);
      if (grace !== undefined) return { allow: true, policyName, grace };
      return deny(
        CODE_OF_UNKNOWN[verdict.reason],
        verdict.reason === 'stale' ? verdict.goodUntil : undefined,
      );
    }
  }
}

const CODE_OF_UNKNOWN: Readonly<Record<UnknownReason, RefusalCode>> = {
  'no-source': 'CERTIFICATE_STATUS_UNAVAILABLE',
  'wrong-scope': 'CERTIFICATE_STATUS_UNAVAILABLE',
  unreachable: 'CERTIFICATE_STATUS_UNREACHABLE',
  'responder-error': 'CERTIFICATE_STATUS_UNREACHABLE',
  'try-later': 'CERTIFICATE_STATUS_UNREACHABLE',
  'too-large': 'CERTIFICATE_STATUS_UNREACHABLE',
  timeout: 'CERTIFICATE_STATUS_SLOW',
  stale: 'CERTIFICATE_STATUS_STALE',
  'not-yet-valid': 'CERTIFICATE_STATUS_STALE',
  unsigned: 'CERTIFICATE_STATUS_UNTRUSTED',
  'wrong-signer': 'CERTIFICATE_STATUS_UNTRUSTED',
  'wrong-certificate': 'CERTIFICATE_STATUS_UNTRUSTED',
  'wrong-nonce': 'CERTIFICATE_STATUS_UNTRUSTED',
  'weak-algorithm': 'CERTIFICATE_STATUS_UNTRUSTED',
  malformed: 'CERTIFICATE_STATUS_UNTRUSTED',
  'not-issued': 'CERTIFICATE_NOT_ISSUED',
};

/** Faults of availability. A wrong answer is not a fault: no grace for it. */
const GRACE_REASONS: ReadonlySet<UnknownReason> = new Set([
  'stale',
  'unreachable',
  'timeout',
  'responder-error',
  'try-later',
  'too-large',
  'no-source',
]);

function graceFor(verdict: UnknownVerdict, policy: CaPolicy, at: number): GraceUse | undefined {
  const { grace } = policy;
  if (grace === undefined || verdict.goodUntil === undefined) return undefined;
  if (!GRACE_REASONS.has(verdict.reason)) return undefined;
  const endsAt = Math.min(verdict.goodUntil + grace.maxSeconds * 1000, grace.until);
  return at < endsAt ? { expiredAt: verdict.goodUntil, endsAt } : undefined;
}
