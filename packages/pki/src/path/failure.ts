/** Every reason for which a path is refused. Callers map each to a message; the list is exhaustive by type. */
export const PATH_FAILURE_CODES = [
  'NO_PATH',
  'TARGET_IS_ANCHOR',
  'BUDGET_EXCEEDED',
  'PATH_TOO_DEEP',
  'SIGNATURE_INVALID',
  'SIGNATURE_ALGORITHM_REFUSED',
  'KEY_REFUSED',
  'NOT_YET_VALID',
  'EXPIRED',
  'NAME_CHAINING',
  'NOT_A_CA',
  'PATH_LENGTH_EXCEEDED',
  'KEY_USAGE_REFUSED',
  'EXTENDED_KEY_USAGE_REFUSED',
  'UNKNOWN_CRITICAL_EXTENSION',
  'NAME_NOT_PERMITTED',
  'NAME_EXCLUDED',
  'NAME_MALFORMED',
  'NAME_CONSTRAINT_MALFORMED',
  'NAME_CONSTRAINT_UNSUPPORTED',
  'POLICY_REFUSED',
  'POLICY_MAPPING_ANY',
  'PROFILE_VIOLATED',
  'REVOKED',
  'REVOCATION_UNKNOWN',
] as const;

export type PathFailureCode = (typeof PATH_FAILURE_CODES)[number];

/** What one check found. */
export type CheckFailure = {
  readonly code: PathFailureCode;
  /** The clause that the certificate breaks, for example "RFC 5280 §6.1.3(a)(2)". */
  readonly clause: string;
  /** A rule name, an OID or a kind of name; never the name itself, so that it may be logged. */
  readonly detail: string;
};

/** A check's finding, placed: 0 is the end certificate, the path's length stands for the trust anchor. */
export type PathFailure = CheckFailure & { readonly ok: false; readonly certificateIndex: number };

export const refuse = (code: PathFailureCode, clause: string, detail = ''): CheckFailure => ({
  code,
  clause,
  detail,
});

export const failureAt = (certificateIndex: number, failure: CheckFailure): PathFailure => ({
  ok: false,
  certificateIndex,
  ...failure,
});
