import type { ReasonCode } from './reasons.ts';
import type { CheckCode } from './titles.ts';

/** Verdicts are values; only a policy turns one into yes or no. Reasons are given worst first. */
export type ValidationVerdict =
  | { readonly status: 'valid' }
  | { readonly status: 'invalid'; readonly reasons: readonly ReasonCode[] }
  | { readonly status: 'indeterminate'; readonly reasons: readonly ReasonCode[] };

/**
 * Building blocks after ETSI EN 319 102-1: format checking, identification of the signing certificate, validation
 * context, revocation freshness, X.509 validation, cryptographic verification, signature acceptance, validation of time
 * stamps; and beside them what became of the document after the signature, and the electronic seal.
 */
export const VALIDATION_BLOCKS = [
  'format',
  'identification',
  'context',
  'revocation-freshness',
  'x509',
  'cryptography',
  'acceptance',
  'time-stamp',
  'changes',
  'seal',
] as const;

export type ValidationBlock = (typeof VALIDATION_BLOCKS)[number];

export type CheckStatus = 'passed' | 'failed' | 'unknown' | 'note';

/** One check of the full tree. */
export type Check = {
  /** A key of `CHECK_TITLES`. */
  readonly check: CheckCode;
  readonly status: CheckStatus;
  /** Absent when the check passed. */
  readonly reason?: ReasonCode;
  /** A code, a number or a path inside the file; never a name or other personal data. */
  readonly detail?: string;
};

export type BlockReport = {
  readonly block: ValidationBlock;
  readonly status: CheckStatus;
  readonly checks: readonly Check[];
};

/** Where something is shown: points from the upper left corner of the page as it is seen, rotation applied. */
export type Outline = {
  readonly kind: 'signature' | 'stamp';
  /** From 0. */
  readonly page: number;
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
  readonly pageWidth: number;
  readonly pageHeight: number;
};

/** The four classes of later change, mildest first. */
export const CHANGE_CLASSES = ['none', 'extension', 'form', 'annotation', 'undefined'] as const;
export type ChangeClass = (typeof CHANGE_CLASSES)[number];

export type ChangeReport = {
  readonly class: Exclude<ChangeClass, 'none'>;
  readonly reason: ReasonCode;
  /** Where in the object graph, for example `page 3/Resources/Font/F1`. */
  readonly path: string;
  /** Index of the revision that brought it. */
  readonly revision: number;
  readonly permitted: boolean;
};

export type CertificateReport = {
  readonly subject: string;
  readonly issuer: string;
  readonly serialHex: string;
  /** SHA-256 of the certificate, hexadecimal. */
  readonly sha256: string;
  /** ms UTC */
  readonly notBefore: number;
  readonly notAfter: number;
  readonly key: string;
};

/** When the signature was made. Only `proven` is evidence: a time stamp of a trusted authority. All ms UTC. */
export type TimeReport = {
  readonly claimed?: number;
  readonly proven?: { readonly at: number; readonly by: 'signature-time-stamp' | 'document-time-stamp' };
};

export type SignatureKind = 'signature' | 'seal' | 'time-stamp';

/** Level two: one signature, seal or document time stamp. */
export type SignatureReport = {
  /** `S1`, `S2` … in the order of the revisions. */
  readonly id: string;
  readonly kind: SignatureKind;
  /** Fully qualified field name. */
  readonly field: string;
  readonly subFilter: string;
  /** Baseline level that its parts add up to (ETSI EN 319 142-1), for signatures that passed. */
  readonly level?: 'B-B' | 'B-T' | 'B-LT' | 'B-LTA';
  readonly verdict: ValidationVerdict;
  readonly signer?: CertificateReport;
  readonly time: TimeReport;
  readonly digestAlgorithm?: string;
  /** Length of the file that it signed, and whether that is the whole file. */
  readonly coverage?: { readonly length: number; readonly revision: number; readonly wholeFile: boolean };
  /** DocMDP permission 1, 2 or 3 when it certifies the document. */
  readonly certification?: number;
  readonly outlines: readonly Outline[];
  readonly changes: { readonly class: ChangeClass; readonly items: readonly ChangeReport[] };
  readonly blocks: readonly BlockReport[];
};

/** The report. `verdict` and `headline` are level one, `signatures` level two, their `blocks` level three. Plain JSON. */
export type ValidationReport = {
  readonly format: 'hufu-validation-1';
  /** ms UTC */
  readonly validatedAt: number;
  readonly verdict: ValidationVerdict;
  /** The one line for a clerk: a key of `HEADLINES`. */
  readonly headline: HeadlineCode;
  readonly document: {
    readonly kind: 'pdf';
    readonly bytes: number;
    readonly sha256: string;
    readonly pages: number;
    /** Byte length of each revision, oldest first: the file as it was then. */
    readonly revisions: readonly number[];
    readonly checks: readonly Check[];
  };
  readonly signatures: readonly SignatureReport[];
};

export type HeadlineCode =
  | 'VALID'
  | 'VALID_EXTENDED'
  | 'INVALID_CHANGED'
  | 'INVALID'
  | 'INDETERMINATE'
  | 'UNSIGNED'
  | 'UNREADABLE';
