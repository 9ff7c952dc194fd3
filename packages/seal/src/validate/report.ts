import { type Certificate, certificateFingerprint, type Name } from '@hufu/pki';
import type { PdfFile } from '../pdf/open-pdf.ts';
import type { Evidence } from './evidence.ts';
import type { JudgedChanges } from './judge-changes.ts';
import type { ProofOfExistence } from './judge-signatures.ts';
import type { JudgedSignature } from './judged-signature.ts';
import {
  type CertificateReport,
  CHANGE_CLASSES,
  type ChangeClass,
  type HeadlineCode,
  type SignatureReport,
  type ValidationVerdict,
} from './model.ts';
import { outlinesOf } from './outlines.ts';

const readable = (name: Name): string =>
  name.rdns
    .flat()
    .flatMap(({ text }) => text ?? [])
    .join(', ');

function certificateReport(certificate: Certificate): CertificateReport {
  const { serialHex, notBefore, notAfter, spki } = certificate;
  return {
    subject: readable(certificate.subject),
    issuer: readable(certificate.issuer),
    serialHex,
    sha256: certificateFingerprint(certificate),
    notBefore,
    notAfter,
    key: spki.kind === 'rsa' ? `rsa-${spki.bits}` : spki.kind,
  };
}

export type ReportContext = {
  readonly id: string;
  readonly file: PdfFile;
  readonly changes: JudgedChanges;
  readonly proofs: readonly ProofOfExistence[];
  readonly evidence: Evidence;
};

function levelOf(one: JudgedSignature, context: ReportContext): SignatureReport['level'] {
  if (one.kind !== 'signature' || !one.genuine || one.found.subFilter !== 'ETSI.CAdES.detached')
    return undefined;
  if (one.proven === undefined) return 'B-B';
  const { crls, ocspResponses } = context.evidence;
  if (crls.length + ocspResponses.length === 0) return 'B-T';
  const archived = context.proofs.some(({ end }) => one.range !== undefined && end > one.range.end);
  return archived ? 'B-LTA' : 'B-LT';
}

function coverageOf({ range }: JudgedSignature, file: PdfFile): SignatureReport['coverage'] {
  if (range === undefined) return undefined;
  const revision = file.revisions.findIndex(({ end }) => end === range.revision.end);
  return { length: range.end, revision, wholeFile: range.revision.end === file.latest.end };
}

const worstClass = (changes: JudgedChanges): ChangeClass =>
  changes.items.reduce<ChangeClass>(
    (worst, { class: next }) => (CHANGE_CLASSES.indexOf(next) > CHANGE_CLASSES.indexOf(worst) ? next : worst),
    'none',
  );

/** Level two and three of one signature. */
export function signatureReport(one: JudgedSignature, context: ReportContext): SignatureReport {
  const { found, book, range, certificate, claimed, proven, digest } = one;
  const { file, changes } = context;
  const { certification, items } = changes;
  const level = levelOf(one, context);
  const coverage = coverageOf(one, file);
  const before = coverage && file.revisions[coverage.revision - 1]?.view;
  return {
    id: context.id,
    kind: one.kind,
    field: found.field.name,
    subFilter: found.subFilter,
    ...(level && { level }),
    verdict: book.verdict(),
    ...(certificate && { signer: certificateReport(certificate) }),
    time: { ...(claimed !== undefined && { claimed }), ...(proven && { proven }) },
    ...(digest && { digestAlgorithm: digest }),
    ...(coverage && { coverage }),
    ...(certification !== undefined && { certification }),
    outlines: range === undefined ? [] : outlinesOf(found, range.revision.view, before),
    changes: { class: worstClass(changes), items },
    blocks: book.blocks(),
  };
}

/** The one line for a clerk. */
export function headlineOf(verdict: ValidationVerdict, signatures: readonly SignatureReport[]): HeadlineCode {
  if (signatures.length === 0) return 'UNSIGNED';
  if (verdict.status === 'indeterminate') return 'INDETERMINATE';
  if (verdict.status === 'invalid') {
    const altered = signatures.some(
      ({ changes, verdict: own }) =>
        changes.items.some(({ permitted }) => !permitted) ||
        (own.status === 'invalid' && own.reasons.includes('DIGEST_MISMATCH')),
    );
    return altered ? 'INVALID_CHANGED' : 'INVALID';
  }
  return signatures.some(({ changes }) => changes.class !== 'none') ? 'VALID_EXTENDED' : 'VALID';
}
