import type { CaPolicyForm } from '@hufu/contracts';
import type { AllowedAlgorithm, CaPolicy } from '@hufu/pki';
import type { z } from 'zod';
import { trustError } from '../errors.ts';
import type { AuthorityRecord, StoredPolicy } from './authority.ts';

export type PolicyForm = z.output<typeof CaPolicyForm>;

const ALGORITHM: Readonly<Record<PolicyForm['algorithms'][number], AllowedAlgorithm>> = {
  sm2: 'sm2-sm3',
  p256: 'ecdsa-sha2',
  rsa: 'rsa-sha2',
};
const SOURCES: Readonly<Record<PolicyForm['sources'], CaPolicy['sources']>> = {
  CRL_THEN_OCSP: ['crl', 'ocsp'],
  OCSP_THEN_CRL: ['ocsp', 'crl'],
  CRL_ONLY: ['crl'],
  OCSP_ONLY: ['ocsp'],
};
const LONGEST_LEAVE_MS = 30 * 86_400_000;

/** What the desk's form does not ask keeps its value, or the closed default for a new authority. */
export const UNASKED: Pick<StoredPolicy, 'intermediates' | 'maxAgeSeconds' | 'clockSkewSeconds'> = {
  intermediates: 'if-published',
  maxAgeSeconds: undefined,
  clockSkewSeconds: 300,
};

/** @throws CodedError TRUST_GRACE_BOUNDS */
export function policyFromForm(
  form: PolicyForm,
  { at, current = UNASKED }: { readonly at: number; readonly current?: typeof UNASKED },
): StoredPolicy {
  return {
    algorithms: [...new Set(form.algorithms)].map((name) => ALGORITHM[name]),
    sources: SOURCES[form.sources],
    ocspBudgetMs: form.ocspBudgetMs,
    ocspCacheSeconds: form.ocspCacheSeconds,
    intermediates: current.intermediates,
    maxAgeSeconds: current.maxAgeSeconds,
    clockSkewSeconds: current.clockSkewSeconds,
    grace: graceFromForm(form, at),
  };
}

function graceFromForm(form: PolicyForm, at: number): StoredPolicy['grace'] {
  if (form.graceSeconds === 0 && form.graceUntil === null) return undefined;
  const until = form.graceUntil === null ? Number.NaN : Date.parse(form.graceUntil);
  const bounded = form.graceSeconds > 0 && until > at && until <= at + LONGEST_LEAVE_MS;
  if (!bounded) throw trustError('TRUST_GRACE_BOUNDS');
  return { maxSeconds: form.graceSeconds, until };
}

/** The form that shows an authority's policy. */
export function policyToForm({ policy, region }: Pick<AuthorityRecord, 'policy' | 'region'>): PolicyForm {
  const algorithms = (Object.keys(ALGORITHM) as (keyof typeof ALGORITHM)[]).filter((name) =>
    policy.algorithms.includes(ALGORITHM[name]),
  );
  const order = policy.sources.join();
  const sources = (Object.keys(SOURCES) as (keyof typeof SOURCES)[]).find(
    (name) => SOURCES[name].join() === order,
  );
  return {
    graceSeconds: policy.grace?.maxSeconds ?? 0,
    graceUntil: policy.grace === undefined ? null : new Date(policy.grace.until).toISOString(),
    ocspBudgetMs: policy.ocspBudgetMs,
    ocspCacheSeconds: policy.ocspCacheSeconds,
    sources: sources ?? 'CRL_THEN_OCSP',
    algorithms,
    region,
  };
}
