import type { SesReason } from './reasons.ts';

/** Steps of the verification, in the order in which they are told (GB/T 38540-2020, verification of seal and signature). */
export const SES_STEPS = [
  'signature-value',
  'signer-listed',
  'seal-signature',
  'maker-certificate',
  'seal-dates',
  'seal-extensions',
  'signing-time',
  'signer-certificate',
  'document-hash',
  'seal-time-stamp',
  'time-stamp',
] as const;

export type SesStep = (typeof SES_STEPS)[number];

/** What one step found. `failed` speaks against the seal; `unknown` leaves the question open. */
export type SesFinding =
  | { readonly step: SesStep; readonly status: 'passed' }
  | {
      readonly step: SesStep;
      readonly status: 'failed' | 'unknown';
      readonly reason: SesReason;
      /** A code of the path validator or of a format; never data. */
      readonly detail: string;
    };

export type SesVerdict =
  | { readonly status: 'valid' }
  | { readonly status: 'invalid'; readonly reason: SesReason }
  | { readonly status: 'indeterminate'; readonly reason: SesReason };

export const passed = (step: SesStep): SesFinding => ({ step, status: 'passed' });

export const failed = (step: SesStep, reason: SesReason, detail = ''): SesFinding => ({
  step,
  status: 'failed',
  reason,
  detail,
});

export const unknown = (step: SesStep, reason: SesReason, detail = ''): SesFinding => ({
  step,
  status: 'unknown',
  reason,
  detail,
});

/** Findings in the order of the standard. */
export const inOrder = (findings: readonly SesFinding[]): SesFinding[] =>
  findings.toSorted((a, b) => SES_STEPS.indexOf(a.step) - SES_STEPS.indexOf(b.step));

/** One verdict from all findings: the first that failed, else the first that is open, else valid. */
export function conclude(findings: readonly SesFinding[]): SesVerdict {
  let open: SesReason | undefined;
  for (const finding of findings) {
    if (finding.status === 'failed') return { status: 'invalid', reason: finding.reason };
    if (finding.status === 'unknown') open ??= finding.reason;
  }
  return open === undefined ? { status: 'valid' } : { status: 'indeterminate', reason: open };
}
