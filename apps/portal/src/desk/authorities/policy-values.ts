import type { CaPolicyForm } from '@hufu/contracts';
import type { z } from 'zod';

type Policy = z.infer<typeof CaPolicyForm>;
export type Algorithm = Policy['algorithms'][number];

export const ALGORITHMS: readonly Algorithm[] = ['sm2', 'p256', 'rsa'];
export const SOURCES: readonly Policy['sources'][] = [
  'CRL_THEN_OCSP',
  'OCSP_THEN_CRL',
  'CRL_ONLY',
  'OCSP_ONLY',
];

/** A policy as it is typed. */
export type PolicyValues = {
  readonly graceSeconds: string;
  /** A day, or empty. */
  readonly graceUntil: string;
  readonly ocspBudgetMs: string;
  readonly ocspCacheSeconds: string;
  readonly sources: Policy['sources'];
  readonly algorithms: readonly Algorithm[];
  readonly region: string;
};

export const EMPTY_POLICY: PolicyValues = {
  graceSeconds: '0',
  graceUntil: '',
  ocspBudgetMs: '60000',
  ocspCacheSeconds: '300',
  sources: 'CRL_THEN_OCSP',
  algorithms: ['sm2'],
  region: '',
};

export const policyValues = (policy: Policy): PolicyValues => ({
  ...policy,
  graceSeconds: String(policy.graceSeconds),
  graceUntil: policy.graceUntil?.slice(0, 10) ?? '',
  ocspBudgetMs: String(policy.ocspBudgetMs),
  ocspCacheSeconds: String(policy.ocspCacheSeconds),
});

const whole = (text: string): number => (text.trim() === '' ? Number.NaN : Number(text));

/** Grace ends with its last day in Asia/Shanghai. */
export const policyOf = (values: PolicyValues): Policy => ({
  graceSeconds: whole(values.graceSeconds),
  graceUntil:
    values.graceUntil === '' ? null : new Date(`${values.graceUntil}T23:59:59.999+08:00`).toISOString(),
  ocspBudgetMs: whole(values.ocspBudgetMs),
  ocspCacheSeconds: whole(values.ocspCacheSeconds),
  sources: values.sources,
  algorithms: [...values.algorithms],
  region: values.region.trim(),
});
