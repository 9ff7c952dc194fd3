import { expect, test } from 'vitest';
import { complaintsByField } from '../../src/apply/complaints.ts';
import { priceOf, termsOf } from '../../src/apply/price.ts';

const complaint = (path: string, message: string) => ({ path, code: 'X', message });

test('MOB-013: what the server complains about stands beside its field, the first complaint of each', () => {
  expect(
    complaintsByField([
      complaint('form.uscc', '校验不通过'),
      complaint('form.uscc', '第二条'),
      complaint('LICENCE', '请上传'),
      complaint('acceptEnvelopes.0', '请确认'),
    ]),
  ).toEqual({ uscc: '校验不通过', LICENCE: '请上传', acceptEnvelopes: '请确认' });
});

test('CA-024: the fee stands in the price list, by applicant, kind and term', () => {
  const prices = [
    { applicant: 'ENTERPRISE', kind: 'NEW', years: 2, amount: 38_000 },
    { applicant: 'ENTERPRISE', kind: 'NEW', years: 1, amount: 20_000 },
    { applicant: 'ENTERPRISE', kind: 'RENEW', years: 3, amount: 30_000 },
    { applicant: 'INDIVIDUAL', kind: 'NEW', years: 1, amount: 10_000 },
  ] as const;
  const options = { prices: [...prices] };
  const asked = { applicant: 'ENTERPRISE', kind: 'NEW' } as const;
  expect(termsOf(options, asked)).toEqual([1, 2]);
  expect(priceOf(options, { ...asked, years: 2 })).toBe(38_000);
  expect(priceOf(options, { ...asked, years: 5 })).toBeUndefined();
});
