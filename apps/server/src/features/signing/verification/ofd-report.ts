import type { HeadlineCode, VerificationReport, VerifiedSignature } from '@hufu/contracts';
import { type Certificate, certificateFingerprint, nameTexts } from '@hufu/pki';
import {
  HEADLINES,
  OFD_REASONS,
  type OfdFinding,
  type OfdReport,
  type OfdSignatureJudgement,
  type OfdVerdict,
  SES_REASONS,
} from '@hufu/seal';
import { REGISTER_REASONS, type RegisterFinding } from './find-seals.ts';
import { iso, type ReportParts, sealDetails } from './pdf-report.ts';

type Reason = VerificationReport['reasons'][number];
type Status = VerificationReport['status'];

const REASONS: Readonly<Record<string, { readonly zh: string; readonly en: string }>> = {
  ...SES_REASONS,
  ...OFD_REASONS,
};

function reasonOf(code: string): Reason {
  const { zh, en } = REASONS[code] ?? { zh: code, en: code };
  return { code, zh, en };
}

const reasonsOf = (verdict: OfdVerdict): Reason[] =>
  verdict.status === 'valid' ? [] : [reasonOf(verdict.reason)];

const COMMON_NAME = '2.5.4.3';
const commonName = (name: Certificate['subject']): string => nameTexts(name, COMMON_NAME)[0] ?? '';

const signerView = (signer: Certificate): NonNullable<VerifiedSignature['signer']> => ({
  subject: commonName(signer.subject),
  issuer: commonName(signer.issuer),
  serial: signer.serialHex,
  sha256: certificateFingerprint(signer),
  validFrom: new Date(signer.notBefore).toISOString(),
  validTo: new Date(signer.notAfter).toISOString(),
  key: signer.spki.kind,
});

const checkView = (finding: OfdFinding): VerificationReport['checks'][number] =>
  finding.status === 'passed'
    ? { check: finding.step, status: 'passed', reason: null, detail: null }
    : {
        check: finding.step,
        status: finding.status,
        reason: reasonOf(finding.reason),
        detail: finding.detail === '' ? null : finding.detail,
      };

const BLOCK_STATUS = { valid: 'passed', invalid: 'failed', indeterminate: 'unknown' } as const;

function outlinesOf({ stamps }: OfdSignatureJudgement): VerifiedSignature['outlines'] {
  return stamps.flatMap(({ page, boundary, clip }) => {
    if (page?.box === undefined || page.box.width === 0 || page.box.height === 0) return [];
    const part = clip ?? { x: 0, y: 0, width: boundary.width, height: boundary.height };
    return [
      {
        kind: 'signature' as const,
        page: page.index + 1,
        left: (boundary.x + part.x) / page.box.width,
        top: (boundary.y + part.y) / page.box.height,
        width: part.width / page.box.width,
        height: part.height / page.box.height,
      },
    ];
  });
}

const WORST: readonly Status[] = ['valid', 'indeterminate', 'invalid'];
const worse = (a: Status, b: Status): Status => (WORST.indexOf(a) > WORST.indexOf(b) ? a : b);

function signatureView(
  one: OfdSignatureJudgement,
  index: number,
  finding: RegisterFinding | undefined,
): VerifiedSignature {
  const { judgement, ses, verdict } = one;
  const told = finding?.reason && REGISTER_REASONS[finding.reason];
  const time = judgement?.time;
  return {
    id: `S${index + 1}`,
    kind: one.kind === 'seal' ? 'seal' : 'signature',
    status: told === undefined ? verdict.status : worse(verdict.status, told.status),
    reasons: [
      ...(told === undefined ? [] : [{ code: finding!.reason!, zh: told.zh, en: told.en }]),
      ...reasonsOf(verdict),
    ],
    level: null,
    signer: judgement?.signer === undefined ? null : signerView(judgement.signer),
    seal: ses === undefined ? null : sealDetails(ses.seal, finding),
    claimedAt: iso(ses?.signedAt),
    provenAt: time?.source === 'time-stamp' ? iso(time.at) : null,
    wholeFile: one.unprotected.length === 0,
    revision: null,
    outlines: outlinesOf(one),
    changes: [],
    blocks: [{ block: 'ofd', status: BLOCK_STATUS[verdict.status], checks: one.findings.map(checkView) }],
  };
}

const HEADLINE: Readonly<Record<Status, HeadlineCode>> = {
  valid: 'VALID',
  invalid: 'INVALID',
  indeterminate: 'INDETERMINATE',
};

/** An OFD document's report in the shape of a PDF's. `register`: findings in the order of the signatures. */
export function ofdReport(
  report: OfdReport,
  register: readonly (RegisterFinding | undefined)[],
): ReportParts {
  const signatures = report.signatures.map((one, i) => signatureView(one, i, register[i]));
  const worst = signatures.map((one) => one.status).reduce(worse, 'valid' as Status);
  const isUnsigned = signatures.length === 0;
  const code = isUnsigned ? 'UNSIGNED' : HEADLINE[worst];
  return {
    status: isUnsigned ? 'indeterminate' : worst,
    headline: { code, ...HEADLINES[code] },
    reasons: [],
    revisions: [],
    checks: [],
    signatures,
  };
}
