import type { RecordType } from '../engine/record-type.ts';
import { dateOrder, notExpired } from './shared/checks.ts';
import { ATTACHMENTS, label, options } from './shared/labels.ts';
import { draftedRecord } from './shared/life-cycles.ts';
import { files, IS_LONG_TERM, issueDate, issuer, longTerm, validTo } from './shared/papers.ts';

const DIALOG = label('新增企业证书', 'Add enterprise certificate');

/** 企业证书信息 (LIB-CERT, F-CERT, SM-RECORD-A): licences and certifications on paper, not digital certificates. */
export const certificate: RecordType = {
  name: 'certificate',
  label: label('企业证书信息', 'Enterprise certificates'),
  adding: { button: label('新增', 'Add'), dialog: DIALOG },
  owner: 'organisation',
  sections: [
    {
      name: 'certificate',
      label: label('证书信息', 'Certificate'),
      fields: [
        {
          kind: 'choice',
          name: 'certType',
          label: label('证书类别', 'Kind of certificate'),
          required: 'always',
          options: options({
            SAFETY_LICENCE: ['安全生产许可证', 'Work safety licence'],
            QUALITY: ['质量管理体系认证', 'Quality management (ISO 9001)'],
            ENVIRONMENT: ['环境管理体系认证', 'Environmental management (ISO 14001)'],
            HEALTH_SAFETY: ['职业健康安全管理体系认证', 'Occupational health and safety (ISO 45001)'],
            OTHER: ['其他', 'Other'],
          }),
        },
        {
          kind: 'text',
          max: 200,
          name: 'certName',
          label: label('证书名称', 'Name of the certificate'),
          required: 'always',
        },
        {
          kind: 'text',
          max: 60,
          name: 'certNo',
          label: label('证书编号', 'Certificate number'),
          required: 'always',
        },
        issuer(),
        { kind: 'text', max: 1000, multiline: true, name: 'scope', label: label('认证/许可范围', 'Scope') },
      ],
    },
    {
      name: 'validity',
      label: label('有效期', 'Validity'),
      fields: [
        issueDate(),
        longTerm,
        {
          kind: 'date',
          name: 'validFrom',
          label: label('有效期起', 'Valid from'),
          required: { when: { not: IS_LONG_TERM } },
        },
        validTo({ label: label('有效期止', 'Valid until') }),
      ],
    },
    { name: 'papers', label: ATTACHMENTS, fields: [files()] },
  ],
  checks: [
    dateOrder({
      first: 'validFrom',
      last: 'validTo',
      strict: true,
      says: label('有效期止应晚于有效期起', 'The last day must be after the first'),
      shown: { longTerm: false },
    }),
    notExpired('validTo'),
  ],
  unique: [
    {
      fields: ['certType', 'certNo'],
      code: 'LIB_DUPLICATE',
      says: label('同类别、同编号的证书已存在', 'There is a certificate of this kind and number already'),
    },
  ],
  lifeCycle: draftedRecord({ noun: label('企业证书', 'enterprise certificate'), dialog: DIALOG }),
  title: 'certName',
  expires: 'validTo',
  list: {
    columns: ['certType', 'certName', 'certNo', 'issuer', 'issueDate', 'validTo'],
    filters: ['certType', 'issueDate', 'validTo'],
  },
  requirements: ['LIB-CERT-01', 'LIB-CERT-02', 'LIB-CERT-03', 'LIB-CERT-04', 'F-CERT', 'SM-RECORD-A'],
};
