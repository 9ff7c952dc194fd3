import {
  type AlgorithmPolicy,
  type Certificate,
  type CertificatePath,
  type CryptoEngine,
  combineVerdicts,
  createVerifiedSignatures,
  EXTENDED_KEY_USAGE_OID,
  issuerAt,
  judgeCrls,
  judgeOcsp,
  type KeyUsageBit,
  type PathFailure,
  type PathFailureCode,
  type PathRules,
  type PathVerdict,
  parseOcspResponse,
  type RevocationVerdict,
  TRADING_ALGORITHMS,
  type TrustStore,
  unknownVerdict,
  type ValidPath,
  type VerifiedSignatures,
  validatePath,
} from '@hufu/pki';
import { HARMLESS_REASONS } from '../ses/certificate-judge.ts';
import { type CertificateRole, storeFor, type Trust, withinPurpose } from '../trust-by-role.ts';
import { attempt, type Evidence } from './evidence.ts';
import type { ReasonCode } from './reasons.ts';

/** The use of a key of which is asked. */
export type KeyUse = {
  readonly certificate: Certificate;
  readonly role: CertificateRole;
  /** When the key was used, as far as it is proven; else the present moment. ms UTC */
  readonly at: number;
  readonly proven: boolean;
  /** What the signer says, ms UTC. */
  readonly claimed?: number | undefined;
  readonly companions: readonly Certificate[];
  readonly evidence: Evidence;
};

export type TrustFinding = { readonly reason: ReasonCode; readonly detail: string };

export type TrustOptions = {
  readonly store: Trust;
  readonly engine: CryptoEngine;
  /** The present moment, ms UTC. */
  readonly now: number;
  readonly rules?: Pick<PathRules, 'algorithms' | 'limits' | 'policies' | 'waivedProfileRules'>;
  readonly verified?: VerifiedSignatures;
  /** Asks elsewhere about one certificate of a path, for example a fresh list that is kept. */
  readonly ask?: (path: ValidPath, certificateIndex: number, at: number) => Promise<RevocationVerdict>;
};

/** Two questions of ETSI EN 319 102-1: is there a path (X.509 validation), and what is known of revocation. */
export type CertificateTrust = {
  /** Without a finding the certificate is trusted, by a path or, where there is none, by itself. */
  path(use: KeyUse): Promise<{ readonly verdict: PathVerdict; readonly finding?: TrustFinding }>;
  /** Findings about the end certificate and its issuers; empty when all is good. */
  revocation(path: ValidPath, use: KeyUse): Promise<readonly TrustFinding[]>;
  status(path: ValidPath, certificateIndex: number, use: KeyUse): Promise<RevocationVerdict>;
};

const UNTRUSTED: ReadonlySet<PathFailureCode> = new Set([
  'NO_PATH',
  'TARGET_IS_ANCHOR',
  'BUDGET_EXCEEDED',
  'PATH_TOO_DEEP',
]);
const WEAK: ReadonlySet<PathFailureCode> = new Set(['SIGNATURE_ALGORITHM_REFUSED', 'KEY_REFUSED']);
const PURPOSE: ReadonlySet<PathFailureCode> = new Set(['KEY_USAGE_REFUSED', 'EXTENDED_KEY_USAGE_REFUSED']);

/** Out of date at the moment of judging. It speaks against the signature only if the signer says so too, or time proves it. */
function datesReason(failure: PathFailure, use: KeyUse): ReasonCode {
  const { notBefore, notAfter } = use.certificate;
  const { claimed } = use;
  const contradicts = claimed !== undefined && (claimed > notAfter || claimed < notBefore);
  if (contradicts) return 'CERT_OUT_OF_DATE';
  if (failure.certificateIndex > 0 && use.proven) return 'CERT_REFUSED';
  return failure.code === 'NOT_YET_VALID' ? 'CERT_OUT_OF_DATE' : 'CERT_EXPIRED_NO_PROOF';
}

function pathReason(failure: PathFailure, use: KeyUse): ReasonCode {
  const { code, certificateIndex } = failure;
  if (UNTRUSTED.has(code)) return 'CERT_UNTRUSTED';
  if (code === 'EXPIRED' || code === 'NOT_YET_VALID') return datesReason(failure, use);
  if (WEAK.has(code)) return 'ALGORITHM_REFUSED';
  if (PURPOSE.has(code) && certificateIndex === 0) return 'CERT_PURPOSE';
  return 'CERT_REFUSED';
}

const SIGNS: readonly KeyUsageBit[] = ['digitalSignature', 'nonRepudiation'];

/**
 * A signer's certificate that is itself among the anchors: whoever put it there vouches for it, as with a self-signed one
 * that was handed over (ETSI EN 319 102-1 §5.2.6). There is no path and nobody who could revoke it; its dates, key and
 * stated usage bind all the same.
 */
function directFinding(use: KeyUse, policy: AlgorithmPolicy): TrustFinding | undefined {
  const { certificate, at } = use;
  const { spki, keyUsage, notBefore, notAfter } = certificate;
  const failed = (code: PathFailureCode): TrustFinding => {
    const failure = { ok: false, certificateIndex: 0, code, clause: 'RFC 5280 §4.1', detail: '' } as const;
    return { reason: pathReason(failure, use), detail: code };
  };
  if (at < notBefore) return failed('NOT_YET_VALID');
  if (at > notAfter) return failed('EXPIRED');
  const isStrong = spki.kind !== 'rsa' || spki.bits >= policy.minimumRsaBits;
  if (!policy.keys.has(spki.kind) || !isStrong) return failed('KEY_REFUSED');
  const maySign = keyUsage === undefined || SIGNS.some((bit) => keyUsage.has(bit));
  return maySign ? undefined : failed('KEY_USAGE_REFUSED');
}

