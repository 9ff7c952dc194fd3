import type { RecordType } from '../engine/record-type.ts';
import { dateOrder, notExpired } from './shared/checks.ts';
import { ATTACHMENTS, label, options } from './shared/labels.ts';
import { SUBMIT_AT_ONCE, submittedRecord } from './shared/life-cycles.ts';
import { files, issueDate } from './shared/papers.ts';

const DIALOG = label('社会信用信息', 'Social credit information');

/** 社会信用信息 (LIB-CREDIT, F-CREDIT, SM-RECORD-B). */
export const socialCredit: RecordType = {
  name: 'social-credit',
  label: label('社会信用信息', 'Social credit information'),
  adding: { button: label('新增', 'Add'), dialog: DIALOG },
  owner: 'organisation',
  sections: [
    {
      name: 'credit',
      label: label('信用信息', 'Credit information'),
      fields: [
        {
          kind: 'choice',
          name: 'creditType',
          label: label('信用信息类型', 'Kind of information'),
          required: 'always',
          options: options({
            QUERY: ['信用查询', 'Credit inquiry'],
            REPORT: ['信用报告', 'Credit report'],
            PENALTY: ['行政处罚', 'Administrative penalty'],
            JUDGMENT_DEFAULTER: ['失信被执行人', 'Defaulter on a court judgment'],
            TAX_VIOLATION: ['税收违法', 'Tax violation'],
            OTHER: ['其他', 'Other'],
          }),
        },
        { kind: 'text', max: 200, name: 'title', label: label('信息名称', 'Title'), required: 'always' },
        {
          kind: 'text',
          max: 100,
          name: 'provider',
          label: label('提供机构', 'Provider'),
          required: 'always',
        },
        {
          kind: 'choice',
          name: 'providerKind',
          label: label('机构类型', 'Kind of provider'),
          required: 'always',
          options: options({
            AUTHORITY: ['权威机构', 'Authority'],
            CREDIT_SERVICE: ['市场信用服务机构', 'Commercial credit service'],
          }),
        },
        issueDate({ label: label('出具日期', 'Date of issue') }),
        { kind: 'date', name: 'validTo', label: label('有效期至', 'Valid until') },
        {
          kind: 'url',
          name: 'sourceUrl',
          label: label('查询网址', 'Address of the source'),
          hint: label('例：https://www.creditchina.gov.cn', 'E.g. https://www.creditchina.gov.cn'),
        },
        { kind: 'text', max: 2000, multiline: true, name: 'summary', label: label('内容摘要', 'Summary') },
      ],
    },
    {
      name: 'papers',
      label: ATTACHMENTS,
      fields: [files({ label: label('信用信息材料', 'Credit documents') })],
    },
  ],
  checks: [
    dateOrder({
      first: 'issueDate',
      last: 'validTo',
      strict: true,
      says: label('有效期至应晚于出具日期', 'The last day must be after the day of issue'),
    }),
    notExpired('validTo'),
  ],
  lifeCycle: submittedRecord({
    noun: label('社会信用信息', 'social credit information'),
    dialog: DIALOG,
    confirm: SUBMIT_AT_ONCE,
  }),
  title: 'title',
  expires: 'validTo',
  list: {
    columns: ['creditType', 'title', 'provider', 'providerKind', 'issueDate', 'validTo'],
    filters: ['creditType', 'providerKind', 'issueDate'],
  },
  requirements: [
    'LIB-CREDIT-01',
    'LIB-CREDIT-02',
    'LIB-CREDIT-03',
    'LIB-CREDIT-04',
    'F-CREDIT',
    'SM-RECORD-B',
  ],
};
