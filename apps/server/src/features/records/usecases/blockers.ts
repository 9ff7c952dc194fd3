import type { LibraryDashboard } from '@hufu/contracts';
import type { Member } from '../../access/index.ts';

type Blocker = LibraryDashboard['blockers'][number];
type Summary = LibraryDashboard['types'][number];

type Rule = {
  readonly code: string;
  readonly severity: Blocker['severity'];
  readonly says: Blocker['says'];
  /** Where it is put right: the first of the types that the entity has. */
  readonly at: readonly string[];
  readonly filter?: Readonly<Record<string, string>>;
  /** Of the types named in `at`. */
  readonly holds: (summaries: readonly Summary[], member: Member) => boolean;
};

const nothingUsable = (summaries: readonly Summary[]): boolean =>
  summaries.length > 0 && summaries.every(({ usable }) => usable === 0);
const someExpired = (summaries: readonly Summary[]): boolean =>
  summaries.some(({ expiring }) => expiring.expired > 0);

const QUALIFICATIONS = ['qualification-housing', 'qualification-transport', 'qualification-water'];
const BASE = ['organisation', 'natural-person'];

/** What stands in the way of bidding, the gravest first (LIB-DASH-01, OD-15). */
const RULES: readonly Rule[] = [
  {
    code: 'BASE_INCOMPLETE',
    severity: 'error',
    says: {
      zh: '请先完善企业基本信息并签署承诺书', // MSG-27
      en: 'Complete the base information and sign the commitment letter first',
    },
    at: BASE,
    holds: (_, { entityState }) => entityState === 'REGISTERED_SIMPLE',
  },
  {
    code: 'NO_QUALIFICATION',
    severity: 'error',
    says: {
      zh: '还没有“提交成功”的企业资质，资质要求的项目无法投标',
      en: 'No qualification is submitted yet: tenders that ask for one are closed to you',
    },
    at: QUALIFICATIONS,
    holds: nothingUsable,
  },
  {
    code: 'QUALIFICATION_EXPIRED',
    severity: 'error',
    says: {
      zh: '有企业资质已过有效期，请作废后按新证书重新提交',
      en: 'A qualification has expired: void it and submit the new paper',
    },
    at: QUALIFICATIONS,
    filter: { expiring: '0' },
    holds: someExpired,
  },
  {
    code: 'CERTIFICATE_EXPIRED',
    severity: 'warning',
    says: {
      zh: '有企业证书已过有效期，请作废后按新证书重新提交',
      en: 'A certificate of the enterprise has expired: void it and submit the new one',
    },
    at: ['certificate'],
    filter: { expiring: '0' },
    holds: someExpired,
  },
  {
    code: 'NO_BASIC_ACCOUNT',
    severity: 'warning',
    says: {
      zh: '还没有登记银行账户，缴纳投标保证金时可能需要',
      en: 'No bank account is recorded yet: bid bonds may need one',
    },
    at: ['bank-account'],
    holds: nothingUsable,
  },
  {
    code: 'NO_PERSON',
    severity: 'warning',
    says: {
      zh: '还没有在职人员，无法选择项目负责人',
      en: 'No employed person is recorded: a project leader cannot be chosen',
    },
    at: ['person'],
    holds: nothingUsable,
  },
];

export function blockersOf(member: Member, types: readonly Summary[]): Blocker[] {
  return RULES.flatMap(({ code, severity, says, at, filter = {}, holds }): Blocker[] => {
    const own = types.filter(({ type }) => at.includes(type));
    const type = own[0]?.type;
    if (type === undefined || !holds(own, member)) return [];
    return [{ code, severity, says, type, filter: { ...filter } }];
  });
}
