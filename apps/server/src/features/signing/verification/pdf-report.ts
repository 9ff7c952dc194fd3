import type { HeadlineCode, VerificationReport, VerifiedSignature } from '@hufu/contracts';
import { toBase64 } from '@hufu/kernel';
import { nameTexts, parseCertificate } from '@hufu/pki';
import {
  type Check,
  type ElectronicSeal,
  HEADLINES,
  type ReasonCode,
  type SignatureReport,
  VALIDATION_REASONS,
  type ValidationReport,
  type ValidationVerdict,
} from '@hufu/seal';
import { REGISTER_REASONS, type RegisterFinding } from './find-seals.ts';

type Reason = VerificationReport['reasons'][number];
type Status = VerificationReport['status'];

export const iso = (at: number | undefined): string | null =>
  at === undefined ? null : new Date(at).toISOString();

const reasonOf = (code: ReasonCode): Reason => {
  const { zh, en } = VALIDATION_REASONS[code];
  return { code, zh, en };
};

const reasonsOf = (verdict: ValidationVerdict): Reason[] =>
  verdict.status === 'valid' ? [] : verdict.reasons.map(reasonOf);

export const checkView = ({
  check,
  status,
  reason,
  detail,
}: Check): VerificationReport['checks'][number] => ({
  check,
  status,
  reason: reason === undefined ? null : reasonOf(reason),
  detail: detail ?? null,
});

const COMMON_NAME = '2.5.4.3';
const PNG = /^png$/i;

export function sealDetails(
  seal: ElectronicSeal,
  register: RegisterFinding | undefined,
): NonNullable<VerifiedSignature['seal']> {
  const { id, property, picture } = seal.info;
  const maker = nameTexts(parseCertificate(seal.makerCertificate).subject, COMMON_NAME)[0];
  return {
    number: id,
    name: property.name,
    maker: maker ?? '',
    validFrom: new Date(property.validFrom).toISOString(),
    validTo: new Date(property.validTo).toISOString(),
    picture: PNG.test(picture.type) ? `data:image/png;base64,${toBase64(picture.data)}` : null,
    registerState: register?.state ?? null,
  };
}

type Around = {
  readonly seals: ReadonlyMap<string, ElectronicSeal>;
  readonly register: ReadonlyMap<string, RegisterFinding>;
};

const WORST: readonly Status[] = ['valid', 'indeterminate', 'invalid'];
const worse = (a: Status, b: Status): Status => (WORST.indexOf(a) > WORST.indexOf(b) ? a : b);

function signatureView(one: SignatureReport, { seals, register }: Around): VerifiedSignature {
  const seal = seals.get(one.field);
  const finding = register.get(one.id);
  const told = finding?.reason && REGISTER_REASONS[finding.reason];
  return {
    id: one.id,
    kind: one.kind,
    status: told === undefined ? one.verdict.status : worse(one.verdict.status, told.status),
    reasons: [
      ...(told === undefined ? [] : [{ code: finding!.reason!, zh: told.zh, en: told.en }]),
      ...reasonsOf(one.verdict),
    ],
    level: one.level ?? null,
    signer:
      one.signer === undefined
        ? null
        : {
            subject: one.signer.subject,
            issuer: one.signer.issuer,
            serial: one.signer.serialHex,
            sha256: one.signer.sha256,
            validFrom: new Date(one.signer.notBefore).toISOString(),
            validTo: new Date(one.signer.notAfter).toISOString(),
            key: one.signer.key,
          },
    seal: seal === undefined ? null : sealDetails(seal, finding),
    claimedAt: iso(one.time.claimed),
    provenAt: iso(one.time.proven?.at),
    wholeFile: one.coverage?.wholeFile ?? null,
    revision: one.coverage?.revision ?? null,
    outlines: one.outlines.map(({ kind, page, left, top, width, height, pageWidth, pageHeight }) => ({
      kind,
      page: page + 1,
      left: left / pageWidth,
      top: top / pageHeight,
      width: width / pageWidth,
      height: height / pageHeight,
    })),
    changes: one.changes.items.map((item) => ({
      class: item.class,
      reason: reasonOf(item.reason),
      path: item.path,
      revision: item.revision,
      permitted: item.permitted,
    })),
    blocks: one.blocks.map(({ block, status, checks }) => ({
      block,
      status,
      checks: checks.map(checkView),
    })),
  };
}

/** One line for the clerk; what the register knows can only make it worse. */
function headlineFor(headline: HeadlineCode, signatures: readonly VerifiedSignature[]): HeadlineCode {
  if (headline !== 'VALID' && headline !== 'VALID_EXTENDED') return headline;
  const status = signatures.map((one) => one.status).reduce(worse, 'valid' as Status);
  return status === 'valid' ? headline : status === 'invalid' ? 'INVALID' : 'INDETERMINATE';
}

export type ReportParts = Pick<
  VerificationReport,
  'status' | 'headline' | 'reasons' | 'revisions' | 'checks' | 'signatures'
>;

/** The validator's report with words, seals and what the register says. */
export function pdfReport(report: ValidationReport, around: Around): ReportParts {
  const signatures = report.signatures.map((one) => signatureView(one, around));
  const code = headlineFor(report.headline, signatures);
  const { status } = report.verdict;
  return {
    status: signatures.map((one) => one.status).reduce(worse, status),
    headline: { code, ...HEADLINES[code] },
    reasons: reasonsOf(report.verdict),
    revisions: [...report.document.revisions],
    checks: report.document.checks.map(checkView),
    signatures,
  };
}
