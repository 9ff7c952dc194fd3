import {
  type Certificate,
  type CryptoEngine,
  type DigestAlgorithm,
  digestOfOid,
  parseTimeStampToken,
  type TimeStampToken,
  verifyTimeStampToken,
} from '@hufu/pki';
import type { CertificateTrust } from './certificate-trust.ts';
import type { CheckBook } from './check-book.ts';
import { attempt, type Evidence } from './evidence.ts';
import type { ReasonCode } from './reasons.ts';

export type StampQuestion = {
  readonly token: TimeStampToken;
  /** Digest of what the stamp should be over. */
  readonly imprint: (algorithm: DigestAlgorithm) => Uint8Array;
  /** Until when the stamp is known to have existed: a later time stamp, else the present moment. */
  readonly at: number;
  readonly proven: boolean;
  readonly evidence: Evidence;
};

export type StampTools = { readonly engine: CryptoEngine; readonly trust: CertificateTrust };

export type StampJudgement = {
  readonly certificate: Certificate | undefined;
  readonly digest: DigestAlgorithm | undefined;
  /** Signed over this data by a certificate for time-stamping, whoever issued that. */
  readonly sound: boolean;
  /** What it proves, ms UTC; undefined unless its authority is trusted too. */
  readonly time: number | undefined;
  readonly reason: ReasonCode | undefined;
  readonly detail: string;
};

const ACCEPTED: ReadonlySet<DigestAlgorithm> = new Set(['sha256', 'sha384', 'sha512', 'sm3']);

/** The reason for a document time stamp; as a stamp on a signature any of these only means that it proves no time. */
export async function judgeStamp(question: StampQuestion, tools: StampTools): Promise<StampJudgement> {
  const { token, imprint, evidence, at, proven } = question;
  const refused = (
    reason: ReasonCode,
    detail: string,
    known: Partial<StampJudgement> = {},
  ): StampJudgement => ({
    certificate: undefined,
    digest: undefined,
    sound: false,
    time: undefined,
    reason,
    detail,
    ...known,
  });
  const digest = digestOfOid(token.info.imprint.hashOid);
  if (digest === undefined || !ACCEPTED.has(digest)) {
    return refused('ALGORITHM_REFUSED', token.info.imprint.hashOid, { digest });
  }
  const verdict = await verifyTimeStampToken(
    { token, imprint: { digest, hash: imprint(digest) }, certificates: evidence.certificates },
    tools.engine,
  );
  if (!verdict.valid) {
    const reason = verdict.reason === 'imprint' ? 'DIGEST_MISMATCH' : 'STAMP_WRONG';
    return refused(reason, verdict.reason, { digest });
  }
  const { certificate, time } = verdict;
  const known = { certificate, digest, sound: true };
  const companions = token.signedData.certificates;
  // The stamp states its own time; it is used as evidence up to the moment until which it is known to exist.
  const use = {
    certificate,
    role: 'time-stamp',
    at,
    proven,
    claimed: time,
    companions,
    evidence,
  } as const;
  const { verdict: path, finding } = await tools.trust.path(use);
  if (!path.ok) return refused(finding!.reason, finding!.detail, known);
  const [revoked] = (await tools.trust.revocation(path, use)).filter(
    ({ reason }) => reason !== 'ISSUER_REVOCATION_UNKNOWN',
  );
  if (revoked !== undefined) return refused(revoked.reason, revoked.detail, known);
  return { ...known, time, reason: undefined, detail: '' };
}

/** The time stamp on a signature value (ETSI EN 319 122-1 §5.3): outside of what is signed, so a bad one only proves nothing. */
export async function judgeSignatureStamp(
  question: Omit<StampQuestion, 'token' | 'imprint'> & { der: Uint8Array; signature: Uint8Array },
  tools: StampTools,
  book: CheckBook,
): Promise<number | undefined> {
  const { der, signature } = question;
  const token = attempt(() => parseTimeStampToken(der));
  if (token === undefined) {
    book.note('time-stamp', 'signature-time-stamp', { reason: 'STAMP_MALFORMED' });
    return undefined;
  }
  const imprint = (algorithm: DigestAlgorithm): Uint8Array => tools.engine.digest(algorithm, signature);
  const judged = await judgeStamp({ ...question, token, imprint }, tools);
  if (judged.time === undefined) {
    // Weak algorithms prove no time either, but say nothing about belonging.
    const belongs = judged.sound || judged.reason === 'ALGORITHM_REFUSED';
    const reason = belongs ? 'STAMP_UNTRUSTED' : 'STAMP_WRONG';
    book.note('time-stamp', 'signature-time-stamp', { reason, detail: judged.detail });
  } else book.note('time-stamp', 'signature-time-stamp');
  return judged.time;
}
