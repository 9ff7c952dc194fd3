import type { RecordType } from '../engine/record-type.ts';
import { CAPITAL, CONTACT, IDENTITY, PAPERS, PLACE, REPRESENTATIVE } from './organisation-fields.ts';
import { isAtMost } from './shared/arithmetic.ts';
import { BASE_PAGE, baseInformation } from './shared/base-information.ts';
import { dateOrder, notExpired } from './shared/checks.ts';
import { ATTACHMENTS, label } from './shared/labels.ts';

/**
 * 主体信息 of a legal person or organisation (LIB-BASE, F-BASE). The commitment letter and the sync code are no values
 * of this record: they have life cycles of their own.
 */
export const organisation: RecordType = {
  name: 'organisation',
  label: BASE_PAGE,
  owner: 'organisation',
  single: true,
  sections: [
    { name: 'identity', label: label('基本信息', 'Basic information'), fields: IDENTITY },
    { name: 'place', label: label('地址', 'Address'), fields: PLACE },
    { name: 'representative', label: label('法定代表人', 'Legal representative'), fields: REPRESENTATIVE },
    { name: 'capital', label: label('注册资本与营业期限', 'Capital and term'), fields: CAPITAL },
    { name: 'contact', label: label('联系与资信', 'Contact and standing'), fields: CONTACT },
    { name: 'papers', label: ATTACHMENTS, fields: PAPERS },
  ],
  checks: [
    {
      code: 'LIB_NOT_GREATER',
      says: label('实缴资本不能大于注册资本', 'Paid-in capital cannot exceed registered capital'),
      fields: ['paidCapital'],
      severity: 'error',
      holds: ({ values }) => isAtMost(values['paidCapital'], values['regCapital']),
      breaks: (values) => ({ ...values, regCapital: '100', paidCapital: '100.000001' }),
    },
    dateOrder({
      first: 'establishDate',
      last: 'bizFrom',
      says: label('营业期限起不能早于成立日期', 'The term cannot begin before the founding'),
    }),
    dateOrder({
      first: 'bizFrom',
      last: 'bizTo',
      says: label('营业期限止不能早于营业期限起', 'The term cannot end before it begins'),
      shown: { longTerm: false },
    }),
    notExpired('bizTo'),
  ],
  example: (values) => ({ ...values, paidCapital: values['regCapital'] }),
  lifeCycle: baseInformation,
  title: 'entityName',
  expires: 'bizTo',
  list: {
    columns: ['entityName', 'uscc', 'entityKind', 'region', 'legalRepName', 'regCapital'],
    filters: [],
  },
  requirements: ['LIB-BASE-01', 'LIB-BASE-02', 'LIB-BASE-05', 'LIB-BASE-07', 'F-BASE', 'SM-ENTITY'],
};
