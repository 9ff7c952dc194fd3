import type { SesReason } from './reasons.ts';

/** Steps of the verification, in the order in which they are told (GB/T 38540-2020, verification of seal and signature). */
export const SES_STEPS = [
  'signature-value',
  'signer-listed',
  'seal-signature',
  'maker-certificate',
  'seal-dates',
  'seal-status',
  'seal-extensions',
  'signing-time',
  'signer-certificate',
  'document-hash',
  'seal-time-stamp',
  'time-stamp',
] as const;

export type SesStep = (typeof SES_STEPS)[number];

/** What one step found. `failed` speaks against the signature; `unknown` leaves the question open. */
export type Finding<Step, Reason> =
  | { readonly step: Step; readonly status: 'passed' }
  | {
      readonly step: Step;
      readonly status: 'failed' | 'unknown';
      readonly reason: Reason;
      /** A code of the path validator, an OID or a word of a format; never data. */
      readonly detail: string;
    };

export type Verdict<Reason> =
  | { readonly status: 'valid' }
  | { readonly status: 'invalid' | 'indeterminate'; readonly reason: Reason };

export type SesFinding = Finding<SesStep, SesReason>;
export type SesVerdict = Verdict<SesReason>;

export const passed = <Step>(step: Step): Finding<Step, never> => ({ step, status: 'passed' });

export const failed = <Step, Reason>(step: Step, reason: Reason, detail = ''): Finding<Step, Reason> => ({
  step,
  status: 'failed',
  reason,
  detail,
});

export const unknown = <Step, Reason>(step: Step, reason: Reason, detail = ''): Finding<Step, Reason> => ({
  step,
  status: 'unknown',
  reason,
  detail,
});

/** Findings in the order of the standard. */
export const inOrder = (findings: readonly SesFinding[]): SesFinding[] =>
  findings.toSorted((a, b) => SES_STEPS.indexOf(a.step) - SES_STEPS.indexOf(b.step));

/** One verdict from all findings: the first that failed, else the first that is open, else valid. */
export function conclude<Step, Reason>(findings: readonly Finding<Step, Reason>[]): Verdict<Reason> {
  let open: { readonly reason: Reason } | undefined;
  for (const finding of findings) {
    if (finding.status === 'failed') return { status: 'invalid', reason: finding.reason };
    if (finding.status === 'unknown') open ??= finding;
  }
  return open === undefined ? { status: 'valid' } : { status: 'indeterminate', reason: open.reason };
}
