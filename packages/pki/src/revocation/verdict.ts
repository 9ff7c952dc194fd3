import type { CrlReason } from '../crl/model.ts';

/**
 * Revocation as a value. A verdict says what is known about one certificate and from which bytes it is known; it
 * never says yes or no. Only a policy does that (see `policy.ts`).
 */

/** Where a statement came from. `ocsp-stapled`: handed over together with the certificate by its holder. */
export type RevocationSource = 'crl' | 'ocsp-cached' | 'ocsp-live' | 'ocsp-stapled';

/** What led to a verdict: enough to find the same bytes again and to check them in court. Times in ms, UTC. */
export type RevocationEvidence = {
  readonly source: RevocationSource;
  /** SHA-256 of the CRL or of the OCSP response, hexadecimal; undefined when no bytes were had. */
  readonly sha256: string | undefined;
  readonly thisUpdate: number | undefined;
  readonly nextUpdate: number | undefined;
  readonly producedAt: number | undefined;
  /** Address that was asked, when one was. Always an address registered for the authority. */
  readonly address?: string;
};

/**
 * Why nothing is known. The reasons are kept apart because each has another cure and another person to call:
 * `no-source` (nobody to ask) is not `unreachable` (asked, no answer), and neither is a wrong answer.
 */
export type UnknownReason =
  | 'no-source'
  | 'unreachable'
  | 'timeout'
  | 'too-large'
  | 'stale'
  | 'not-yet-valid'
  | 'unsigned'
  | 'wrong-signer'
  | 'wrong-certificate'
  | 'wrong-scope'
  | 'wrong-nonce'
  | 'weak-algorithm'
  | 'malformed'
  | 'try-later'
  | 'responder-error'
  | 'not-issued';

export type GoodVerdict = {
  readonly status: 'good';
  readonly source: RevocationSource;
  readonly producedAt: number;
  /** The statement is not to be used after this moment. */
  readonly nextUpdate: number;
  readonly evidence: readonly RevocationEvidence[];
};

export type RevokedVerdict = {
  readonly status: 'revoked';
  readonly source: RevocationSource;
  readonly reason: CrlReason;
  readonly time: number;
  readonly evidence: readonly RevocationEvidence[];
};

export type UnknownVerdict = {
  readonly status: 'unknown';
  readonly reason: UnknownReason;
  /**
   * Only with `stale`: what a genuine statement said until it ran out at this moment. A bounded grace may build on
   * it; nothing else may.
   */
  readonly goodUntil?: number;
  readonly evidence: readonly RevocationEvidence[];
};

export type RevocationVerdict = GoodVerdict | RevokedVerdict | UnknownVerdict;

export const unknownVerdict = (
  reason: UnknownReason,
  evidence: readonly RevocationEvidence[] = [],
): UnknownVerdict => ({ status: 'unknown', reason, evidence });
