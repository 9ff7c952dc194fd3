import type { Certificate, CryptoEngine } from '@hufu/pki';
import type { CertificateJudge } from '../ses/certificate-judge.ts';
import { judgeSesSignature, type SesSignatureJudgement } from '../ses/judge-signature.ts';
import type { SesSignature } from '../ses/model.ts';
import type { SesReason } from '../ses/reasons.ts';
import type { SesFinding } from '../ses/verdict.ts';
import type { CertificateTrust } from './certificate-trust.ts';
import type { CheckBook } from './check-book.ts';
import type { SignedRange } from './check-format.ts';
import type { Evidence } from './evidence.ts';
import type { RangeDigests } from './range-digests.ts';
import type { ReasonCode } from './reasons.ts';

export type SealQuestionInPdf = {
  readonly signature: SesSignature;
  readonly range: SignedRange;
  readonly evidence: Evidence;
  readonly companions: readonly Certificate[];
  /** ms UTC */
  readonly now: number;
};

/** Reasons of a seal that have a name among those of every signature. */
const COMMON: Readonly<Partial<Record<SesReason, ReasonCode>>> = {
  DOCUMENT_CHANGED: 'DIGEST_MISMATCH',
  SIGNATURE_WRONG: 'SIGNATURE_WRONG',
  SIGNATURE_ALGORITHM: 'ALGORITHM_REFUSED',
  SIGNER_CERTIFICATE_UNTRUSTED: 'CERT_UNTRUSTED',
  SIGNER_CERTIFICATE_REVOKED: 'CERT_REVOKED',
  SIGNER_CERTIFICATE_REVOKED_LATER: 'CERT_REVOKED_NO_PROOF',
  SIGNER_REVOCATION_UNKNOWN: 'REVOCATION_UNKNOWN',
};

function reasonOf(finding: SesFinding): { reason?: ReasonCode; detail?: string } {
  if (finding.status === 'passed') return {};
  const reason = COMMON[finding.reason] ?? (finding.status === 'failed' ? 'SEAL_INVALID' : 'SEAL_OPEN');
  return { reason, detail: finding.detail === '' ? finding.reason : `${finding.reason} ${finding.detail}` };
}

/** The seal's steps, in the blocks of the report: GB/T 38540-2020 judges them, this writes them down. */
export async function judgeSealSignature(
  question: SealQuestionInPdf,
  tools: { engine: CryptoEngine; trust: CertificateTrust; digests: RangeDigests },
  book: CheckBook,
): Promise<SesSignatureJudgement> {
  const { signature, range, evidence, now } = question;
  const judge: CertificateJudge = async ({ certificate, role, at, companions }) => {
    const use = { certificate, role, at, proven: true, companions, evidence } as const;
    const { verdict } = await tools.trust.path(use);
    return {
      path: verdict,
      revocation: verdict.ok ? await tools.trust.status(verdict, 0, use) : undefined,
    };
  };
  const companions = [...question.companions, ...evidence.certificates];
  const judgement = await judgeSesSignature(
    signature,
    { now, companions, documentDigest: (algorithm) => tools.digests(range, algorithm) },
    { engine: tools.engine, judge },
  );
  for (const finding of judgement.findings) {
    const block =
      finding.step === 'document-hash' || finding.step === 'signature-value' ? 'cryptography' : 'seal';
    book.note(block, `seal:${finding.step}`, reasonOf(finding));
  }
  return judgement;
}
