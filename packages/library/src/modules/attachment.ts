import type { RecordType } from '../engine/record-type.ts';
import { label, options } from './shared/labels.ts';
import { SUBMIT, submittedRecord } from './shared/life-cycles.ts';
import { files } from './shared/papers.ts';

const DIALOG = label('附件信息', 'Attachment');

/** 附件信息维护 (LIB-ATT, F-ATT, SM-RECORD-B): special papers for bidding. A natural person has it too (OD-12). */
export const attachment: RecordType = {
  name: 'attachment',
  label: label('附件信息维护', 'Attachments'),
  adding: { button: label('新增', 'Add'), dialog: DIALOG },
  owner: 'either',
  sections: [
    {
      name: 'attachment',
      label: DIALOG,
      fields: [
        {
          kind: 'choice',
          name: 'attType',
          label: label('附件类型', 'Kind'),
          required: 'always',
          options: options({
            BID_BOND: ['投标保证金凭证', 'Proof of the bid bond'],
            POWER_OF_ATTORNEY: ['授权委托书', 'Power of attorney'],
            COMMITMENT: ['承诺书', 'Letter of commitment'],
            CONSORTIUM: ['联合体协议书', 'Consortium agreement'],
            SOCIAL_SECURITY: ['社保缴纳证明', 'Proof of social insurance'],
            TAX_PAYMENT: ['纳税证明', 'Proof of tax payment'],
            EQUIPMENT: ['设备证明', 'Proof of equipment'],
            LEASE: ['场地租赁合同', 'Lease of premises'],
            IDENTITY: ['身份证明材料', 'Proof of identity'],
            OTHER: ['其他', 'Other'],
          }),
        },
        { kind: 'text', max: 200, name: 'name', label: label('附件名称', 'Name'), required: 'always' },
        {
          kind: 'text',
          max: 60,
          name: 'tenderNo',
          label: label('适用招标项目', 'For the tender'),
          hint: label('只用于某一招标项目时填写其编号', 'Its number, if for one tender alone'),
        },
        { kind: 'text', max: 500, multiline: true, name: 'remark', label: label('说明', 'Remark') },
      ],
    },
    {
      name: 'papers',
      label: label('附件', 'Files'),
      fields: [files({ label: label('附件', 'Files') })],
    },
  ],
  lifeCycle: submittedRecord({ noun: label('附件', 'attachment'), dialog: DIALOG, confirm: SUBMIT }),
  title: 'name',
  list: { columns: ['attType', 'name', 'tenderNo', 'remark'], filters: ['attType', 'tenderNo'] },
  requirements: ['LIB-ATT-01', 'LIB-ATT-02', 'LIB-ATT-03', 'LIB-ATT-04', 'F-ATT', 'SM-RECORD-B'],
};
