import type { ErrorFields } from '@hufu/kernel';
import { type Denied, type RefusalCode, refusalDetail, type TrustedAuthority } from '@hufu/pki';

/** A refusal as people are told it: the register's line by code, the second line ready in both languages. */
export type Refusal = {
  readonly code: RefusalCode;
  readonly fields: ErrorFields;
  /** HUB-054 as sharpened in 14a: actual cause, date, whom to call. */
  readonly hint: { readonly zh: string | undefined; readonly en: string | undefined };
};

const CAUSE: Readonly<Partial<Record<RefusalCode, string>>> = {
  CERTIFICATE_REVOKED: 'revoked',
  CERTIFICATE_EXPIRED: 'expired',
  CERTIFICATE_ON_HOLD: 'lost',
};

const shanghai = new Intl.DateTimeFormat('sv-SE', {
  timeZone: 'Asia/Shanghai',
  year: 'numeric',
  month: '2-digit',
  day: '2-digit',
  hour: '2-digit',
  minute: '2-digit',
});

export function refusalOf(decision: Denied, authority: TrustedAuthority | undefined): Refusal {
  const { code, since, policyName } = decision;
  const cause = CAUSE[code];
  const fields: ErrorFields = {
    policy: policyName,
    ...(cause === undefined ? {} : { cause }),
    ...(since === undefined ? {} : { since: new Date(since).toISOString() }),
    ...(authority === undefined
      ? {}
      : {
          authorityId: authority.id,
          authority: authority.name,
          phone: authority.phone,
          budgetSeconds: Math.ceil(authority.policy.ocspBudgetMs / 1000),
        }),
  };
  const local = since === undefined ? fields : { ...fields, since: shanghai.format(since) };
  const english = authority?.nameEn === undefined ? local : { ...local, authority: authority.nameEn };
  return {
    code,
    fields,
    hint: { zh: refusalDetail(code, 'zh', local), en: refusalDetail(code, 'en', english) },
  };
}