/** Moments of which evidence that was made after `at` may speak: the earliest such is enough. */
function momentsAfter(evidence: Evidence, at: number): readonly number[] {
  const made = [
    ...evidence.crls.map(({ thisUpdate }) => thisUpdate),
    ...evidence.ocspResponses.flatMap((der) => {
      const response = attempt(() => parseOcspResponse(der));
      return response?.status === 'successful'
        ? [
            Math.max(
              response.basic.producedAt,
              ...response.basic.responses.map(({ thisUpdate }) => thisUpdate),
            ),
          ]
        : [];
    }),
  ];
  return made.filter((moment) => moment >= at).sort((a, b) => a - b);
}

/** Moments of one question: enough for several lists of several authorities, too few to be made to work long. */
const MAX_MOMENTS = 6;

export function certificateTrust(options: TrustOptions): CertificateTrust {
  const { store, engine, now, rules } = options;
  const verified = options.verified ?? createVerifiedSignatures(2000);
  const withCompanions = (use: KeyUse): TrustStore =>
    storeFor(store, use.role).withIntermediates([...use.companions, ...use.evidence.certificates]);

  const judgeAt = async (
    path: CertificatePath,
    certificateIndex: number,
    question: { use: KeyUse; at: number },
  ): Promise<RevocationVerdict> => {
    const { use, at } = question;
    const { evidence } = use;
    const known = withCompanions(use);
    const algorithms = rules?.algorithms;
    const verdicts: RevocationVerdict[] = [];
    if (evidence.crls.length > 0) {
      verdicts.push(
        await judgeCrls({
          path,
          certificateIndex,
          crls: evidence.crls,
          store: known,
          engine,
          at,
          verified,
          ...(algorithms && { algorithms }),
        }),
      );
    }
    const certificate = path.certificates[certificateIndex]!;
    const issuer = issuerAt(path, certificateIndex).certificate;
    for (const response of issuer === undefined ? [] : evidence.ocspResponses) {
      verdicts.push(
        await judgeOcsp(response, {
          certificate,
          issuer: issuer!,
          engine,
          at,
          source: 'ocsp-stapled',
          ...(algorithms && { algorithms }),
        }),
      );
    }
    return verdicts.length === 0 ? unknownVerdict('no-source') : combineVerdicts(verdicts);
  };

  /**
   * Evidence counts when it is fresh now, when it was fresh at the time of use, or when it was made after that time
   * (ETSI EN 319 102-1 §5.2.5, §5.6.2.1): a list made later that does not name the certificate clears it for before.
   */
  const status: CertificateTrust['status'] = async (path, certificateIndex, use) => {
    const moments = new Set([now, use.at, ...momentsAfter(use.evidence, use.at).slice(0, MAX_MOMENTS)]);
    const verdicts: RevocationVerdict[] = [];
    for (const at of moments) {
      if (at > now) continue;
      const verdict = await judgeAt(path.path, certificateIndex, { use, at });
      if (verdict.status === 'revoked') return verdict;
      verdicts.push(verdict);
    }
    const asked = await options.ask?.(path, certificateIndex, use.at);
    return combineVerdicts(asked === undefined ? verdicts : [...verdicts, asked]);
  };

  const endFinding = async (path: ValidPath, use: KeyUse): Promise<TrustFinding | undefined> => {
    const verdict = await status(path, 0, use);
    if (verdict.status === 'good') return undefined;
    if (verdict.status === 'unknown') return { reason: 'REVOCATION_UNKNOWN', detail: verdict.reason };
    const usedAt = use.proven ? use.at : (use.claimed ?? use.at);
    const detail = verdict.reason;
    if (verdict.time <= usedAt) return { reason: 'CERT_REVOKED', detail };
    // A key that was merely laid down says nothing against the past, but only a proven time is past.
    return use.proven || HARMLESS_REASONS.has(verdict.reason)
      ? undefined
      : { reason: 'CERT_REVOKED_NO_PROOF', detail };
  };

  const issuerFinding = async (
    path: ValidPath,
    certificateIndex: number,
    use: KeyUse,
  ): Promise<TrustFinding | undefined> => {
    const verdict = await status(path, certificateIndex, use);
    if (verdict.status === 'good') return undefined;
    if (verdict.status === 'unknown') return { reason: 'ISSUER_REVOCATION_UNKNOWN', detail: verdict.reason };
    const harmless = use.proven && verdict.time > use.at && HARMLESS_REASONS.has(verdict.reason);
    return harmless ? undefined : { reason: 'CERT_ISSUER_REVOKED', detail: verdict.reason };
  };

  return {
    async path(use) {
      const found = await validatePath({
        ...rules,
        certificate: use.certificate,
        store: withCompanions(use),
        engine,
        time: use.at,
        verified,
        purpose: 'sign',
        ...(use.role === 'time-stamp' && { extendedKeyUsage: EXTENDED_KEY_USAGE_OID.timeStamping }),
      });
      const verdict = withinPurpose(found, use.certificate, use.role);
      if (verdict.ok) return { verdict };
      if (verdict.code === 'TARGET_IS_ANCHOR' && use.role === 'signer') {
        const finding = directFinding(use, rules?.algorithms ?? TRADING_ALGORITHMS);
        return finding === undefined ? { verdict } : { verdict, finding };
      }
      return { verdict, finding: { reason: pathReason(verdict, use), detail: verdict.code } };
    },
    async revocation(path, use) {
      const findings = [await endFinding(path, use)];
      for (let i = 1; i < path.path.certificates.length; i++)
        findings.push(await issuerFinding(path, i, use));
      return findings.filter((finding) => finding !== undefined);
    },
    status,
  };
}
