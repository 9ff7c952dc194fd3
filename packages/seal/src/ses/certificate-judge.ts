import {
  type Certificate,
  type CrlReason,
  type CryptoEngine,
  EXTENDED_KEY_USAGE_OID,
  type PathFailure,
  type PathFailureCode,
  type PathRules,
  type PathVerdict,
  type RevocationVerdict,
  type ValidPath,
  validatePath,
} from '@hufu/pki';
import { type CertificateRole, storeFor, type Trust, withinPurpose } from '../trust-by-role.ts';

export type CertificateQuestion = {
  readonly certificate: Certificate;
  readonly role: CertificateRole;
  /** The moment of which validity is asked, ms UTC. */
  readonly at: number;
  /** Certificates that came along. They add ways, never trust. */
  readonly companions: readonly Certificate[];
};

/** What is known about a certificate at a moment. Neither of the two says yes or no by itself. */
export type CertificateFinding = {
  readonly path: PathVerdict;
  /** Undefined without a path, and when nobody was asked. */
  readonly revocation: RevocationVerdict | undefined;
};

export type CertificateJudge = (question: CertificateQuestion) => Promise<CertificateFinding>;

export type CertificateJudgeOptions = {
  readonly store: Trust;
  readonly engine: CryptoEngine;
  /** Asks for the status of the path's certificates; left out, revocation stays unknown. */
  readonly revocation?: (path: ValidPath, question: CertificateQuestion) => Promise<RevocationVerdict>;
  /** Rules of the path that differ from the defaults. */
  readonly rules?: Pick<PathRules, 'algorithms' | 'limits' | 'policies' | 'waivedProfileRules'>;
};

/** Asks the RFC 5280 validator with our own trust store: the usual judge. */
export function certificateJudge(options: CertificateJudgeOptions): CertificateJudge {
  const { store, engine, revocation, rules } = options;
  return async (question) => {
    const { certificate, role } = question;
    const found = await validatePath({
      ...rules,
      certificate,
      store: storeFor(store, role).withIntermediates(question.companions),
      engine,
      time: question.at,
      purpose: 'sign',
      ...(role === 'time-stamp' && { extendedKeyUsage: EXTENDED_KEY_USAGE_OID.timeStamping }),
    });
    const path = withinPurpose(found, certificate, role);
    return { path, revocation: path.ok ? await revocation?.(path, question) : undefined };
  };
}

/** What a finding means for something that was done with the key at a moment. */
export type CertificateStanding = {
  readonly standing:
    | 'good'
    | 'refused'
    | 'untrusted'
    | 'out-of-date'
    | 'revoked'
    | 'revoked-later'
    | 'revocation-unknown';
  /** Code of the path failure or reason of the revocation verdict. */
  readonly detail: string;
};

/** Failures that only say that we know too little. */
const OPEN: ReadonlySet<PathFailureCode> = new Set([
  'NO_PATH',
  'TARGET_IS_ANCHOR',
  'BUDGET_EXCEEDED',
  'PATH_TOO_DEEP',
]);

/** RFC 5280 §5.3.1: reasons that say nothing against what the key did before. */
export const HARMLESS_REASONS: ReadonlySet<CrlReason> = new Set([
  'affiliationChanged',
  'superseded',
  'cessationOfOperation',
]);

function standingOfPath(failure: PathFailure): CertificateStanding {
  const { code } = failure;
  if (OPEN.has(code)) return { standing: 'untrusted', detail: code };
  if (code === 'EXPIRED' || code === 'NOT_YET_VALID') return { standing: 'out-of-date', detail: code };
  if (code === 'REVOKED') return { standing: 'revoked', detail: code };
  if (code === 'REVOCATION_UNKNOWN') return { standing: 'revocation-unknown', detail: code };
  return { standing: 'refused', detail: code };
}

/** The moment at which the key was used. A stated time binds nobody: a thief would state an earlier one. */
export type UseTime = { readonly at: number; readonly proven: boolean };

/** Reads a finding for a use of the key at a moment. */
export function standingAt(finding: CertificateFinding, use: UseTime): CertificateStanding {
  const { path, revocation } = finding;
  if (!path.ok) return standingOfPath(path);
  if (revocation === undefined) return { standing: 'revocation-unknown', detail: 'not-asked' };
  if (revocation.status === 'good') return { standing: 'good', detail: '' };
  if (revocation.status === 'unknown') return { standing: 'revocation-unknown', detail: revocation.reason };
  const detail = revocation.reason;
  if (revocation.time <= use.at) return { standing: 'revoked', detail };
  const standing = use.proven || HARMLESS_REASONS.has(revocation.reason) ? 'good' : 'revoked-later';
  return { standing, detail };
}
